import type { Context, ErrorHandler } from 'hono';
import type { RouterRoute } from 'hono/types';
import { stateOf } from './request-state.ts';

/** An error handler; what `next()` gives back is the answer of what is registered after it. */
export type RecoveringHandler = (
  error: Error,
  c: Context,
  next: () => Promise<Response>,
) => Response | Promise<Response>;

/** An error handler that may go on with what is registered after it, as if nothing had failed. */
export function recovering({ routes }: { routes: RouterRoute[] }, handler: RecoveringHandler): ErrorHandler {
  const position = routes.length;
  const isBefore = (route: RouterRoute) => routes.includes(route) && routes.indexOf(route) < position;
  return (error, c) =>
    handler(error, c, async () => {
      c.error = undefined;
      await stateOf(c).goOn?.(isBefore);
      return c.res;
    });
}
