import type { Context } from 'hono';
import { belowMount } from './express4/below-mount.ts';
import { runningRoute } from './running-route.ts';
import { requestTarget, targetQuery } from './target.ts';

/** What handlers made of the URL of a request. */
export const rewrittenUrls = new WeakMap<Context, string>();

/** `req.originalUrl`: path and query as the client sent them. */
export function originalUrl(c: Context): string {
  return requestTarget(c.req.raw, c.env);
}

/** The part of the path that the mounts above the running handler took, as it was sent. */
function takenByMounts(c: Context): string {
  const route = runningRoute(c);
  if (!route) return '';
  const mount =
    route.method === 'ALL' && route.path.endsWith('/*') ? route.path.slice(0, -2) : route.basePath;
  const depth = mount.split('/').filter(Boolean).length;
  return depth === 0 ? '' : (new RegExp(`^(?:/+[^/]+){0,${depth}}`).exec(c.req.path)?.[0] ?? '');
}

/** `req.baseUrl`: the mounts above the running handler, as the client named them. */
export function mountPath(c: Context): string {
  return takenByMounts(c).replace(/\/+/g, '/');
}

/** `req.path`: the path below the mount, `/` at least. */
export function pathInMount(c: Context): string {
  const mount = takenByMounts(c);
  return mount === '' ? c.req.path : belowMount(c.req.path.slice(mount.length));
}

/** `req.url`: path and query below the mount. */
export function urlInMount(c: Context): string {
  const query = targetQuery(rewrittenUrls.get(c) ?? originalUrl(c));
  return query === null ? pathInMount(c) : `${pathInMount(c)}?${query}`;
}

/** The URL as a handler below mounts sees it, and the path that they took; `whole` is the URL as it came. */
export function mountedUrl(c: Context, whole: string): { baseUrl: string; url: string } {
  const baseUrl = mountPath(c);
  return { baseUrl, url: baseUrl === '' && !rewrittenUrls.has(c) ? whole : urlInMount(c) };
}
