import { existsSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { tryDecodeURIComponent } from 'hono/utils/url';
import { type FileOptions, sendFile } from './files.ts';

/** `express.static`: files below `root`, by the path under the mount; what is not there is left to later routes. */
export function serveStatic(root: string, options: FileOptions & { index?: string } = {}): MiddlewareHandler {
  const { index = 'index.html', ...rest } = options;
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const pathname = c.req.url.slice(c.req.url.indexOf('/', 'https://'.length)).replace(/[?#].*$/s, '');
    const below = pathname.split('/').slice(routePath(c).split('/').length - 1);
    const path = `/${tryDecodeURIComponent(below.join('/'))}`;
    const found = lookUp(join(root, path));
    if (found?.isDirectory() && !pathname.endsWith('/'))
      return c.redirect(`${pathname.replace(/^\/+/, '/')}/${new URL(c.req.url).search}`, 301);
    const file = found?.isDirectory() ? `${path}${index}` : path;
    if (found === null || file.endsWith('/') || /\/\./.test(file)) return next();
    return sendFile(c, file, { ...rest, root }).catch((error) => {
      if (error.status !== 404) throw error;
      return next() as never;
    });
  };
}

/** What is at a path, or null. Asked at once: to wait for a thread costs more than most answers, as Deno's `stat` of nothing does. */
function lookUp(path: string): Stats | null {
  try {
    return existsSync(path) ? statSync(path) : null;
  } catch {
    return null;
  }
}
