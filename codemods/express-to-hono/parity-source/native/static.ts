import { type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { tryDecodeURIComponent } from 'hono/utils/url';
import { type FileOptions, sendFile } from './files.ts';

/** `express.static`: files below `root`, by the path under the mount; what is not there is left to later routes. */
export function serveStatic(root: string, options: FileOptions & { index?: string } = {}): MiddlewareHandler {
  const { index = 'index.html', ...rest } = options;
  return async (c, next) => {
    if (!/^(GET|HEAD)$/.test(c.req.method)) return next();
    const { pathname, search } = new URL(c.req.url);
    const below = pathname.split('/').slice(routePath(c).split('/').length - 1);
    const path = `/${tryDecodeURIComponent(below.join('/'))}`;
    const found = lookUp(join(root, path));
    if (found?.isDirectory() && !pathname.endsWith('/'))
      return c.redirect(`${pathname.replace(/^\/+/, '/')}/${search}`, 301);
    const file = found?.isDirectory() ? `${path}${index}` : path;
    if (found === null || file.endsWith('/') || /\/\./.test(file)) return next();
    return sendFile(c, file, { ...rest, root }).catch((error) => {
      if (error.status !== 404) throw error;
      return next() as never;
    });
  };
}

/** What is at a path, or null. Asked at once: to wait for a thread costs more than most answers. */
function lookUp(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
