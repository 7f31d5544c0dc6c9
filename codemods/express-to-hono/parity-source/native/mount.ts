import type { Context } from 'hono';
import { matchedRoutes, routePath } from 'hono/route';

/** `req.originalUrl`: path and query. */
export const originalUrl = (c: Context): string => c.req.url.slice(c.req.url.indexOf('/', 'https://'.length));

/** `req.url`: path and query below the mount. */
export function urlInMount(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return `/${pathname
    .split('/')
    .slice(routePath(c).split('/').length - 1)
    .join('/')}${search}`;
}

/** The URL as a handler below mounts sees it, and the path that they took; `whole` is the URL as it came. */
export function mountedUrl(c: Context, whole: string): { baseUrl: string; url: string } {
  const { method, path, basePath } = matchedRoutes(c)[c.req.routeIndex] ?? { basePath: '/' };
  const mount = method === 'ALL' && path?.endsWith('/*') ? path.slice(0, -2) : basePath;
  const depth = mount.split('/').filter(Boolean).length;
  // Error handlers stand at the application.
  if (depth === 0 || c.error !== undefined) return { baseUrl: '', url: whole };
  const segments = c.req.path.split('/');
  const { search } = new URL(c.req.url);
  return {
    baseUrl: segments.slice(0, depth + 1).join('/'),
    url: `/${segments.slice(depth + 1).join('/')}${search}`,
  };
}
