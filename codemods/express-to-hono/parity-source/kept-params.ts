import type { Context } from 'hono';
import { runningRoute } from './running-route.ts';

const kept = new WeakMap<Context, Map<string | undefined, unknown>>();

/** `req.params` as one object for the handlers of a route: what a middleware of it changes is there for those after it. */
// biome-ignore lint/suspicious/noExplicitAny: a validator makes anything of a parameter
export function keptParams(c: Context): any {
  return kept.get(c)?.get(runningRoute(c)?.path) ?? c.req.param();
}

/** What a middleware made of the parameters of the path it stands at. */
export function keepParams(c: Context, params: unknown): void {
  const ofRoutes = kept.get(c) ?? new Map();
  kept.set(c, ofRoutes.set(runningRoute(c)?.path, params));
}
