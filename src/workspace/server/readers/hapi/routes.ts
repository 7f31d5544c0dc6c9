import type { ExternalCall, Flow } from '../../../syntax/flow/flow.ts';
import type { ArrayValue, ObjectValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf, child, children } from '../../../syntax/nodes.ts';
import type { Place, RouteStep } from '../../model.ts';
import { linkPlace } from '../../order.ts';
import type { Reading } from '../../reader.ts';
import { isExternal } from '../../values.ts';

export const HANDLER = ['request', 'response'] as const;

/** `server.route(…)`: one route, or a list of them. */
export function routesAt(reading: Reading, call: ExternalCall): RouteStep[] {
  const [first] = argumentsOf(call.node);
  if (first === undefined) return [];
  const objects = routeObjects(reading, reading.flow.valuesOf(first));
  if (objects.length === 0)
    reading.notFollowed('a route of hapi', 'its options could not be followed', linkPlace(call));
  return objects.flatMap((object) => stepsOf(reading, object, call, object.node === first ? call : object));
}

/** The objects that describe routes: in lists, and such as a function of a package fills up with defaults or chooses from. */
export function routeObjects({ flow, arguments: args }: Reading, values: readonly Value[]): ObjectValue[] {
  return values
    .flatMap((value) => (value.kind === 'array' ? elementsOf(flow, value) : [value]))
    .flatMap((value): ObjectValue[] => {
      if (value.kind === 'object') return [value];
      const made = isExternal(value) ? value.calls.at(-1) : undefined;
      const given = made === undefined ? [] : argumentsOf(made.node);
      return made === undefined
        ? []
        : given
            .flatMap((node) => [...args.objects({ file: made.file, node }), ...listed(flow.valuesOf(node))])
            .filter((object) => args.property(object, 'path') !== null);
    });

  function listed(values: readonly Value[]): ObjectValue[] {
    return values
      .flatMap((value) => (value.kind === 'array' ? elementsOf(flow, value) : []))
      .filter((value) => value.kind === 'object');
  }
}

/**
 * What a list holds: what is written in it and in the lists that are joined to it, however many, and what is put in later.
 * A place alone would hold the first sixty.
 */
function elementsOf(flow: Flow, list: ArrayValue, from: ReadonlySet<ArrayValue> = new Set()): Value[] {
  const found = new Set<Value>();
  const written =
    list.node.type === 'ArrayExpression' && !from.has(list) ? children(list.node, 'elements') : [];
  for (const element of written) {
    const joined = element.type === 'SpreadElement' ? child(element, 'argument') : null;
    for (const value of flow.valuesOf(joined ?? element))
      if (joined === null) found.add(value);
      else if (value.kind === 'array')
        for (const each of elementsOf(flow, value, new Set([...from, list]))) found.add(each);
  }
  for (const value of flow.elementsOf(list).values) found.add(value);
  return [...found];
}

/** @param around the call whose loops the texts stand in; @param written where the route is told to be */
export function stepsOf(reading: Reading, object: ObjectValue, around: Place, written: Place): RouteStep[] {
  const { arguments: args } = reading;
  const [method, path] = [args.property(object, 'method'), args.property(object, 'path')];
  if (method === null || path === null) return [];
  const [options] = ['options', 'config'].flatMap((name) => args.property(object, name)?.values ?? []);
  const handler = args.property(object, 'handler') ?? args.property(options, 'handler');
  const pre = args.property(options, 'pre');
  const validate = args.property(options, 'validate');
  return args.turns(around, [path, method]).flatMap((turn) =>
    args.texts(path, turn).map(
      (text): RouteStep => ({
        kind: 'route',
        path: text,
        methods: args.texts(method, turn).map((one) => (one === '*' ? 'ALL' : one.toUpperCase())),
        location: written.file.locate(written.node.start),
        handlers: [
          ...(pre ? [reading.handlers.passed(pre, HANDLER, preOf(reading, pre.values))] : []),
          ...(handler ? [reading.handlers.passed(handler, HANDLER, handler.values)] : []),
        ],
        schema: validate === null ? null : validate.file.locate(validate.node.start),
      }),
    ),
  );
}

/** `pre: [fn, { method: fn, assign }]`. */
function preOf({ flow, arguments: args }: Reading, values: readonly Value[]): Value[] {
  return values.flatMap((value): Value[] => {
    if (value.kind === 'array')
      return preOf({ flow, arguments: args } as Reading, [...flow.elementsOf(value).values]);
    return value.kind === 'object' ? [...(args.property(value, 'method')?.values ?? [])] : [value];
  });
}
