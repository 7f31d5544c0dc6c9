import type { MiddlewareHandler } from 'hono';
import { bridged, takeRequestHeaders } from './bridge.ts';
import { bridgeHandler, leftUrls } from './express-bridge.ts';
import { urlInMount } from './mount.ts';
import { rewriteMethod, rewriteUrl } from './rewrite.ts';

/** Runs middleware of which nothing is known, as it is: what it makes of URL, method and headers holds for all after it. */
export function bridgeUnknown(...handlers: unknown[]): MiddlewareHandler {
  const run = bridgeHandler(...handlers);
  return function bridgeUnknown(c, next) {
    const incoming = bridged(c);
    const before = { ...incoming.headers };
    return run(c, () => {
      takeRequestHeaders(c, before);
      const url = leftUrls.get(c);
      if (incoming.method !== undefined && incoming.method !== c.req.method)
        rewriteMethod(c, incoming.method);
      if (url !== undefined && url !== urlInMount(c)) rewriteUrl(c, url);
      return next();
    });
  };
}
