import { join } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { tryDecodeURIComponent } from 'hono/utils/url';
import { needs } from '../needs.ts';
import { answerFile } from './answer-file.ts';
import { HIDDEN } from './express4/dot-files.ts';
import { lookUp } from './look-up.ts';

/** What a folder answers with, and how long files are kept (Cache-Control). */
type StaticOptions = { index?: string; cache?: string };

/** `express.static`: files below `root`, by the path under the mount; what is not there is left to later routes. */
export function serveStatic(root: string, options: StaticOptions = {}): MiddlewareHandler {
  const { index = 'index.html', cache } = options;
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const pathname = c.req.url.slice(c.req.url.indexOf('/', 'https://'.length)).replace(/[?#].*$/s, '');
    const depth = routePath(c).split('/').length - 1;
    const below = `/${pathname.split('/').slice(depth).join('/')}`;
    const path = tryDecodeURIComponent(needs.staticMounts ? below : pathname);
    const found = HIDDEN.test(path) ? undefined : lookUp(root + path);
    if (found === undefined) return next();
    const isFolder = found.isDirectory();
    if (isFolder && !pathname.endsWith('/'))
      return c.redirect(`${pathname.replace(/^\/+/, '/')}/${new URL(c.req.url).search}`, 301);
    const file = join(root, path, isFolder ? index : '');
    const stats = isFolder ? lookUp(file) : found;
    return stats?.isFile() ? answerFile(c, file, stats, cache) : next();
  };
}
