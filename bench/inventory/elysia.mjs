// Preloaded into an application of Elysia on Bun (`bun --preload elysia.mjs`): where it listens, writes the routes that it
// holds to the file ROUTES_OUT names, and ends it. A route whose handler a package gave is marked.
import { writeFileSync } from 'node:fs';

// As an import of the application finds it: Elysia is there twice, for `import` and for `require`.
const load = (name) => import(Bun.resolveSync(name, process.cwd()));
const { Elysia } = await load('elysia');
const { BunAdapter } = await load('elysia/adapter/bun');
const ofPackages = new WeakSet();
const VERBS = ['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'all', 'route', 'ws'];
for (const verb of VERBS) {
  const original = Elysia.prototype[verb];
  Elysia.prototype[verb] = function (...args) {
    const frames = (new Error().stack ?? '').split('\n').slice(2);
    const own = frames.find((line) => !/elysia\.mjs|[\\/]node_modules[\\/]elysia[\\/]/.test(line));
    const isPackages = own !== undefined && /[\\/]node_modules[\\/]/.test(own);
    for (const arg of isPackages ? args : []) if (typeof arg === 'function') ofPackages.add(arg);
    return original.apply(this, args);
  };
}
const all = new Set();
BunAdapter.listen = (app) => () => {
  setTimeout(() => {
    for (const { method, path, handler } of app.routes) {
      const isPackages = typeof handler === 'function' && ofPackages.has(handler);
      all.add(`${/WS/.test(method) ? 'GET' : method} ${path}${isPackages ? ' (package)' : ''}`);
    }
    writeFileSync(process.env.ROUTES_OUT, JSON.stringify({ status: 'listening', routes: [...all].sort() }));
    process.exit(0);
  }, 1000);
};
setTimeout(() => process.exit(1), 40_000).unref?.();
