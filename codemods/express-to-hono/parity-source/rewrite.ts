import type { Context } from 'hono';
import type { H, RouterRoute } from 'hono/types';
import { mountPath, rewrittenUrls } from './mount.ts';
import type { Matches, RunningRouter } from './run-routes.ts';
import { runningRoute } from './running-route.ts';
import { targetPath } from './target.ts';

const rematches = new WeakMap<Context, () => void>();

/** Lets handlers change the URL or the method: what comes after them is found anew, as Express does. */
export function rewritable<T extends { router: RunningRouter }>(routing: T): T {
  const { router } = routing;
  const places = new Map<RouterRoute, number>();
  const findAgain = (c: Context, matches: Matches) => {
    const passed = places.get(runningRoute(c) as RouterRoute) ?? -1;
    const all = router.find(c.req.method === 'HEAD' ? 'GET' : c.req.method, c.req.path);
    const order = all.map(([[, route]]) => places.get(route) ?? Number.POSITIVE_INFINITY);
    const next = order.map((place) => place <= passed).lastIndexOf(true) + 1;
    matches.splice(c.req.routeIndex + 1, matches.length, ...all.slice(next));
  };
  return {
    ...routing,
    router: {
      ...router,
      add: (method, path, entry) => {
        places.set(entry[1], places.size);
        router.add(method, path, entry);
      },
      find: (method, path) => {
        const matches = [...router.find(method, path)];
        const note: H = (c, next) => {
          rematches.set(c, () => findAgain(c, matches));
          return next();
        };
        matches.splice(1, 0, [[note, { basePath: '/', path: '/*', method: 'ALL', handler: note }], {}]);
        return matches;
      },
    },
  };
}

/** `req.url = …`: the handlers after this one are those of the new URL, below the mount this one is under. */
export function rewriteUrl(c: Context, url: string): void {
  const target = mountPath(c) + url;
  rewrittenUrls.set(c, target);
  c.req.path = targetPath(target);
  rematches.get(c)?.();
}

/** `req.method = …`: the handlers after this one are those of the new method. */
export function rewriteMethod(c: Context, method: string): void {
  Object.assign((c.env as { incoming?: object } | undefined)?.incoming ?? {}, { method });
  Object.defineProperty(c.req, 'method', { value: method, configurable: true });
  rematches.get(c)?.();
}
