import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import type { Context, MiddlewareHandler } from 'hono';
import expressStatic, { type ServeStaticOptions } from 'serve-static';
import { fileRequest, fileResponse } from './file-response.ts';
import { urlInMount } from './mount.ts';
import { asPassing } from './passing.ts';
import { targetPath } from './target.ts';

/** `express.static`: files below `root`, by the path under the mount. */
export function serveStatic(root: string, options: ServeStaticOptions = {}): MiddlewareHandler {
  const serve = expressStatic(root, options);
  // Where it says so, what is not there is answered here, or looked for under other names.
  const maySkip = options.fallthrough !== false && !options.extensions;
  const folder = resolvePath(root);
  const isOpen = isSearchable(folder);
  const answer = (c: Context): Promise<Response | undefined> =>
    new Promise((resolve, reject) => {
      serve(fileRequest(c, urlInMount(c)), fileResponse(c, resolve), (error?: unknown) =>
        error ? reject(error) : resolve(undefined),
      );
    });
  const serveFile: MiddlewareHandler = async (c, next) => (await answer(c)) ?? (await next());
  return asPassing(function serveStatic(c, next) {
    const isAsked = c.req.method === 'GET' || c.req.method === 'HEAD';
    return maySkip && (!isAsked || isNothing(folder, isOpen, urlInMount(c))) ? next() : serveFile(c, next);
  });
}

/**
 * Whether there is certainly nothing at the path of a URL. `send` asks on a thread and by a stream that is made for it,
 * which costs several times what most answers do.
 *
 * @param isOpen see `isSearchable`: then what is not found in the folder itself is not there
 */
function isNothing(folder: string, isOpen: boolean, url: string): boolean {
  try {
    const path = decodeURIComponent(targetPath(url));
    if (isOpen && !existsSync(join(folder, path.split('/', 2)[1] ?? ''))) return true;
    return statSync(join(folder, path), { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** Whether a folder lets this process look for what is in it: where it does not, asking for a file is an error. */
function isSearchable(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
