import type { Context } from 'hono';
import { routePath } from 'hono/route';

/** `req.originalUrl`: path and query. */
export function originalUrl(c: Context): string {
  return c.req.url.slice(c.req.url.indexOf('/', 'https://'.length));
}

/** `req.url`: path and query below the mount. */
export function urlInMount(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return `/${pathname
    .split('/')
    .slice(routePath(c).split('/').length - 1)
    .join('/')}${search}`;
}
