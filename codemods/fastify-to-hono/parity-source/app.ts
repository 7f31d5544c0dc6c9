// The application: plugins make its parts, `avvio` loads them in their order, and its routes are Hono's.
import avvio from 'avvio';
import { type Context, Hono } from 'hono';
import { pathOf, withoutSlash } from './client.ts';
import { below, byRank, honoPath, joined } from './paths.ts';
import { answer, missing } from './request.ts';
import {
  addHook,
  addOnRegister,
  addOnRoute,
  addParser,
  addVariable,
  errorHandlersOf,
  HOOKS,
  hasVariable,
  openScope,
  routeOf,
  setErrorHandler,
  tellOfPart,
  tellOfRoute,
} from './scopes.ts';
import { tooLong } from './too-long.ts';
import type {
  App,
  ErrorHandler,
  Handler,
  Hooks,
  Log,
  Loose,
  Parser,
  Parts,
  Route,
  RouteOptions,
} from './types.ts';

const VERBS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'all'];
const OPTIONS = new Set([
  ...['logger', 'loggerInstance', 'disableRequestLogging', 'bodyLimit', 'ajv', 'exposeHeadRoutes'],
  ...['pluginTimeout', 'ignoreTrailingSlash', 'maxParamLength'],
]);
const SHARES = Symbol.for('skip-override');
const silent: Log = {
  ...{ child: () => silent, level: 'silent', info() {}, warn() {}, error() {}, debug() {}, trace() {} },
  fatal() {},
};

interface Declared {
  app: App;
  own: RouteOptions;
  method: string;
  url: string;
  /** For errors: what was set when the route was registered. */
  errorHandlers: ErrorHandler[];
}

/**
 * Makes an application.
 *
 * @param options as Fastify takes them
 * @param given what this application needs beside its routes
 * @throws Error for an option that nothing here knows
 */
export function createApp(options: Loose = {}, given: Parts = {}): App {
  const unknown = Object.keys(options).find((name) => options[name] !== undefined && !OPTIONS.has(name));
  if (unknown !== undefined) throw new Error(`This application knows no option ${unknown}.`);
  const declared: Declared[] = [];
  const fallbacks: { app: App; own: RouteOptions; prefix: string; route?: Route }[] = [];
  const parts: Parts = {
    ...given,
    quiet: !options.logger || options.disableRequestLogging === true,
    isRouted: (method) =>
      declared.some(
        (each) =>
          each.method === method ||
          each.method === 'ALL' ||
          (method === 'HEAD' && each.method === 'GET' && options.exposeHeadRoutes !== false),
      ),
  };
  const onReady: Loose[] = [];
  const routed = (path: string) => (options.ignoreTrailingSlash === true ? withoutSlash(path) : path);
  const hono = new Hono({ getPath: (request, settings) => routed(pathOf(request, settings?.env)) });
  const most: number = options.maxParamLength ?? 100;
  const schemas = parts.schemas?.(options.ajv ?? {});
  let booted: Promise<App> | null = null;

  function made({ app, own, method, url, errorHandlers }: Declared): Route {
    const route = routeOf(app, own, method, url, options.bodyLimit ?? 1_048_576, errorHandlers);
    if (own.schema !== undefined) schemas?.compile(app, route);
    return route;
  }

  /** Options of a route, as functions that are told of routes leave them. */
  function told(app: App, own: RouteOptions, method: string, url: string): RouteOptions {
    const options = { ...own, method, url, path: url, prefix: app.prefix };
    tellOfRoute(app, options);
    return options;
  }

  function mount(): void {
    fallbacks.push({ app: root, own: { method: 'ALL', handler: missing }, prefix: '' });
    for (const each of fallbacks) {
      const { app, own, prefix } = each;
      const errorHandlers = errorHandlersOf(app);
      each.route = { ...made({ app, own, method: 'ALL', url: '*', errorHandlers }), prefix };
    }
    fallbacks.sort((a, b) => b.prefix.length - a.prefix.length);
    const heads = new Map<string, Route>();
    for (const each of declared)
      if (each.method === 'HEAD') heads.set(each.url, { ...made(each), fallback: fallbackAt(each.url) });
    const hasGet = new Set(
      declared.filter(({ method }) => /^(?:GET|ALL)$/.test(method)).map(({ url }) => url),
    );
    for (const each of declared.sort((a, b) => byRank(a.url, b.url))) {
      const { method, url } = each;
      if (method === 'HEAD' && hasGet.has(url)) continue;
      const route = { ...made(each), fallback: fallbackAt(url) };
      const run = (c: Context, next: () => Promise<void>) => {
        const isLong = Object.entries(c.req.param() as Record<string, string>).some(
          ([name, value]) => name !== '_' && value.length > most,
        );
        if (isLong) c.set('isLong', true);
        const asked = c.req.method === 'HEAD' ? (heads.get(url) ?? headOf(route)) : route;
        const isNone = asked === null || (asked.method === 'HEAD' && c.req.method !== 'HEAD');
        return isLong || isNone ? next() : answer(c, asked, parts);
      };
      for (const path of honoPath(url, options.ignoreTrailingSlash === true)) {
        if (method === 'ALL') hono.all(path, run);
        else hono.on(method === 'HEAD' ? 'GET' : method, path, run);
      }
    }
    hono.notFound((c) => {
      const long = c.get('isLong' as never) === true ? tooLong(c) : undefined;
      return long ?? answer(c, fallbackAt(c.req.path), parts);
    });
  }

  /** What answers HEAD where nothing was registered for it; null for nothing. */
  const headOf = (route: Route): Route | null =>
    route.method === 'GET' && (route.options.exposeHeadRoute ?? options.exposeHeadRoutes) === false
      ? null
      : route;

  function fallbackAt(path: string): Route {
    return fallbacks.find(({ prefix }) => below(prefix, path) !== null)?.route as Route;
  }

  const root: App = {
    prefix: '',
    log: options.logger || options.loggerInstance ? (parts.log?.(options) ?? silent) : silent,
    addHook(this: App, name: string, hook: Handler) {
      if (name === 'onReady') onReady.push(hook);
      else if (name === 'onClose') this.onClose(hook);
      else if (name === 'onRoute') addOnRoute(this, hook as Loose);
      else if (name === 'onRegister') addOnRegister(this, hook);
      else if (HOOKS.includes(name as keyof Hooks))
        this.after(() => addHook(this, name as keyof Hooks, hook));
      else throw new Error(`This application knows no hook ${name}.`);
      return this;
    },
    route(this: App, own: RouteOptions) {
      const urls = joined(this.prefix, own.url ?? own.path ?? '', options.ignoreTrailingSlash === true);
      for (const method of [own.method].flat().map((each) => each.toUpperCase())) {
        const settings = told(this, own, method, urls[0] ?? '');
        Object.assign(settings, { url: urls.at(-1), path: urls.at(-1) });
        for (const url of urls) {
          const entry: Declared = { app: this, own: settings, method, url, errorHandlers: [] };
          declared.push(entry);
          this.after(() => {
            entry.errorHandlers = errorHandlersOf(this);
          });
        }
      }
      return this;
    },
    decorate(this: App, name: string, value?: Loose) {
      if (name in this) throw new Error(`The decorator '${name}' has already been added!`);
      if (typeof value?.getter === 'function')
        Object.defineProperty(this, name, { get: value.getter, set: value.setter });
      else this[name] = value;
      return this;
    },
    hasDecorator(this: App, name: string) {
      return name in this;
    },
    decorateRequest(this: App, name: string, value?: unknown) {
      addVariable(this, name, value);
      return this;
    },
    hasRequestDecorator(this: App, name: string) {
      return hasVariable(this, name);
    },
    addContentTypeParser(this: App, types: Loose, own: Loose, parse: Parser['parse'] = own) {
      addParser(this, { types: [types].flat(), parse, ...(typeof own === 'object' && own) });
      return this;
    },
    addSchema(this: App, schema: unknown) {
      schemas?.add(this, schema);
      return this;
    },
    getSchema(this: App, id: string) {
      return schemas?.get(this, id);
    },
    getSchemas(this: App) {
      return schemas?.all(this) ?? {};
    },
    setValidatorCompiler(this: App, compile: Loose) {
      schemas?.use(this, 'validate', compile);
      return this;
    },
    setSerializerCompiler(this: App, compile: Loose) {
      schemas?.use(this, 'serialize', compile);
      return this;
    },
    setErrorHandler(this: App, handler: ErrorHandler) {
      setErrorHandler(this, handler);
      return this;
    },
    setNotFoundHandler(this: App, own: Partial<RouteOptions> | Handler = {}, handler: Handler = missing) {
      const settings = typeof own === 'function' ? { handler: own } : { ...own, handler };
      fallbacks.push({
        app: this,
        own: { method: 'ALL', ...settings },
        prefix: this.prefix.replace(/\/$/, ''),
      });
      return this;
    },
    ready() {
      booted ??= boot.ready().then(async () => {
        for (const hook of onReady) await settled(hook, root);
        return root;
      });
      return booted;
    },
    async fetch(request: Request, env?: unknown, context?: unknown) {
      await root.ready();
      return hono.fetch(request, env as object, context as never);
    },
    async listen(where?: Loose, listening?: Loose) {
      // Where nothing listens (a Worker), requests come by `fetch`.
      if (parts.listen === undefined) return '';
      const port = typeof where === 'object' ? where : { port: where };
      const started = root.ready().then(async () => {
        const server = await parts.listen?.(root, port);
        root.onClose(() => server?.close());
        root.log.info(`Server listening at ${server?.address}`);
        return server?.address ?? '';
      });
      if (listening === undefined) return started;
      return started.then(
        (address) => listening(null, address),
        (error) => listening(error, ''),
      );
    },
    inject: (asked: Loose) => parts.inject?.(root, asked),
  } as Partial<App> as App;
  for (const verb of VERBS)
    Object.assign(root, {
      [verb](this: App, url: string, own: Loose, handler: Handler = own.handler ?? own) {
        const settings = typeof own === 'function' ? {} : own;
        return this.route({ ...settings, method: verb.toUpperCase(), url, handler });
      },
    });
  openScope(root, null);
  const boot = avvio(root, {
    ...{
      autostart: false,
      timeout: options.pluginTimeout ?? 10_000,
      expose: { use: 'register', ready: 'loaded' },
    },
  });
  boot.override = (above: Loose, plugin: Loose, settings: { prefix?: string }) => {
    if (plugin[SHARES]) return above;
    const app = Object.create(above);
    app.prefix = settings?.prefix ? joined(above.prefix, settings.prefix, true)[0] : above.prefix;
    openScope(app, above);
    tellOfPart(above, app, settings);
    return app;
  };
  boot.once('preReady', mount);
  return root;
}

/** Waits for a function that may be given a callback. */
function settled(hook: Loose, self: unknown): Promise<unknown> {
  if (hook.length === 0) return Promise.resolve(hook.call(self));
  return new Promise((resolve, reject) => {
    hook.call(self, (error?: Error) => (error ? reject(error) : resolve(undefined)));
  });
}
