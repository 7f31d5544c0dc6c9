import type { Context, ErrorHandler } from 'hono';
import type { RouterRoute } from 'hono/types';
import { innermost } from './routing.ts';
import { leaveRoutes, runningRoute } from './running-route.ts';

const leftRoutes = new WeakMap<Context, RouterRoute | undefined>();

/** The error handler of a mounted router: it sees the URL below that mount, whatever it has mounted itself, and no parameters. */
export function errorsIn(router: { routes: RouterRoute[] }, handler: ErrorHandler): ErrorHandler {
  return (error, c) => {
    // A router below may have left its routes already, before it handed the error on.
    const failed = leftRoutes.get(c) ?? runningRoute(c);
    leftRoutes.set(c, failed);
    const own = router.routes.find(
      ({ path, handler: each }) =>
        failed?.path.endsWith(path === '/' ? '' : path) && innermost(failed.handler) === innermost(each),
    );
    const base = failed?.basePath ?? '';
    const below = own === undefined || own.basePath === '/' ? '' : own.basePath;
    leaveRoutes(c, base.slice(0, base.length - below.length).replace(/\/$/, ''));
    return handler(error, c);
  };
}
