import type { Context } from 'hono';
import { belowMount } from './express4/below-mount.ts';
import { runningRoute } from './routing.ts';
import { requestTarget, targetQuery } from './target.ts';

/** What handlers made of the URL of a request. */
export const rewrittenUrls = new WeakMap<Context, string>();

/** `req.originalUrl`: path and query as the client sent them. */
export function originalUrl(c: Context): string {
  return requestTarget(c.req.raw, c.env);
}

/** `req.baseUrl`: the part of the path the mounts above the running handler took. */
export function mountPath(c: Context): string {
  const route = runningRoute(c);
  if (!route) return '';
  const mount =
    route.method === 'ALL' && route.path.endsWith('/*') ? route.path.slice(0, -2) : route.basePath;
  const depth = mount.split('/').filter(Boolean).length;
  return c.req.path
    .split('/')
    .slice(0, depth + 1)
    .join('/');
}

/** `req.path`: the path below the mount, `/` at least. */
export function pathInMount(c: Context): string {
  const mount = mountPath(c);
  return mount === '' ? c.req.path : belowMount(c.req.path.slice(mount.length));
}

/** `req.url`: path and query below the mount. */
export function urlInMount(c: Context): string {
  const query = targetQuery(rewrittenUrls.get(c) ?? originalUrl(c));
  return query === null ? pathInMount(c) : `${pathInMount(c)}?${query}`;
}
