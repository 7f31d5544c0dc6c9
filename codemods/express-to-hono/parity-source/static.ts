import { statSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import expressStatic, { type ServeStaticOptions } from 'serve-static';
import { fileRequest, fileResponse } from './file-response.ts';
import { urlInMount } from './mount.ts';

/** `express.static`: files below `root`, by the path under the mount. */
export function serveStatic(root: string, options: ServeStaticOptions = {}): MiddlewareHandler {
  const serve = expressStatic(root, options);
  // Where it says so, what is not there is answered here, or looked for under other names.
  const maySkip = options.fallthrough !== false && !options.extensions;
  const folder = resolvePath(root);
  return async function serveStatic(c, next) {
    if (maySkip && (!/^(GET|HEAD)$/.test(c.req.method) || isNothing(folder, urlInMount(c)))) return next();
    const served = await new Promise<Response | undefined>((resolve, reject) => {
      serve(fileRequest(c, urlInMount(c)), fileResponse(c, resolve), (error?: unknown) =>
        error ? reject(error) : resolve(undefined),
      );
    });
    if (served) return served;
    await next();
  };
}

/**
 * Whether there is certainly nothing at the path of a URL. `send` asks on a thread and by a stream that is made for it,
 * which costs several times what most answers do.
 */
function isNothing(folder: string, url: string): boolean {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
    return statSync(join(folder, path), { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}
