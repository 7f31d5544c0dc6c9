import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf } from '../../../syntax/nodes.ts';
import { giveTo } from '../../handlers.ts';
import type { Place, Scope, Step } from '../../model.ts';
import { inOrder, linkPlace } from '../../order.ts';
import type { Reader, Reading } from '../../reader.ts';
import { createScopes } from '../../scopes.ts';
import { isExternal, makeExternal, memberOf, wayTo } from '../../values.ts';

const CONTEXT = ['context'] as const;
const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'all', 'connect']);
const HOOKS = new Set([
  'onRequest',
  'onParse',
  'onTransform',
  'onBeforeHandle',
  'onAfterHandle',
  'onAfterResponse',
  'derive',
  'resolve',
  'mapResponse',
]);
const FLUENT = new Set([
  ...[
    ...VERBS,
    ...HOOKS,
    'route',
    'ws',
    'use',
    'group',
    'guard',
    'mount',
    'listen',
    'decorate',
    'state',
    'model',
    'macro',
  ],
  ...[
    'onError',
    'onStart',
    'onStop',
    'as',
    'trace',
    'error',
    'headers',
    'prefix',
    'affix',
    'parser',
    'compile',
  ],
]);
interface Group {
  instance: ExternalValue;
  on: ExternalValue;
  prefix: string;
  call: ExternalCall;
}
const groups = new WeakMap<Reading, Group[]>();
const made = new WeakSet<ExternalValue>();

/** Elysia: plugins are instances that others use, and groups are functions of an instance of their own. */
const elysia: Reader = {
  framework: 'elysia',
  title: 'Elysia',
  concerns: (path, modules) => modules.packagesOf(path).includes('elysia'),
  isPart: true,
  rules: {
    modules: new Set(['elysia']),
    normalise(callee) {
      const found = memberOf(callee);
      return found !== null && isApp(found.of) && FLUENT.has(found.member) ? found.of : null;
    },
    isFresh: (value) => isApp(value),
  },
  begin: followGroups,
  read: readScopes,
};
export default elysia;

const isApp = (value: Value | null): value is ExternalValue =>
  isExternal(value) &&
  (made.has(value) || (value.module === 'elysia' && /^(Elysia\.)?\(\)$/.test(wayTo(value))));

function followGroups(reading: Reading): void {
  const { flow } = reading;
  const found: Group[] = [];
  groups.set(reading, found);
  flow.onExternalCall((call) => {
    const on = memberOf(call.callee);
    if (on === null || !isApp(on.of)) return;
    const isGroup = on.member === 'group';
    if (on.member === 'use')
      for (const cell of call.arguments)
        flow.read(cell, (value) => value.kind === 'function' && giveTo(flow, value, 0, on.of));
    if (!isGroup && on.member !== 'guard') return;
    for (const cell of call.arguments.slice(isGroup ? 1 : 0))
      flow.read(cell, (value) => {
        if (value.kind !== 'function' || found.some((one) => one.call.node === call.node && one.on === on.of))
          return;
        const instance = makeExternal('elysia', ['Elysia', '()']);
        made.add(instance);
        const [path] = argumentsOf(call.node);
        const prefix =
          isGroup && path ? (reading.arguments.texts({ file: call.file, node: path })[0] ?? '') : '';
        found.push({ instance, on: on.of, prefix, call });
        giveTo(flow, value, 0, instance);
      });
  });
}

function readScopes(reading: Reading): Scope[] {
  const prefixes = new Map<Scope, string>();
  const scopes = createScopes(
    { framework: 'elysia', middleware: 'in-order' },
    () => 'application',
    (scope, app) => prefixes.set(scope, prefixOf(reading, app)),
  );
  const seen = new Set<string>();
  const waiting = [...(groups.get(reading) ?? [])];
  for (const call of inOrder(reading.flow.externalCalls)) {
    const found = memberOf(call.callee);
    if (found === null || !isApp(found.of)) continue;
    const scope = scopes.of(found.of, call);
    const key = `${call.file.path} ${call.node.start} ${call.node.end} ${[...scopes.all.keys()].indexOf(found.of)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const prefix = prefixes.get(scope) ?? '';
    scope.steps.push(...stepsAt(reading, call, found.member, prefix, found.of, scopes.of));
    for (const group of waiting.filter((one) => one.call.node === call.node && one.on === found.of))
      scope.steps.push({
        kind: 'mount',
        scope: scopes.of(group.instance, call),
        prefix: `${prefix}${group.prefix}`,
        location: linkPlace(call),
      });
  }
  return [...scopes.all.values()];
}

/** `new Elysia({ prefix: '/v1' })`. */
function prefixOf({ arguments: args }: Reading, app: ExternalValue): string {
  const creation = app.calls.at(-1);
  const [options] = creation === undefined ? [] : argumentsOf(creation.node);
  const [object] = creation && options ? args.objects({ file: creation.file, node: options }) : [];
  const prefix = args.property(object, 'prefix');
  return prefix === null ? '' : (args.texts(prefix)[0] ?? '');
}

function stepsAt(
  reading: Reading,
  call: ExternalCall,
  member: string,
  prefix: string,
  app: ExternalValue,
  scopeOf: (app: ExternalValue) => Scope,
): Step[] {
  const { arguments: args, handlers, flow } = reading;
  const { file, node } = call;
  const location = linkPlace(call);
  const given = argumentsOf(node).map((each): Place => ({ file, node: each }));
  if (member === 'use')
    return given.flatMap((place) => {
      const values = flow.valuesOf(place.node);
      const mounts = values.flatMap((value): Step[] =>
        isApp(value) && value !== app ? [{ kind: 'mount', scope: scopeOf(value), prefix, location }] : [],
      );
      const isFollowed = mounts.length > 0 || values.some(({ kind }) => kind === 'function');
      return isFollowed
        ? mounts
        : [{ kind: 'middleware', handlers: [handlers.passed(place, CONTEXT)], location }];
    });
  if (HOOKS.has(member)) {
    const last = given.at(-1);
    return last === undefined
      ? []
      : [{ kind: 'middleware', handlers: [handlers.passed(last, CONTEXT)], location }];
  }
  const isRoute = member === 'route';
  if (!VERBS.has(member) && !isRoute && member !== 'ws') return [];
  const [path, handler, options] = isRoute ? given.slice(1) : given;
  if (path === undefined) return [];
  const methods =
    isRoute && given[0]
      ? args.texts(given[0]).map((one) => one.toUpperCase())
      : [member === 'ws' ? 'GET' : member.toUpperCase()];
  const [object] = args.objects(options);
  const before = args.property(object, 'beforeHandle');
  const schema = ['body', 'query', 'params', 'response']
    .map((name) => args.property(object, name))
    .find((one) => one !== null);
  return args.turns(call, [path]).flatMap((turn) =>
    args.texts(path, turn).map(
      (text): Step => ({
        ...{
          kind: 'route',
          methods,
          location,
          path: `${prefix}${text.startsWith('/') || text === '' ? text : `/${text}`}`,
        },
        handlers: [
          ...(before ? [handlers.passed(before, CONTEXT, before.values)] : []),
          ...(handler && member !== 'ws'
            ? [handlers.passed(handler, CONTEXT, args.values(handler, turn))]
            : []),
        ],
        schema: schema ? schema.file.locate(schema.node.start) : null,
      }),
    ),
  );
}
