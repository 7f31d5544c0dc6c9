import type { Context, Next } from 'hono';
import type { Router } from 'hono/router';
import type { H, RouterRoute } from 'hono/types';
import { COMPOSED_HANDLER } from 'hono/utils/constants';

const runningGroups = { route: new WeakMap<Context, object>(), router: new WeakMap<Context, object>() };
const leftGroups = new WeakMap<Context, Set<object | undefined>>();

/** The handlers of one route, of which `nextRoute` leaves out the rest. */
// biome-ignore lint/suspicious/noExplicitAny: handlers of any application
export function oneRoute(...handlers: H<any>[]): [H<any>, ...H<any>[]] {
  const group = {};
  return handlers.map((handler) => inGroup('route', handler as H, group)) as [H, ...H[]];
}

/** For the constructor of a router whose handlers `nextRouter` may leave. */
export function leavable(): { router: Router<[H, RouterRoute]> } {
  const group = {};
  return {
    router: {
      name: 'LeavableRouter',
      add: (_method, _path, [handler, route]) => {
        route.handler = inGroup('router', handler, group);
      },
      match: () => [[]],
    },
  };
}

/** `next('route')`: goes on behind the handlers of this route. */
export function nextRoute(c: Context, next: Next): Promise<void> {
  return leaveGroup('route', c, next);
}

/** `next('router')`: goes on behind the handlers of this router. */
export function nextRouter(c: Context, next: Next): Promise<void> {
  return leaveGroup('router', c, next);
}

function leaveGroup(kind: 'route' | 'router', c: Context, next: Next): Promise<void> {
  const left = leftGroups.get(c) ?? new Set();
  leftGroups.set(c, left.add(runningGroups[kind].get(c)));
  return next();
}

function inGroup(kind: 'route' | 'router', handler: H, group: object): H {
  const run = (c: Context, next: Next) => {
    if (leftGroups.get(c)?.has(group)) return next();
    runningGroups[kind].set(c, group);
    return handler(c, next);
  };
  return Object.assign(run as H, { [COMPOSED_HANDLER]: handler });
}
