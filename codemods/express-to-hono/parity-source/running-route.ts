import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { H, RouterRoute } from 'hono/types';
import { stateOf } from './request-state.ts';

export type RouteEntry = [H, RouterRoute];

const outside: Omit<RouterRoute, 'path'> = { basePath: '/', method: 'ALL', handler: (_c, next) => next() };
export const nowhere: RouterRoute = { ...outside, path: '/*' };

/** The route whose handler is running. */
export function runningRoute(c: Context): RouterRoute | undefined {
  return stateOf(c).running ?? matchedRoutes(c)[c.req.routeIndex];
}

/** The route whose handler failed: where an error handler is called from. Hono's own router tells how far it came. */
export function failedRoute(c: Context): RouterRoute | undefined {
  return stateOf(c).failed ?? matchedRoutes(c)[c.req.routeIndex];
}

/** How far the request came among the routes it matches. */
export function reachedIndex(c: Context): number {
  return c.req.routeIndex || stateOf(c).reached;
}

/** What runs now is none of the routes and has no parameters: an error handler, with the URL whole or below its mount. */
export function leaveRoutes(c: Context, mount = ''): void {
  const state = stateOf(c);
  state.reached = reachedIndex(c);
  state.running = mount === '' ? nowhere : { ...outside, path: `${mount}/*` };
  c.req.routeIndex = 0;
}

/** Before all routes: none of them has been reached. */
export const beforeRoutes: RouteEntry = [(_c, next) => next(), nowhere];

/** Behind them, where the 404 page is made, none is running and their parameters are gone. */
export const behindRoutes: RouteEntry = [
  (c) => {
    leaveRoutes(c);
    return c.finalized ? undefined : c.notFound();
  },
  nowhere,
];

/** Why a promise was rejected: Express 5 makes an error of nothing. */
export function rejection(reason: unknown): unknown {
  return reason || new Error('Rejected promise');
}
