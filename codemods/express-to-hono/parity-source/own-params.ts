import type { Router } from 'hono/router';
import type { H, RouterRoute } from 'hono/types';
import { COMPOSED_HANDLER } from 'hono/utils/constants';

const ownPaths = new WeakMap<H, string>();

/** For the constructor of a router that does not see the parameters of the path it is mounted at. */
export function ownParams(routing?: { router: Router<[H, RouterRoute]> }): {
  router: Router<[H, RouterRoute]>;
} {
  return {
    router: {
      name: 'OwnParamsRouter',
      add: (method, path, entry) => {
        routing?.router.add(method, path, entry);
        const [, route] = entry;
        const { handler } = route;
        const run: H = (c, next) => handler(c, next);
        route.handler = Object.assign(run, { [COMPOSED_HANDLER]: handler });
        ownPaths.set(run, path);
      },
      match: () => [[]],
    },
  };
}

/** For `expressRouting`: the names in a path that the innermost of such routers around a handler does not see. */
export function hiddenParams(handler: H, path: string): string[] {
  let own: string | undefined;
  for (let each: H | undefined = handler; each !== undefined; ) {
    own = ownPaths.get(each) ?? own;
    each = (each as { [COMPOSED_HANDLER]?: H })[COMPOSED_HANDLER];
  }
  if (own === undefined) return [];
  const mount = path.endsWith(own) ? path.slice(0, -own.length) : path;
  const names = (text: string) => [...text.matchAll(/[:*](\w+)/g)].map(([, name = '']) => name);
  const seen = names(own);
  return names(mount).filter((name) => !seen.includes(name));
}
