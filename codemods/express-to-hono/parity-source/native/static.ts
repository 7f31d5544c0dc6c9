import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { tryDecodeURIComponent } from 'hono/utils/url';
import { type FileOptions, sendFile } from './files.ts';

/** `express.static`: files below `root`, by the path under the mount; what is not there is left to later routes. */
export function serveStatic(
  root: string,
  { index = 'index.html', ...options }: FileOptions & { index?: string | false } = {},
): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const { pathname, search } = new URL(c.req.url);
    const below = pathname.split('/').slice(routePath(c).split('/').length - 1);
    const path = `/${tryDecodeURIComponent(below.join('/'))}`;
    const found = await stat(join(root, path)).catch(() => null);
    const file = found?.isDirectory() ? index && path + index : path;
    if (found?.isDirectory() && !pathname.endsWith('/'))
      return c.redirect(`${pathname.replace(/^\/+/, '/')}/${search}`, 301);
    if (found === null || file === false || /\/\./.test(path)) return next();
    return sendFile(c, file, { ...options, root }).catch((error) =>
      error.status === 404 ? (next() as never) : Promise.reject(error),
    );
  };
}
