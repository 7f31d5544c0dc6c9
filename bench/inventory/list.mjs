// Loads an application that exports itself and has a list of its routes (Hono, Elysia), and prints that list.
// Usage: node list.mjs <entry>

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const entry = process.argv[2];
const { default: app } = await import(pathToFileURL(entry).href);
const fromHere = createRequire(entry);
/** Hono lists middleware among its routes, and knows which is which. */
async function routesOf() {
  if (!('fetch' in app) || 'server' in app) return app.routes;
  const { inspectRoutes } = await import(pathToFileURL(fromHere.resolve('hono/dev')).href);
  return inspectRoutes(app).filter(({ isMiddleware }) => !isMiddleware);
}
const routes = (await routesOf()).map(({ method, path }) => `${method} ${path}`);
writeFileSync(
  process.env.ROUTES_OUT,
  JSON.stringify({ status: 'listed', routes: [...new Set(routes)].sort() }),
);
process.exit(0);
