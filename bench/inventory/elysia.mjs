// Preloaded into an application of Elysia on Bun (`bun --preload elysia.mjs`): where it listens, writes the routes that it
// holds to the file ROUTES_OUT names, and ends it. A route whose handler a package gave is marked.
import { writeFileSync } from 'node:fs';

// As an import of the application finds it: Elysia is there twice, for `import` and for `require`.
const load = (name) => import(Bun.resolveSync(name, process.cwd()));
const { Elysia } = await load('elysia');
const { BunAdapter } = await load('elysia/adapter/bun');
const ofPackages = new Set();
const made = new Set();
for (const verb of [
  'get',
  'post',
  'put',
  'delete',
  'patch',
  'options',
  'head',
  'all',
  'route',
  'ws',
  'use',
]) {
  const original = Elysia.prototype[verb];
  Elysia.prototype[verb] = function (...args) {
    made.add(this);
    const frames = (new Error().stack ?? '').split('\n').slice(2);
    const own = frames.find((line) => !/elysia\.mjs|[\\/]node_modules[\\/]elysia[\\/]/.test(line));
    if (verb !== 'use' && own !== undefined && /[\\/]node_modules[\\/]/.test(own))
      for (const arg of args) if (typeof arg === 'string' || typeof arg === 'function') ofPackages.add(arg);
    return original.apply(this, args);
  };
}
function finish(app) {
  const routes = new Set();
  for (const { method, path, handler } of app.routes) {
    const isPackages = ofPackages.has(handler) || ofPackages.has(path);
    routes.add(`${/WS/.test(method) ? 'GET' : method} ${path}${isPackages ? ' (package)' : ''}`);
  }
  writeFileSync(process.env.ROUTES_OUT, JSON.stringify({ status: 'listening', routes: [...routes].sort() }));
  process.exit(0);
}
BunAdapter.listen = (app) => () => void setTimeout(() => finish(app), 1000);
// One that is only called by a server of the application's own: all others are used by it.
Bun.serve = () => {
  setTimeout(() => finish([...made].sort((one, other) => other.routes.length - one.routes.length)[0]), 1000);
  return { hostname: 'localhost', port: 0, stop() {} };
};
setTimeout(() => process.exit(1), 40_000).unref?.();
