import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf } from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/parse.ts';
import type { Passed, Place, Scope, Step } from '../../model.ts';
import { inOrder, linkPlace } from '../../order.ts';
import type { Reader, Reading } from '../../reader.ts';
import { createScopes } from '../../scopes.ts';
import { isExternal, memberOf, wayTo } from '../../values.ts';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'all']);
const FLUENT = new Set([
  ...VERBS,
  'on',
  'use',
  'route',
  'mount',
  'onError',
  'notFound',
  'openapi',
  'doc',
  'doc31',
]);
const HANDLER = ['context', 'next'] as const;
/** Classes that are Hono's application, by the module that they are of. */
const APPS: Readonly<Record<string, RegExp>> = {
  hono: /^Hono\.\(\)$/,
  'hono/tiny': /^Hono\.\(\)$/,
  'hono/quick': /^Hono\.\(\)$/,
  '@hono/zod-openapi': /^OpenAPIHono\.\(\)$/,
};

/** Hono; middleware of an application is told for all of its routes, whatever its path: too many, not too few. */
const hono: Reader = {
  framework: 'hono',
  title: 'Hono',
  concerns: (path, modules) =>
    modules.packagesOf(path).some((name) => name === 'hono' || name === '@hono/zod-openapi'),
  isPart: true,
  rules: {
    modules: new Set(['hono', 'hono/tiny', 'hono/quick', '@hono/zod-openapi']),
    normalise(callee) {
      const found = appMember(callee);
      return found !== null && FLUENT.has(found.member) ? found.app : null;
    },
    isFresh: (value) => APPS[value.module]?.test(wayTo(value)) === true,
  },
  isOwn: ({ module, path }) => module.startsWith('hono/') && !path.includes('serveStatic'),
  read: readScopes,
};
export default hono;

/** Whether a value is an application, or one that `basePath` gives of it. */
function isApp(value: Value | null): value is ExternalValue {
  if (!isExternal(value)) return false;
  return APPS[value.module]?.test(wayTo(value)) === true || baseOf(value) !== null;
}

/** The application whose `basePath` a value is. */
function baseOf(value: ExternalValue): ExternalValue | null {
  const member = value.path.at(-1) === '()' ? value.parent : null;
  return member?.path.at(-1) === 'basePath' && isApp(member.parent) ? member.parent : null;
}

function appMember(value: Value): { app: ExternalValue; member: string } | null {
  const found = memberOf(value);
  return found !== null && isApp(found.of) ? { app: found.of, member: found.member } : null;
}

function readScopes(reading: Reading): Scope[] {
  const { flow, arguments: args } = reading;
  const scopes = createScopes(
    { framework: 'hono', middleware: 'whole' },
    () => 'application',
    (scope, app) => {
      const made = app.calls.at(-1);
      const base = baseOf(app);
      const [path] = made === undefined ? [] : argumentsOf(made.node);
      if (base === null || !made || !path) return;
      const prefix = args.texts({ file: made.file, node: path })[0] ?? '';
      scopes.of(base).steps.push({ kind: 'mount', scope, prefix, location: scope.location });
    },
  );
  const seen = new Map<SyntaxNode, Set<ExternalValue>>();
  for (const call of inOrder(flow.externalCalls)) {
    const found = appMember(call.callee);
    if (found === null) continue;
    const known = seen.get(call.node) ?? new Set();
    seen.set(call.node, known);
    if (known.has(found.app)) continue;
    known.add(found.app);
    scopes.of(found.app).steps.push(...stepsAt(reading, call, found, scopes.of));
  }
  return [...scopes.all.values()];
}

function stepsAt(
  reading: Reading,
  call: ExternalCall,
  { app, member }: { app: ExternalValue; member: string },
  scopeOf: (app: ExternalValue) => Scope,
): Step[] {
  const { arguments: args, handlers, flow } = reading;
  const { file, node } = call;
  const location = linkPlace(call);
  const given = argumentsOf(node).map((each): Place => ({ file, node: each }));
  const [first, second] = given;
  if (first === undefined) return [];
  const isText = (place: Place) =>
    flow.valuesOf(place.node).some(({ kind }) => kind === 'text') ||
    /^(TemplateLiteral|BinaryExpression)$/.test(place.node.type);
  if (member === 'use') {
    const passed = given.slice(isText(first) ? 1 : 0).map((place) => handlers.passed(place, HANDLER));
    return [{ kind: 'middleware', handlers: passed, location }];
  }
  if (member === 'route' && second !== undefined)
    return args
      .turns(call, [first])
      .flatMap((turn) =>
        args
          .values(second, turn)
          .flatMap((value): Step[] =>
            isApp(value) && value !== app
              ? args
                  .texts(first, turn)
                  .map((prefix) => ({ kind: 'mount', scope: scopeOf(value), prefix, location }))
              : [],
          ),
      );
  const isDocument = /^doc(31)?$/.test(member);
  if (member === 'openapi') return openapi(reading, call, first, given.slice(1));
  const isOn = member === 'on';
  if (!isOn && !isDocument && !VERBS.has(member)) return [];
  // `app.get(handler)`: the path of the link before, or `*`.
  const path = isOn
    ? second
    : isText(first) || flow.valuesOf(first.node).every(({ kind }) => kind === 'unknown')
      ? first
      : undefined;
  if (path === undefined) return [];
  return args.turns(call, [path, ...(isOn ? [first] : [])]).flatMap((turn) =>
    args.texts(path, turn).map((text): Step => {
      const passed = given
        .slice(isOn ? 2 : 1)
        .map((place) => handlers.passed(place, HANDLER, args.values(place, turn)));
      if (isMiddleware(passed)) return { kind: 'middleware', handlers: passed, location };
      return {
        ...{ kind: 'route', path: text, location, schema: null, handlers: passed },
        methods: isOn
          ? args.texts(first, turn).map((one) => one.toUpperCase())
          : [isDocument ? 'GET' : member.toUpperCase()],
      };
    }),
  );
}

/** What takes `next` goes on to another handler. Source: `isMiddleware` of `inspectRoutes`, hono/dev. */
function isMiddleware(handlers: readonly Passed[]): boolean {
  const functions = handlers.at(-1)?.functions ?? [];
  return functions.length > 0 && functions.every(({ ports }) => ports.length > 1);
}

/** `app.openapi(createRoute({ method, path }), handler)`: `{id}` in its paths. */
function openapi(reading: Reading, call: ExternalCall, route: Place, rest: readonly Place[]): Step[] {
  const { arguments: args, handlers, flow } = reading;
  return flow.valuesOf(route.node).flatMap((value): Step[] => {
    const made = isExternal(value) ? value.calls.at(-1) : undefined;
    const [options] = made === undefined ? [] : argumentsOf(made.node);
    const [object] = made && options ? args.objects({ file: made.file, node: options }) : [];
    const [method, path] = [args.property(object, 'method'), args.property(object, 'path')];
    if (method === null || path === null) return [];
    return args.texts(path).map((text) => ({
      ...{ kind: 'route', location: linkPlace(call), schema: made?.file.locate(made.node.start) ?? null },
      path: text.replace(/\{(\w+)\}/g, ':$1'),
      methods: args.texts(method).map((one) => one.toUpperCase()),
      handlers: rest.map((place) => handlers.passed(place, HANDLER)),
    }));
  });
}
