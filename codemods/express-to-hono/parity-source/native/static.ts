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
  const { index = 'index.html', cache = 'public, max-age=0' } = options;
  return (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const [, pathname = '', search] = /^https?:\/\/[^/]+([^?#]*)([^#]*)/.exec(c.req.url) ?? [];
    const depth = routePath(c).split('/').length - 1;
    const below = `/${pathname.split('/').slice(depth).join('/')}`;
    const path = tryDecodeURIComponent(needs.staticMounts ? below : pathname);
    const found = HIDDEN.test(path) ? undefined : lookUp(root + path);
    if (found?.isFile()) return answerFile(c, join(root, path), found, cache);
    if (!found?.isDirectory()) return next();
    if (!pathname.endsWith('/'))
      return Promise.resolve(c.redirect(`${pathname.replace(/^\/+/, '/')}/${search}`, 301));
    const file = join(root, path, index);
    const stats = lookUp(file);
    return stats?.isFile() ? answerFile(c, file, stats, cache) : next();
  };
}
