import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { reachedIndex } from './running-route.ts';

/** `req.route`: the route whose handlers came last, with its path as it was registered; undefined before any did. */
// biome-ignore lint/suspicious/noExplicitAny: Express types the route of a request as any
export function routeOf(c: Context): any {
  const route = matchedRoutes(c)
    .slice(0, reachedIndex(c) + 1)
    .reverse()
    .find(({ method, path }) => method !== 'ALL' || !path.endsWith('/*'));
  if (!route) return undefined;
  const own = route.basePath === '/' ? route.path : route.path.slice(route.basePath.length);
  return { path: own.replace('/(/.*)', '*').replace(/\(\.\*\)/g, '*') || '/' };
}
