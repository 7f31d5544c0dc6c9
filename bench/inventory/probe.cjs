// Preloaded into an application (`node --require probe.cjs`): once it listens, writes the routes that its framework itself
// holds to the file ROUTES_OUT names, and ends it. A route that a package of node_modules registered is marked.
const Module = require('node:module');
const net = require('node:net');
const { writeFileSync } = require('node:fs');

const found = new Set();
const dumps = [];
const nest = new Set();
let isNest = false;
let isVersioned = false;
// Source: `RequestMethod` of @nestjs/common.
const NEST_METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD', 'SEARCH'];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];
const FRAMEWORKS =
  /[\\/]node_modules[\\/](?:\.pnpm[\\/][^\\/]+[\\/]node_modules[\\/])?(?:fastify|avvio|reusify|fastq|find-my-way|fastify-plugin|@fastify[\\/]autoload)[\\/]/;

/** Whether the code that registers now is a package's: the nearest frame outside the framework itself. */
function isPackages() {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const frames = (new Error().stack ?? '').split('\n').slice(2);
  Error.stackTraceLimit = limit;
  const own = frames.find(
    (line) => !/\(node:|at node:|probe\.cjs|<anonymous>/.test(line) && !FRAMEWORKS.test(line),
  );
  return own !== undefined && /[\\/]node_modules[\\/]/.test(own);
}

const add = (methods, path, byPackage = false) => {
  const all = [methods].flat().map((method) => method.toUpperCase());
  const isAll = METHODS.every((method) => all.includes(method));
  for (const method of isAll ? ['ALL'] : all) found.add(`${method} ${path}${byPackage ? ' (package)' : ''}`);
};

const wrapped = new WeakMap();
const wrapFactory = (original, onMade) => {
  if (wrapped.has(original)) return wrapped.get(original);
  const factory = Object.assign(function (...args) {
    const made = original.apply(this, args);
    onMade(made);
    return made;
  }, original);
  for (const name of ['default', 'fastify']) if (original[name] === original) factory[name] = factory;
  wrapped.set(original, factory);
  wrapped.set(factory, factory);
  return factory;
};

const mountedAt = new WeakMap();
const joined = (prefix, path) => `${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
const patches = {
  fastify: (original) =>
    wrapFactory(original, (app) =>
      app.addHook('onRoute', ({ method, path }) => add(method, path, isPackages())),
    ),
  express(original) {
    // A layer keeps its path as an expression only: what `use` was given is kept beside it.
    const routers = original.Router.prototype?.use ? original.Router.prototype : original.Router;
    const { use } = routers;
    routers.use = function (...args) {
      const before = this.stack.length;
      const made = use.apply(this, args);
      const paths = [args[0]].flat(9).filter((path) => typeof path !== 'function');
      for (const layer of this.stack.slice(before)) mountedAt.set(layer, paths.length > 0 ? paths : ['']);
      return made;
    };
    return wrapFactory(original, (app) =>
      dumps.push(() => {
        const visit = (router, prefix) => {
          for (const layer of router?.stack ?? []) {
            if (layer.route) {
              const methods = layer.route.methods._all ? 'ALL' : Object.keys(layer.route.methods);
              for (const path of [layer.route.path].flat()) add(methods, joined(prefix, String(path)));
            } else if (layer.handle?.stack)
              for (const path of mountedAt.get(layer) ?? [''])
                visit(layer.handle, joined(prefix, String(path)));
          }
        };
        // Express 4 throws where its `router` is asked for.
        visit(app._router ?? app.router, app.path());
      }),
    );
  },
  koa(Koa) {
    if (wrapped.has(Koa)) return Koa;
    wrapped.set(Koa, Koa);
    const uses = new Map();
    const use = Koa.prototype.use;
    Koa.prototype.use = function (fn) {
      uses.set(this, [...(uses.get(this) ?? []), fn]);
      return use.call(this, fn);
    };
    dumps.push(() => {
      const inside = new Set();
      const visit = (fn, prefix) => {
        for (const inner of fn.composed ?? []) visit(inner, prefix);
        if (fn.mounted) {
          const at = joined(prefix, fn.mounted.prefix);
          if (uses.has(fn.mounted.app)) inside.add(fn.mounted.app);
          for (const inner of uses.get(fn.mounted.app) ?? [fn.mounted.app]) visit(inner, at);
        }
        for (const layer of fn.router?.stack ?? []) {
          if (layer.methods.length > 0) add(layer.methods, joined(prefix, String(layer.path)));
        }
      };
      for (const fns of uses.values()) for (const fn of fns) if (fn.mounted) inside.add(fn.mounted.app);
      for (const [app, fns] of uses) if (!inside.has(app)) for (const fn of fns) visit(fn, '');
    });
    return Koa;
  },
  'koa-mount': (original) => (prefix, app) => {
    const mounted = typeof prefix === 'string' ? { prefix, app } : { prefix: '/', app: prefix };
    return Object.assign(original(prefix, app), { mounted });
  },
  'koa-compose': (original) => (list) => Object.assign(original(list), { composed: list }),
  // Nest's controllers: what it registers on Express or Fastify for middleware is no route.
  'nest-paths'(loaded) {
    const { create } = loaded.RoutePathFactory.prototype;
    loaded.RoutePathFactory.prototype.create = function (metadata, method) {
      const paths = create.call(this, metadata, method);
      // What is only printed is asked for without a method, and without versions.
      if (metadata.versioningOptions && !isVersioned) nest.clear();
      isVersioned ||= Boolean(metadata.versioningOptions);
      isNest = true;
      if (method !== undefined && Boolean(metadata.versioningOptions) === isVersioned)
        for (const path of paths) nest.add(`${NEST_METHODS[method] ?? method} ${path}`);
      return paths;
    };
    return loaded;
  },
  '@hapi/hapi'(hapi) {
    if (wrapped.has(hapi)) return hapi;
    wrapped.set(hapi, hapi);
    const server = hapi.server;
    hapi.server = hapi.Server = (...args) => {
      const made = server(...args);
      dumps.push(() => {
        for (const { method, path } of made.table()) add(method === '*' ? 'ALL' : method, path);
      });
      return made;
    };
    return hapi;
  },
};

/** The files whose exports are the frameworks': they are changed as they load, before an import can keep them. */
const MAINS = {
  fastify: /[\\/]fastify[\\/]fastify\.js$/,
  express: /[\\/]express[\\/]index\.js$/,
  koa: /[\\/]koa[\\/]lib[\\/]application\.js$/,
  'koa-mount': /[\\/]koa-mount[\\/](?:lib[\\/])?index\.js$/,
  'koa-compose': /[\\/]koa-compose[\\/]index\.js$/,
  'nest-paths': /[\\/]@nestjs[\\/]core[\\/]router[\\/]route-path-factory\.js$/,
  '@hapi/hapi': /[\\/]@hapi[\\/]hapi[\\/]lib[\\/]index\.js$/,
};
/**
 * What is not there for a run that only lists routes: databases, compiled addons. `STAND_INS` names packages that are
 * replaced whole (`bcrypt`), or functions of them that then give what they are called on (`typeorm#DataSource.prototype.initialize`).
 */
const standIns = (process.env.STAND_INS ?? '')
  .split(',')
  .filter(Boolean)
  .map((text) => text.split('#'));
const anything = new Proxy(class {}, {
  get: (_, key) => (key === 'then' ? undefined : key === Symbol.toPrimitive ? () => '' : anything),
  // An import asks for names as properties of its own.
  getOwnPropertyDescriptor: (target, key) =>
    Reflect.getOwnPropertyDescriptor(target, key) ?? {
      value: anything,
      configurable: true,
      enumerable: true,
    },
  apply: () => anything,
  construct: () => anything,
});
function standIn(exports, path) {
  const names = path.split('.');
  const last = names.pop();
  const holder = names.reduce((at, name) => at?.[name], exports);
  const replace = async function () {
    return this ?? anything;
  };
  if (holder === exports && Object.getOwnPropertyDescriptor(exports, last)?.configurable === false) {
    const copy = {};
    for (const key of Object.keys(exports))
      Object.defineProperty(copy, key, { get: () => exports[key], enumerable: true, configurable: true });
    Object.defineProperty(copy, last, { value: replace, enumerable: true });
    return copy;
  }
  if (holder?.[last])
    Object.defineProperty(holder, last, { value: replace, configurable: true, writable: true });
  return exports;
}

const load = Module._extensions['.js'];
Module._extensions['.js'] = function (module, filename) {
  const inside = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
    .exec(filename)?.[1]
    ?.replaceAll('\\', '/');
  if (standIns.some(([name, path]) => name === inside && path === undefined)) {
    module.exports = anything;
    return;
  }
  load.call(this, module, filename);
  for (const [name, path] of standIns)
    if (name === inside && path !== undefined) module.exports = standIn(module.exports, path);
  for (const [name, main] of Object.entries(MAINS))
    if (filename.includes('node_modules') && main.test(filename))
      module.exports = patches[name](module.exports);
};

let written = false;
function finish(status) {
  if (written) return;
  written = true;
  for (const dump of dumps) dump();
  writeFileSync(
    process.env.ROUTES_OUT,
    JSON.stringify({ status, routes: [...(isNest ? nest : found)].sort() }),
  );
  process.exit(0);
}
const listen = net.Server.prototype.listen;
// Handlers that are called may start a server for it: what calls them ends by itself.
const isCalled = /invoke\.cjs$/.test(process.argv[1] ?? '');
net.Server.prototype.listen = function (...args) {
  if (!isCalled) setTimeout(() => finish('listening'), 500);
  return listen.apply(this, args);
};
process.on('beforeExit', () => finish('ended'));
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
  finish('failed');
});
if (!isCalled) setTimeout(() => finish('did not listen'), 25_000).unref();
