import type { Context, ErrorHandler, Hono, MiddlewareHandler, Next } from 'hono';
import type { Params } from 'hono/router';
import type { H, RouterRoute } from 'hono/types';
import { COMPOSED_HANDLER } from 'hono/utils/constants';
import { belowMounts } from './express4/below-mount.ts';
import { answerOptions } from './express4/options.ts';
import { compilePath, type PathMatcher, type PathParams } from './express4/paths.ts';
import { guardParam } from './params.ts';
import { inOneRun, type Matches, type RunningRouter } from './run-routes.ts';
import { beforeRoutes, behindRoutes, type RouteEntry, runningRoute } from './running-route.ts';
import { requestTarget, targetPath } from './target.ts';

interface Layer {
  entry: RouteEntry;
  /** A `param` callback: HEAD runs it on a path that has only routes for other methods. */
  forHead: RouteEntry | undefined;
  method: string;
  match: PathMatcher;
  /** What every path that it matches starts with, in lower case. */
  start: string;
  hidden: readonly string[];
  /** The mounted router that declared it; `/`: the application. */
  router: string;
  /** What its route has for OPTIONS to list. */
  methods: readonly string[];
}

/** A `route()` of Express, of which Hono has one route a method. */
interface RouteChain {
  path: string;
  methods: readonly string[];
  at: number;
}

interface RoutingOptions {
  version?: 4 | 5 | undefined;
  caseSensitive?: boolean | undefined;
  strict?: boolean | undefined;
  /** Matches paths of a notation of its own. */
  compile?: ((path: string) => PathMatcher | undefined) | undefined;
  /** Parameters of a path that a handler does not see. */
  hide?: ((handler: H, path: string) => string[]) | undefined;
  /** What is mounted is an application with the same settings, no router. */
  inMounts?: boolean | undefined;
}

const paramCallbacks = new WeakSet<object>();
const chainedMethods = new WeakMap<object, readonly string[]>();
const allowedMethods = new WeakMap<Context, string[]>();
const splats = new WeakMap<Context, { route: RouterRoute; params: PathParams }>();

/** Marks a middleware as a `param` callback: it runs where Express looks for a route, not only where one answers. */
export function asParamCallback(callback: MiddlewareHandler): MiddlewareHandler {
  paramCallbacks.add(callback);
  return callback;
}

/** What follows is one route of Express with these methods, in their order: OPTIONS lists them together, or meets its own. */
export function chained(...methods: string[]): MiddlewareHandler {
  const start: MiddlewareHandler = (_c, next) => next();
  chainedMethods.set(start, methods);
  return start;
}

/** Methods of the routes an unanswered OPTIONS request matched: Express answers it where the 404 page would be. */
export function unansweredOptions(c: Context): string[] | undefined {
  return allowedMethods.get(c);
}

/** Express 5's wildcard parameter: its path segments, each decoded. */
export function splat(c: Context, name: string): string[] | undefined {
  const found = splats.get(c);
  const value = found?.route === runningRoute(c) ? found?.params[name] : undefined;
  return value === undefined ? undefined : [value].flat();
}

/** Express's routing for the Hono constructor: paths, case, trailing slash, prefixes, 400 on a bad parameter, OPTIONS. */
export function expressRouting(options: RoutingOptions = {}): {
  router: RunningRouter;
  getPath: (this: unknown, request: Request, options?: { env?: unknown }) => string;
  // biome-ignore lint/suspicious/noExplicitAny: any environment will do
  route: (this: Hono<any>, path: string, app: Hono<any>) => Hono<any>;
} {
  const layers: Layer[] = [];
  let mounts = 0;
  let mounting = '';
  let mountedAt: string | undefined;
  let chain: RouteChain | undefined;
  let answerError: ErrorHandler;
  const known = new Map<string, Matches>();
  const find = (method: string, path: string): Matches => [
    [beforeRoutes, NO_PARAMS],
    ...matchLayers(layers, method, path),
    [behindRoutes, NO_PARAMS],
  ];
  return {
    router: {
      name: 'ExpressRouter',
      add: (method, path, [handler, route]) => {
        const rules = ownRules(options, mountedAt);
        const own = compileLayer(method, path, route.basePath, rules);
        const match = belowMounts([mountedAt ?? '/', route.basePath], path, own);
        const router = `${mounting}${route.basePath}`;
        chain = chainOf(handler, path) ?? inChain(chain, method, path);
        const methods = listed(chain?.methods ?? [method]);
        const forHead: RouteEntry | undefined = paramCallbacks.has(innermost(handler))
          ? [((c, next) => (c.req.method === 'HEAD' ? handler(c, next) : next())) as H, route]
          : undefined;
        const hidden = options.hide?.(handler, path) ?? [];
        const start = options.compile?.(path) ? '' : literalStart(path);
        known.clear();
        layers.push({ entry: [handler, route], forHead, method, match, start, hidden, router, methods });
      },
      find(method, path) {
        const key = `${method} ${path}`;
        const before = known.get(key);
        if (before !== undefined) return before;
        const matches = find(method, path);
        if (matches.every(([, params]) => params === NO_PARAMS)) remember(known, key, matches);
        return matches;
      },
      match(method, path) {
        return inOneRun(this.find(method, path), () => answerError);
      },
    },
    // Hono asks the application for this before it asks the router.
    getPath(request, { env } = {}) {
      answerError = (this as { errorHandler: ErrorHandler }).errorHandler;
      return targetPath(requestTarget(request, env));
    },
    // Hono takes this over with the rest. A router at `/` could not be told from the application by its path.
    route(path, app) {
      const outer = mounting;
      mounting ||= String(++mounts);
      if (outer === '') mountedAt = path;
      try {
        // The class it was made of: a repository may hold two copies of Hono.
        return (Object.getPrototypeOf(this) as typeof this).route.call(this, path, app);
      } finally {
        mounting = outer;
        if (outer === '') mountedAt = undefined;
      }
    },
  };
}

interface LayerOptions extends RoutingOptions {
  /** A path whose case matters although that of the rest does not. */
  mount?: string | undefined;
}

/** `case sensitive routing` and `strict routing` are the application's: a router below it goes by neither. */
function ownRules(options: RoutingOptions, mount: string | undefined): LayerOptions {
  if (mount === undefined || options.inMounts) return options;
  return {
    ...options,
    strict: false,
    caseSensitive: false,
    mount: options.caseSensitive ? mount : undefined,
  };
}

function chainOf(handler: H, path: string): RouteChain | undefined {
  const methods = chainedMethods.get(innermost(handler));
  return methods && { path, methods, at: 0 };
}

/** The handler itself, without what a router with an error handler or with handlers that leave it put around. */
export function innermost(handler: H): H {
  const inside = (handler as { [COMPOSED_HANDLER]?: H })[COMPOSED_HANDLER];
  return inside === undefined ? handler : innermost(inside);
}

/** The chain that a method of a path goes on with. */
function inChain(chain: RouteChain | undefined, method: string, path: string): RouteChain | undefined {
  if (chain?.path !== path) return undefined;
  if (method === chain.methods[chain.at]) return chain;
  return method === chain.methods[chain.at + 1] ? { ...chain, at: chain.at + 1 } : undefined;
}

/** Methods that Express lists for a route; none where the route itself takes OPTIONS. */
function listed(methods: readonly string[]): readonly string[] {
  if (methods.includes('ALL') || methods.includes('OPTIONS')) return [];
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
}

/** `use` registers `/x/*`: a prefix. In a mounted router the mount path alone is its `/`. */
function compileLayer(method: string, path: string, basePath: string, options: LayerOptions): PathMatcher {
  const { mount: cased, ...rest } = options;
  if (cased !== undefined) {
    const isBelow = compilePath(cased, { caseSensitive: true, end: false });
    const below = compileLayer(method, path, basePath, rest);
    return (requested) => (isBelow(requested) ? below(requested) : undefined);
  }
  const own = options.compile?.(path);
  if (own) return own;
  if (method === 'ALL' && path.endsWith('/*')) {
    return compilePath(path.slice(0, -2) || '/', { ...options, end: false });
  }
  const match = compilePath(path, { ...options, end: true });
  if (basePath === '/') return match;
  const mount = compilePath(basePath, { caseSensitive: options.caseSensitive, strict: true, end: true });
  return (requested) => match(requested) ?? (mount(requested) ? match(`${requested}/`) : undefined);
}

/** The segments a path begins with that stand for themselves alone. */
function literalStart(path: string): string {
  return (/^(?:\/[\w~-]+(?=\/|$))*/.exec(path)?.[0] ?? '').toLowerCase();
}

/** Keeps what a path without parameters matches. What clients make up must not fill the memory. */
function remember(known: Map<string, Matches>, key: string, matches: Matches): void {
  if (key.length > 200) return;
  if (known.size >= 200) known.clear();
  known.set(key, matches);
}

/** The handlers a request meets, in the order they were declared. */
function matchLayers(layers: Layer[], method: string, path: string): Matches {
  const found: Matches = [];
  const allowed = new Map<string, string[]>();
  let router = '/';
  const asked = path.toLowerCase();
  // Below a mount `//` may be `/`.
  const isPlain = !path.includes('//');
  // A parameter that is no valid %-escape fails in a route for another method, too.
  const asksAll = method === 'OPTIONS' || path.includes('%');
  for (const layer of layers) {
    const { entry, forHead, method: handled, router: declaredIn, methods } = layer;
    if (declaredIn !== router) {
      answerRouterOptions(found, router, allowed);
      router = declaredIn;
    }
    if (isPlain && !asked.startsWith(layer.start)) continue;
    const isHead = handled === 'HEAD' && method === 'GET';
    const mayBeHead = forHead !== undefined && method === 'GET';
    if (!asksAll && handled !== 'ALL' && handled !== method && !isHead && !mayBeHead) continue;
    let params: PathParams | undefined;
    try {
      params = layer.match(path);
      for (const name of layer.hidden) delete params?.[name];
    } catch (error) {
      found.push([[() => Promise.reject(error), entry[1]], {}]);
      return found;
    }
    if (!params) continue;
    if (handled === 'ALL' || handled === method) found.push(...withParams(entry, params));
    else if (mayBeHead || isHead) found.push(...withParams(forHead ?? entry, params));
    else if (method === 'OPTIONS' && methods.length > 0)
      allowed.set(router, [...(allowed.get(router) ?? []), ...methods]);
  }
  answerRouterOptions(found, router, allowed);
  const unanswered = allowed.get('/');
  if (unanswered) found.push([noteEntry(allowedMethods, unanswered), {}]);
  return found;
}

/** A mounted router answers OPTIONS itself, before anything declared after it. */
function answerRouterOptions(found: Matches, router: string, allowed: Map<string, string[]>): void {
  const methods = allowed.get(router);
  if (router === '/' || !methods) return;
  found.push([extraEntry((c) => answerOptions(c, methods)), {}]);
  allowed.delete(router);
}

const NO_PARAMS: Params = {};

function withParams(entry: RouteEntry, params: PathParams): Matches {
  let guarded = NO_PARAMS;
  let hasList = false;
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (guarded === NO_PARAMS) guarded = {};
    hasList ||= Array.isArray(value);
    guarded[name] = guardParam([value].flat().join('/'));
  }
  const match: Matches[number] = [entry, guarded];
  return hasList ? [[noteEntry(splats, { route: entry[1], params }), {}], match] : [match];
}

function extraEntry(handler: ((c: Context, next: Next) => unknown) | H): RouteEntry {
  const entry = handler as H;
  return [entry, { basePath: '/', path: '/*', method: 'ALL', handler: entry }];
}

function noteEntry<T>(notes: WeakMap<Context, T>, value: T): RouteEntry {
  return extraEntry((c, next) => {
    notes.set(c, value);
    return next();
  });
}
