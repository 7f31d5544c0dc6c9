import type { Context, Next } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { H, RouterRoute } from 'hono/types';
import { noteAnswer } from './end.ts';
import { stateOf } from './request-state.ts';

export type RouteEntry = [H, RouterRoute];

const outside: Omit<RouterRoute, 'path'> = { basePath: '/', method: 'ALL', handler: (_c, next) => next() };
const nowhere: RouterRoute = { ...outside, path: '/*' };

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

/** Around all routes: behind them, where the 404 page is made, none is running and their parameters are gone. */
export const around: RouteEntry = [
  (c, next) => {
    leaveRoutes(c);
    return next();
  },
  nowhere,
];

/** Notes the route while its handler runs. Express hands anything thrown to its error handlers; Hono only Errors. */
export function runRoute(handler: H, route: RouterRoute): H {
  const run = (c: Context, next: Next) => {
    const state = stateOf(c);
    const fail = (thrown: unknown) => {
      state.failed = route;
      leaveRoutes(c);
      return throwError(thrown);
    };
    const goOn = async () => {
      try {
        await next();
      } finally {
        state.running = route;
      }
    };
    state.running = route;
    try {
      const answer: unknown = handler(c, goOn);
      if (answer instanceof Promise) return answer.catch((reason) => fail(rejection(reason)));
      if (answer instanceof Response) noteAnswer(c);
      return answer;
    } catch (thrown) {
      // To Express, what is nothing is no error where it is thrown at once.
      return thrown ? fail(thrown) : next();
    }
  };
  return run as H;
}

/** Why a promise was rejected: Express 5 makes an error of nothing. */
export function rejection(reason: unknown): unknown {
  return reason || new Error('Rejected promise');
}

function throwError(thrown: unknown): never {
  if (thrown instanceof Error) throw thrown;
  const own = typeof thrown === 'object' ? thrown : undefined;
  throw Object.assign(causedBy(thrown), { stack: String(thrown) }, own);
}

/** `new Error(text, { cause })`, for what is compiled against the library of ES2020 as well. */
const causedBy = (thrown: unknown): Error =>
  Object.defineProperty(new Error(String(thrown)), 'cause', {
    value: thrown,
    writable: true,
    configurable: true,
  });
