import type { Location } from '../model/location.ts';
import type { Call, Flow } from '../workspace/syntax/flow/flow.ts';
import type { Cell, ExternalValue } from '../workspace/syntax/flow/values.ts';
import { argumentsOf, literalText, unwrap } from '../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../workspace/syntax/parse.ts';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'all']);
/** Classes that are Hono's application. */
const APPS: Readonly<Record<string, ReadonlySet<string>>> = {
  hono: new Set(['Hono']),
  'hono/tiny': new Set(['Hono']),
  'hono/quick': new Set(['Hono']),
  '@hono/zod-openapi': new Set(['OpenAPIHono']),
};
/** Stands for a part of a path that could not be computed, as in routes of Express. */
const UNKNOWN_PATH = '/<expression>';

export interface HonoFunction {
  file: ParsedFile;
  node: SyntaxNode;
}

/** One endpoint of a Hono application after mounting. */
export interface HonoRoute {
  method: string;
  path: string;
  registration: Location;
  /** Its own handlers; the last answers. */
  handlers: readonly HonoFunction[];
  /** Middleware of the applications it is below, whatever their paths: too many, not too few. */
  before: readonly HonoFunction[];
  /** Middleware of packages among them: `serveStatic` of `@hono/node-server`. */
  packages: readonly { value: ExternalValue; file: ParsedFile; node: SyntaxNode }[];
}

interface Registration extends Call {
  member: string;
  path: string | null;
}

/** The routes of every Hono application, through `route()` and any number of files. */
export function honoRoutes(flow: Flow): HonoRoute[] {
  const apps = new Map<ExternalValue, Registration[]>();
  const mounts = new Map<ExternalValue, { child: ExternalValue; path: string | null }[]>();
  const mounted = new Set<ExternalValue>();
  for (const call of flow.calls) {
    for (const value of call.callee.values) {
      const found = value.kind === 'external' ? appMember(value) : null;
      if (found === null) continue;
      const { app, member } = found;
      const path = literalText(argumentsOf(call.node)[0]);
      if (member === 'route') {
        for (const child of [...(call.arguments[1]?.values ?? [])].flatMap(appOf)) {
          if (child === app) continue;
          mounts.set(app, [...(mounts.get(app) ?? []), { child, path }]);
          mounted.add(child);
        }
      }
      const list = apps.get(app) ?? [];
      list.push({ ...call, member, path });
      apps.set(app, list);
    }
  }
  const routes: HonoRoute[] = [];
  const visit = (
    app: ExternalValue,
    prefix: string,
    above: readonly Registration[],
    seen: readonly ExternalValue[],
  ) => {
    if (seen.includes(app)) return;
    const own = apps.get(app) ?? [];
    const middleware = [...above, ...own.filter(({ member }) => member === 'use')];
    for (const registration of own) {
      if (!VERBS.has(registration.member) && registration.member !== 'on') continue;
      routes.push(routeOf(registration, prefix, middleware));
    }
    for (const { child, path } of mounts.get(app) ?? [])
      visit(child, join(prefix, path), middleware, [...seen, app]);
  };
  for (const app of new Set([...apps.keys(), ...mounts.keys()]))
    if (!mounted.has(app)) visit(app, '', [], []);
  return routes;
}

function routeOf(registration: Registration, prefix: string, middleware: readonly Registration[]): HonoRoute {
  const { file, node, member, path } = registration;
  const isOn = member === 'on';
  const before = middleware.flatMap(functionsOf);
  return {
    method: isOn ? (path ?? 'ALL').toUpperCase() : member.toUpperCase(),
    path: join(prefix, isOn ? literalText(argumentsOf(node)[1]) : path),
    registration: file.locate(node.start),
    handlers: functionsOf(registration),
    before,
    packages: [...middleware, registration].flatMap(packagesOf),
  };
}

const functionsOf = ({ arguments: args }: Call): HonoFunction[] =>
  args.flatMap(({ values }) =>
    [...values].flatMap((value) =>
      value.kind === 'function' ? [{ file: value.file, node: value.node }] : [],
    ),
  );

function packagesOf({ arguments: args, file, node }: Call): HonoRoute['packages'] {
  const written = argumentsOf(node);
  return args.flatMap((cell: Cell, index) =>
    [...cell.values].flatMap((value) =>
      value.kind === 'external' && value.origin === 'package'
        ? [{ value, file, node: unwrap(written[index] ?? node) }]
        : [],
    ),
  );
}

/** `app.get` split into application and member, through chains: `app.use(x).get`. */
function appMember(value: ExternalValue): { app: ExternalValue; member: string } | null {
  const member = value.path.at(-1) ?? '';
  if (value.parent === null || member === '()') return null;
  const [app] = appOf(value.parent);
  return app === undefined ? null : { app, member };
}

/** The application a value is, or that a chain of its methods gives back. */
function appOf(value: unknown): ExternalValue[] {
  for (let at = isExternal(value) ? value : null; at !== null; at = at.parent) {
    const [made, call, ...rest] = at.path.filter((name) => name !== 'default');
    if (rest.length === 0) return call === '()' && APPS[at.module]?.has(made ?? '') ? [at] : [];
    // Only calls give the application back: `app.routes` is something else.
    if (at.path.at(-1) !== '()') return [];
    at = at.parent ?? at;
  }
  return [];
}

const isExternal = (value: unknown): value is ExternalValue =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'external';

function join(prefix: string, path: string | null): string {
  const own = path ?? UNKNOWN_PATH;
  const joined = `${prefix.replace(/\/$/, '')}/${own.replace(/^\//, '')}`;
  return joined.length > 1 ? joined.replace(/\/$/, '') : '/';
}
