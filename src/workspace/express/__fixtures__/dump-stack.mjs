// Prints the routes that Express itself holds: method, full path and the line that registered it.
// Usage: node --enable-source-maps dump-stack.mjs <project> <app module> [<deps module>]
import { createRequire, register } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

register(new URL('./strip-types.mjs', import.meta.url));
const [project, appModule, depsModule] = process.argv.slice(2);
const express = createRequire(join(project, 'package.json'))('express');

/** Where the project's own code is in the stack now. */
function callSite() {
  for (const line of new Error().stack.split('\n').slice(1)) {
    const [, place, row] = /\(?((?:file:\/\/)?\/[^:)]+):(\d+):\d+\)?$/.exec(line) ?? [];
    if (place === undefined || place.includes('node_modules') || place.endsWith('dump-stack.mjs')) continue;
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    return `${relative(project, path)}:${row}`;
  }
  return '?';
}

// Express forgets the path a router is mounted at: it is written down as `use` is called. In Express 4 a router's
// prototype is `express.Router` itself, in Express 5 it is `express.Router.prototype`.
const routerPrototype = 'use' in express.Router ? express.Router : express.Router.prototype;
const originalUse = routerPrototype.use;
routerPrototype.use = function use(path, ...handlers) {
  const before = this.stack.length;
  const result = originalUse.call(this, path, ...handlers);
  const mount = typeof path === 'function' || (Array.isArray(path) && typeof path[0] === 'function') ? '/' : path;
  for (const layer of this.stack.slice(before)) layer.mount = mount;
  return result;
};
for (const [name, original] of Object.entries(express.Route.prototype)) {
  if (typeof original !== 'function' || name.startsWith('_')) continue;
  express.Route.prototype[name] = function register(...handlers) {
    const before = this.stack.length;
    const result = original.apply(this, handlers);
    const site = callSite();
    for (const layer of this.stack.slice(before)) layer.site = site;
    return result;
  };
}

const loaded = await import(pathToFileURL(join(project, appModule)).href);
const deps = depsModule && (await import(pathToFileURL(join(project, depsModule)).href)).createDeps();
const app = loaded.createApp ? loaded.createApp(deps) : loaded.default;
const join2 = (prefix, path) => `${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
const found = new Set();
function visit(router, prefix) {
  for (const layer of router.stack) {
    if (layer.route) {
      for (const inner of layer.route.stack) {
        const method = (inner.method ?? 'all').toUpperCase();
        for (const path of [layer.route.path].flat()) found.add(`${method} ${join2(prefix, String(path))} ${inner.site}`);
      }
    } else if (layer.handle?.stack) {
      for (const mount of [layer.mount ?? '/'].flat()) visit(layer.handle, join2(prefix, mount));
    }
  }
}
visit(app._router ?? app.router, '');
console.log(JSON.stringify([...found].sort()));
process.exit(0);
