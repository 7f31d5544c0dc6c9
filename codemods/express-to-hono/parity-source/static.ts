import type { MiddlewareHandler } from 'hono';
import expressStatic, { type ServeStaticOptions } from 'serve-static';
import { fileRequest, fileResponse } from './file-response.ts';
import { urlInMount } from './mount.ts';

/** `express.static`: files below `root`, by the path under the mount. */
export function serveStatic(root: string, options: ServeStaticOptions = {}): MiddlewareHandler {
  const serve = expressStatic(root, options);
  return async function serveStatic(c, next) {
    const served = await new Promise<Response | undefined>((resolve, reject) => {
      serve(fileRequest(c, urlInMount(c)), fileResponse(c, resolve), (error?: unknown) =>
        error ? reject(error) : resolve(undefined),
      );
    });
    if (served) return served;
    await next();
  };
}
