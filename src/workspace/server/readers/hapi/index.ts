import type { ExternalCall } from '../../../syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf, literalText } from '../../../syntax/nodes.ts';
import { giveTo } from '../../handlers.ts';
import type { Place, Scope, Step } from '../../model.ts';
import { inOrder } from '../../order.ts';
import type { Reader, Reading } from '../../reader.ts';
import { createScopes } from '../../scopes.ts';
import { isExternal, makeExternal, memberOf, wayTo } from '../../values.ts';
import { folderScopes, HAUTE_COUTURE, includeFolders } from './folders.ts';
import { isOfPackage, isPlugin, mayRegister } from './foreign.ts';
import { HANDLER, routesAt } from './routes.ts';

/** Points of hapi's request lifecycle that `server.ext` extends. Source: hapi 21's reference, Request lifecycle. */
const POINTS = new Set([
  'onRequest',
  'onPreAuth',
  'onCredentials',
  'onPostAuth',
  'onPreHandler',
  'onPostHandler',
  'onPreResponse',
]);
/** The server that `register` makes for a plugin, and the prefix that its routes get. */
interface Realm {
  server: ExternalValue;
  on: ExternalValue;
  prefix: string;
  call: Place;
}
const realms = new WeakMap<Reading, Realm[]>();
const made = new WeakSet<ExternalValue>();
/** Servers that another package made, as the plugins tell that it is handed. */
const foreign = new WeakSet<ExternalValue>();

/** hapi: routes are objects; a plugin's are below the prefix that it is registered with. */
const hapi: Reader = {
  framework: '@hapi/hapi',
  title: 'hapi',
  concerns: (path, modules) =>
    mayRegister(path, modules) ||
    modules
      .packagesOf(path)
      .some(
        (name) => name === '@hapi/hapi' || name === 'hapi' || name === '@hapi/glue' || name === HAUTE_COUTURE,
      ),
  rules: { modules: new Set(['@hapi/hapi', 'hapi', HAUTE_COUTURE]) },
  begin(reading) {
    followPlugins(reading);
    includeFolders(reading);
  },
  read: readScopes,
  template: hapiTemplate,
  join: (prefix, path) => (prefix === '' ? path : path === '/' ? prefix : `${prefix}${path}`),
};
export default hapi;

/** `{id}`, `{id?}`, `{rest*}`, `{two*2}` and `{name}.{ending}`. Source: hapi 21's reference, Path parameters. */
function hapiTemplate(written: string): string {
  return written.replace(
    /(\/?)\{(\w+)(\?|\*\d*)?\}/g,
    (_, slash: string, name: string, mark: string | undefined) => {
      if (mark === '?') return `${slash}:${name}?`;
      if (mark === '*') return `${slash}*`;
      const count = Number(mark?.slice(1) ?? 1);
      return Array.from(
        { length: count },
        (_part, index) => `${slash}:${name}${index === 0 ? '' : index + 1}`,
      ).join('');
    },
  );
}

const isServer = (value: Value | null): value is ExternalValue =>
  isExternal(value) &&
  (made.has(value) ||
    foreign.has(value) ||
    (/^(@hapi\/)?hapi$/.test(value.module) && /^[sS]erver\.\(\)$/.test(wayTo(value))));

function followPlugins(reading: Reading): void {
  const { flow } = reading;
  const found: Realm[] = [];
  realms.set(reading, found);
  const enter = (on: ExternalValue, value: Value, call: ExternalCall, prefix: string): void => {
    if (value.kind === 'array') flow.read(flow.elementsOf(value), (each) => enter(on, each, call, prefix));
    else if (value.kind === 'module')
      for (const cell of [value.assigned, flow.memberOf(value, 'default'), flow.memberOf(value, 'plugin')])
        flow.read(cell, (each) => each !== value && enter(on, each, call, prefix));
    else if (value.kind === 'object') {
      const own = prefixOf(reading, value);
      const nested = flow.memberOf(value, 'plugin');
      flow.read(nested, (each) => enter(on, each, call, own || prefix));
      flow.read(flow.memberOf(value, 'register'), (each) => {
        if (
          each.kind !== 'function' ||
          found.some(
            (one) =>
              one.on === on &&
              one.call.node === call.node &&
              one.prefix === (own || prefix) &&
              each.parameters[0]?.values.has(one.server),
          )
        )
          return;
        const server = makeExternal('@hapi/hapi', ['server', '()']);
        made.add(server);
        found.push({ server, on, prefix: own || prefix, call });
        giveTo(flow, each, 0, server);
      });
    }
  };
  flow.onExternalCall((call) => {
    const on = memberOf(call.callee);
    const [plugin] = call.arguments;
    if (on === null || on.member !== 'register' || plugin === undefined) return;
    if (!isServer(on.of) && isOfPackage(on.of))
      flow.read(plugin, (value) => {
        if (isPlugin(reading, value)) foreign.add(on.of);
      });
    if (!isServer(on.of) && !isOfPackage(on.of)) return;
    const options = argumentsOf(call.node)[1];
    const [object] =
      options === undefined ? [] : reading.arguments.objects({ file: call.file, node: options });
    const prefix = prefixOf(reading, object);
    flow.read(plugin, (value) => {
      if (isServer(on.of)) enter(on.of, value, call, prefix);
    });
  });
}

/** `{ routes: { prefix: '/v1' } }`. */
function prefixOf({ arguments: args }: Reading, options: Value | undefined): string {
  const [routes] = args.property(options, 'routes')?.values ?? [];
  const prefix = args.property(routes, 'prefix');
  return prefix === null ? '' : (args.texts(prefix)[0] ?? '');
}

function readScopes(reading: Reading): Scope[] {
  const scopes = createScopes({ framework: '@hapi/hapi', middleware: 'whole' }, (server) =>
    made.has(server) ? 'plugin' : 'application',
  );
  for (const call of inOrder(reading.flow.externalCalls)) {
    const found = memberOf(call.callee);
    if (found === null || !isServer(found.of)) continue;
    const scope = scopes.of(found.of, call);
    if (found.member === 'route') scope.steps.push(...routesAt(reading, call));
    if (found.member === 'ext') scope.steps.push(...extensionsAt(reading, call));
  }
  for (const { server, on, prefix, call } of realms.get(reading) ?? [])
    scopes.of(on).steps.push({
      kind: 'mount',
      scope: scopes.of(server, call),
      prefix,
      location: call.file.locate(call.node.start),
    });
  return [...scopes.all.values(), ...folderScopes(reading, (options) => prefixOf(reading, options))];
}

function extensionsAt({ handlers }: Reading, { file, node }: ExternalCall): Step[] {
  const [point, method] = argumentsOf(node);
  if (method === undefined || !POINTS.has(literalText(point) ?? '')) return [];
  return [
    {
      kind: 'middleware',
      handlers: [handlers.passed({ file, node: method }, HANDLER)],
      location: file.locate(node.start),
    },
  ];
}
