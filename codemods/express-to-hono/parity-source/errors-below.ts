import type { ErrorHandler } from 'hono';
import { compilePath } from './express4/paths.ts';
import { leaveRoutes } from './running-route.ts';

/** An error handler for the paths below one; errors elsewhere go on to the next. */
export function errorsBelow(path: string, handler: ErrorHandler): ErrorHandler {
  const isBelow = compilePath(path, { end: false });
  return (error, c) => {
    if (isBelow(c.req.path) === undefined) throw error;
    leaveRoutes(c, path.replace(/\/$/, ''));
    return handler(error, c);
  };
}
