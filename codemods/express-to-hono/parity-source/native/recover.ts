import type { Context, ErrorHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { RouterRoute } from 'hono/types';
import { stateOf } from '../request-state.ts';

/** An error handler; what `next()` gives back is the answer of what is registered after it. */
export type RecoveringHandler = (
  error: Error,
  c: Context,
  next: () => Promise<Response>,
) => Response | Promise<Response>;

/** An error handler that may go on with what is registered after it, as if nothing had failed. */
export function recovering(app: { routes: RouterRoute[] }, handler: RecoveringHandler): ErrorHandler {
  const position = app.routes.length;
  const answerError = (error: Error, c: Context) =>
    (app as unknown as { errorHandler: ErrorHandler }).errorHandler(error, c);
  return (error, c) => handler(error, c, () => goOnBehind(app.routes, c, position, answerError));
}

/** Runs what a request meets from a position on, as Hono does. */
async function goOnBehind(
  routes: readonly RouterRoute[],
  c: Context,
  position: number,
  answerError: ErrorHandler,
): Promise<Response> {
  const matched = matchedRoutes(c);
  const state = stateOf(c);
  const run = async (index: number): Promise<void> => {
    const route = matched[index];
    c.req.routeIndex = index;
    try {
      const answer = route === undefined ? c.notFound() : route.handler(c, () => run(index + 1));
      const response = await answer;
      if (response && !c.finalized) c.res = response;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      state.failed = route;
      c.error = error;
      c.res = await answerError(error, c);
      state.failed = undefined;
    }
  };
  state.running = undefined;
  c.error = undefined;
  const next = matched.findIndex((route) => routes.indexOf(route) >= position);
  await run(next === -1 ? matched.length : next);
  return c.res;
}
