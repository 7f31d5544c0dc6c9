// Loaded into an application on Node before its own code, for one start: the routes that Fastify, Koa's router, hapi and
// Express (below Nest, LoopBack and the like) hold are written down as it begins to listen, one JSON line each, with the
// prefixes they are mounted at. Frameworks that are ES modules are out of its reach. Built-ins only.
import { appendFileSync } from 'node:fs';
import Module from 'node:module';
import net from 'node:net';

declare const REPORT: string;

// Values of other people's packages, of many releases: every step is tried, and a shape that is not there is passed over.
// biome-ignore lint/suspicious/noExplicitAny: they have no types of ours
type Any = any;
type Tell = (method: unknown, path: unknown) => void;

/** What is asked for its routes once it listens. */
const ask: (() => void)[] = [];
const told = new Set<string>();

const tell: Tell = (method, path) => {
  for (const name of Array.isArray(method) ? method : [method]) {
    const line = JSON.stringify({ method: String(name).toUpperCase(), path });
    if (typeof name !== 'string' || typeof path !== 'string' || told.has(line)) continue;
    told.add(line);
    appendFileSync(REPORT, `${line}\n`);
  }
};

/** Calls a function's own code and then ours, whether it is called or constructed. */
const wrapped = (original: Any, then: (made: Any) => void): Any =>
  new Proxy(original, {
    apply(target, self, args) {
      const made = Reflect.apply(target, self, args);
      then(made);
      return made;
    },
    construct(target, args, self) {
      const made = Reflect.construct(target, args, self);
      then(made);
      return made;
    },
  });

function fastify(original: Any): Any {
  const made = wrapped(original, (app) =>
    app.addHook('onRoute', (route: Any) => tell(route.method, route.url || '/')),
  );
  for (const name of ['default', 'fastify']) if (original[name] !== undefined) original[name] = made;
  return made;
}

function hapi(exports: Any): Any {
  const braces = (path: string) =>
    path.replace(
      /\{(\w+)(\*\d*|\?)?\}/g,
      (_, name, mark = '') => `:${name}${mark === '?' ? '?' : mark && '*'}`,
    );
  const watch = (server: Any) =>
    ask.push(() => {
      for (const { method, path } of server.table()) tell(method === '*' ? 'ALL' : method, braces(path));
    });
  for (const name of ['server', 'Server']) if (exports[name]) exports[name] = wrapped(exports[name], watch);
  return exports;
}

function koaRouter(exports: Any): Any {
  const { prototype } = exports.default ?? exports.Router ?? exports;
  const [routers, nested] = [new Set<Any>(), new Set<Any>()];
  const { use, routes } = prototype;
  prototype.use = function (...args: Any[]) {
    for (const one of args.flat()) if (one?.router) nested.add(one.router);
    return use.apply(this, args);
  };
  prototype.routes = prototype.middleware = function (...args: Any[]) {
    routers.add(this);
    return routes.apply(this, args);
  };
  ask.push(() => {
    for (const router of routers) {
      if (nested.has(router)) continue;
      // Without methods a layer is middleware; HEAD comes with every GET.
      for (const { methods, path } of router.stack)
        tell(
          methods.filter((name: string) => name !== 'HEAD' || methods.length === 1),
          path,
        );
    }
  });
  return exports;
}

function express(original: Any): Any {
  const prefix = Symbol('prefix');
  const routerOf = (app: Any) => app._router ?? app.router;
  const walk = (stack: Any[], at: string): void => {
    for (const { route, handle, [prefix]: own = '' } of stack) {
      const join = (path: string) => `${at}${own}${path}`.replace(/\/{2,}/g, '/') || '/';
      for (const path of route ? [route.path].flat() : [])
        if (typeof path === 'string')
          tell(route.methods._all ? 'ALL' : Object.keys(route.methods), join(path));
      if (!route && Array.isArray(handle?.stack)) walk(handle.stack, join(''));
    }
  };
  const prototype = original.Router.use ? original.Router : original.Router.prototype;
  const { use } = prototype;
  prototype.use = function (this: Any, ...args: Any[]) {
    const before = this.stack.length;
    const result = use.apply(this, args);
    if (typeof args[0] === 'string') for (const layer of this.stack.slice(before)) layer[prefix] = args[0];
    return result;
  };
  return wrapped(original, (app) => ask.push(() => walk(routerOf(app)?.stack ?? [], '')));
}

const WATCHED: readonly (readonly [RegExp, (exports: Any) => Any])[] = [
  [/node_modules\/fastify\/fastify\.js$/, fastify],
  [/node_modules\/(?:@hapi\/)?hapi\/lib\/index\.js$/, hapi],
  [/node_modules\/(?:@koa\/router|koa-router)\/.*\/router\.js$/, koaRouter],
  [/node_modules\/express\/lib\/express\.js$/, express],
];

const done = new Set<string>();
const loader = Module as Any;
const { _load: load } = loader;
loader._load = function (request: string, parent: unknown, isMain: boolean) {
  const exports = load.call(this, request, parent, isMain);
  try {
    const file = loader._resolveFilename(request, parent, isMain).replaceAll('\\', '/');
    const watch = WATCHED.find(([path]) => path.test(file))?.[1];
    const cached = loader._cache[file];
    if (!watch || !cached || done.has(file) || !cached.loaded)
      return done.has(file) ? cached?.exports : exports;
    done.add(file);
    cached.exports = watch(exports);
    return cached.exports;
  } catch {
    return exports;
  }
};

const { listen } = net.Server.prototype as Any;
net.Server.prototype.listen = function (this: net.Server, ...args: unknown[]) {
  this.once('listening', () => {
    for (const one of ask) {
      try {
        one();
      } catch {
        // Of a release whose shape is another.
      }
    }
  });
  return listen.apply(this, args);
} as typeof net.Server.prototype.listen;
