import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf, isRegExp, unwrap } from '../../../syntax/nodes.ts';
import type { SyntaxNode } from '../../../syntax/parse.ts';
import type { MountStep, Passed, Place, Scope, Step } from '../../model.ts';
import { inOrder, linkPlace } from '../../order.ts';
import type { Reader, Reading } from '../../reader.ts';
import { createScopes } from '../../scopes.ts';
import { isExternal, wayTo } from '../../values.ts';
import { leaveOutLate } from './late.ts';
import { koaTemplate } from './paths.ts';
import { givesItself, kindOf, koaMember, MODULES, routerOf, VERBS } from './surface.ts';
import { swaggerRoutes } from './swagger.ts';

const HANDLER = ['context', 'next'] as const;
const PARAM = ['value', 'context', 'next'] as const;

/** Koa with any of its routers: middleware stands before what is registered after it. */
const koa: Reader = {
  framework: 'koa',
  title: 'Koa',
  concerns: (path, modules) => modules.packagesOf(path).some((name) => MODULES.has(name)),
  rules: { modules: MODULES, normalise: givesItself, isFresh: (value) => kindOf(value) !== null },
  read: readScopes,
  template: koaTemplate,
};
export default koa;

function readScopes(reading: Reading): Scope[] {
  const { flow } = reading;
  const scopes = createScopes(
    { framework: 'koa', middleware: 'in-order' },
    (value) => kindOf(value) ?? 'router',
  );
  const seen = new Map<SyntaxNode, Set<ExternalValue>>();
  const prefixes = new Map<Scope, string>();
  const calls = new Map<Step, ExternalCall>();
  for (const call of inOrder(flow.externalCalls)) {
    const found = koaMember(call.callee);
    if (found === null) continue;
    const known = seen.get(call.node) ?? new Set();
    seen.set(call.node, known);
    if (known.has(call.callee as ExternalValue)) continue;
    known.add(call.callee as ExternalValue);
    const scope = scopes.of(found.on);
    if (found.member === 'prefix' && found.kind === 'router') {
      const [text = ''] = argumentsOf(call.node)
        .slice(0, 1)
        .flatMap((node) => reading.arguments.texts({ file: call.file, node }));
      prefixes.set(scope, text);
    } else {
      const steps = stepsAt(reading, call, found, scopes.of);
      for (const step of steps) calls.set(step, call);
      scope.steps.push(...steps);
    }
  }
  for (const [value, scope] of scopes.all) {
    const prefix = prefixes.get(scope) ?? prefixOf(reading, value);
    if (prefix !== '') for (const step of scope.steps) prepend(step, prefix);
  }
  for (const scope of scopes.all.values()) if (scope.kind === 'router') leaveOutLate(scope, calls);
  for (const scope of unmounted([...scopes.all.values()]))
    reading.notFollowed(
      'where a router of Koa is mounted',
      'no call that could be followed uses it',
      scope.location,
    );
  return [...scopes.all.values()];
}

function prepend(step: Step, prefix: string): void {
  if (step.kind === 'route') step.path = joined(prefix, step.path);
  if (step.kind === 'mount') step.prefix = joined(prefix, step.prefix);
}

const joined = (prefix: string, path: string): string =>
  `${prefix.replace(/\/$/, '')}/${path.replace(/^\//, '')}`.replace(/(.)\/$/, '$1');

const unmounted = (scopes: readonly Scope[]): Scope[] => {
  const mounted = new Set(
    scopes.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'mount' ? step.scope : []))),
  );
  return scopes.filter((scope) => scope.kind === 'router' && !mounted.has(scope) && scope.steps.length > 0);
};

/** `new Router({ prefix })`. */
function prefixOf({ arguments: args }: Reading, router: ExternalValue): string {
  const made = router.calls.at(-1);
  const [options] = made === undefined ? [] : argumentsOf(made.node);
  if (made === undefined || options === undefined) return '';
  const [object] = args.objects({ file: made.file, node: options });
  const prefix = args.property(object, 'prefix');
  return prefix === null ? '' : (args.texts(prefix)[0] ?? '');
}

function stepsAt(
  reading: Reading,
  call: ExternalCall,
  { kind, member }: { kind: string; member: string },
  scopeOf: (value: ExternalValue) => Scope,
): Step[] {
  const { file, node } = call;
  const location = file.locate(call.node.start);
  const args = argumentsOf(node).map((argument): Place => ({ file, node: argument }));
  if (member === 'use') return usesAt(reading, call, args, kind === 'router', scopeOf);
  if (kind !== 'router') return [];
  const [first, second, third] = args;
  const place = linkPlace(call);
  if (member === 'param' && second) {
    const handlers = [reading.handlers.passed(second, PARAM)];
    return [{ kind: 'middleware', handlers, location }];
  }
  if (member === 'redirect' && first) {
    const handlers: Passed[] = [];
    return reading.arguments
      .texts(first)
      .map((path) => ({ kind: 'route', methods: ['ALL'], path, handlers, location: place, schema: null }));
  }
  if (member === 'register' && first && second && third)
    return routesAt(
      reading,
      call,
      first,
      [third],
      reading.arguments.texts(second).map((text) => text.toUpperCase()),
    );
  if (member === 'swagger') return swaggerRoutes(reading, call, first);
  if (member === 'mapDir')
    reading.notFollowed(
      'routes of classes that are decorated',
      'koa-swagger-decorator loads them from a folder',
      location,
    );
  if (member === 'route' && kind === 'router') return joiRoutes(reading, call, first);
  if (!VERBS.has(member) || first === undefined) return [];
  // `router.get('name', '/path', …)`: a name before the path.
  const isNamed =
    second !== undefined && args.length > 2 && isPath(reading, first) && isPath(reading, second);
  const [path, rest] = isNamed ? [second, args.slice(2)] : [first, args.slice(1)];
  if (!isPath(reading, path) && reading.flow.valuesOf(path.node).some(({ kind }) => kind === 'function'))
    return [];
  return routesAt(reading, call, path, rest, [member === 'del' ? 'DELETE' : member.toUpperCase()]);
}

function isPath({ flow }: Reading, { node }: Place): boolean {
  const inner = unwrap(node);
  if (/^(TemplateLiteral|BinaryExpression)$/.test(inner.type) || isRegExp(inner)) return true;
  if (inner.type === 'Literal') return typeof inner.value === 'string';
  const values = flow.valuesOf(inner);
  if (inner.type === 'ArrayExpression' || values.some(({ kind }) => kind === 'array'))
    return !values.some(
      (value) =>
        value.kind === 'array' && [...flow.elementsOf(value).values].some(({ kind }) => kind === 'function'),
    );
  return values.some(({ kind }) => kind === 'text');
}

function routesAt(
  reading: Reading,
  call: ExternalCall,
  path: Place,
  rest: readonly Place[],
  methods: readonly string[],
): Step[] {
  const { arguments: args, handlers } = reading;
  return args.turns(call, [path]).flatMap((turn) =>
    args.texts(path, turn).map(
      (text): Step => ({
        ...{ kind: 'route', methods, path: text, location: linkPlace(call), schema: null },
        handlers: rest.map((each) => handlers.passed(each, HANDLER, args.values(each, turn))),
      }),
    ),
  );
}

/** `router.route({ method, path, handler })` of koa-joi-router, or a list of such. */
function joiRoutes(reading: Reading, call: ExternalCall, first: Place | undefined): Step[] {
  const { arguments: args, handlers, flow } = reading;
  const values = first === undefined ? [] : flow.valuesOf(first.node);
  const objects = values.flatMap((value) =>
    value.kind === 'array' ? [...flow.elementsOf(value).values] : [value],
  );
  return objects.flatMap((object): Step[] => {
    const [method, path, handler] = ['method', 'path', 'handler'].map((name) => args.property(object, name));
    if (!method || !path || object.kind !== 'object') return [];
    const validate = args.property(object, 'validate');
    return args.texts(path).map((text) => ({
      ...{ kind: 'route', path: text, location: object.file.locate(object.node.start) },
      methods: args.texts(method).map((one) => one.toUpperCase()),
      handlers: handler ? [handlers.passed(handler, HANDLER, handler.values)] : [],
      schema: validate === null ? null : call.file.locate(validate.node.start),
    }));
  });
}

function usesAt(
  reading: Reading,
  call: ExternalCall,
  args: readonly Place[],
  mayHavePath: boolean,
  scopeOf: (value: ExternalValue) => Scope,
): Step[] {
  const [first] = args;
  const hasPath = mayHavePath && first !== undefined && isPath(reading, first);
  const location = call.file.locate(call.node.start);
  const { arguments: texts } = reading;
  return texts.turns(call, hasPath ? [first] : args).flatMap((turn) => {
    const prefixes = hasPath ? texts.texts(first, turn) : [''];
    return args.slice(hasPath ? 1 : 0).flatMap((place): Step[] => {
      const steps = usedSteps(reading, place, texts.values(place, turn), scopeOf);
      return prefixes.flatMap((prefix) =>
        steps.map((step) =>
          step.kind === 'mount' ? { ...step, prefix: joined(prefix, step.prefix) } : { ...step, location },
        ),
      );
    });
  });
}

/** What `use` is given: the routes of a router, an application or middleware mounted at a path, a list, or middleware. */
function usedSteps(
  reading: Reading,
  place: Place,
  values: readonly Value[],
  scopeOf: (value: ExternalValue) => Scope,
): Step[] {
  const { flow, arguments: args } = reading;
  const location = place.file.locate(place.node.start);
  const others: Value[] = [];
  const steps: Step[] = [];
  const mount = (value: ExternalValue, prefix: string): MountStep => ({
    kind: 'mount',
    scope: scopeOf(value),
    prefix,
    location,
  });
  for (const value of values) {
    const router = routerOf(value);
    if (router !== null) steps.push(mount(router, ''));
    else if (isExternal(value) && value.module === 'koa-mount' && wayTo(value) === '()') {
      const made = value.calls.at(-1);
      const given =
        made === undefined ? [] : argumentsOf(made.node).map((node) => ({ file: made.file, node }));
      const [path, target] = given.length > 1 ? given : [undefined, given[0]];
      if (target === undefined) continue;
      const held = flow.valuesOf(target.node);
      const app = held.find((each) => kindOf(each) === 'application');
      const prefix = path === undefined ? '' : (args.texts(path)[0] ?? '');
      if (isExternal(app)) steps.push(mount(app, prefix));
      else
        for (const inner of usedSteps(reading, target, held, scopeOf))
          steps.push(inner.kind === 'mount' ? { ...inner, prefix: joined(prefix, inner.prefix) } : inner);
    } else if (isExternal(value) && value.module === 'koa-compose' && wayTo(value) === '()') {
      const made = value.calls.at(-1);
      const [list] = made === undefined ? [] : argumentsOf(made.node);
      if (made && list) steps.push(...listSteps(reading, { file: made.file, node: list }, scopeOf));
    } else if (isExternal(value) && kindOf(value.parent?.parent ?? null) === 'router') continue;
    else others.push(value);
  }
  if (others.length > 0 || values.length === 0)
    steps.push({ kind: 'middleware', handlers: [reading.handlers.passed(place, HANDLER, others)], location });
  return steps;
}

function listSteps(reading: Reading, list: Place, scopeOf: (value: ExternalValue) => Scope): Step[] {
  const { flow } = reading;
  return flow
    .valuesOf(list.node)
    .flatMap((value) =>
      value.kind === 'array' ? usedSteps(reading, list, [...flow.elementsOf(value).values], scopeOf) : [],
    );
}
