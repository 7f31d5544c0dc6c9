import type { IncomingMessage } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { bridge, bridged, takeRequestHeaders } from './bridge.ts';
import { replaceQuery } from './kept-query.ts';
import { rewriteMethod } from './rewrite.ts';

type BridgeOptions = Parameters<typeof bridge>[1];

/** Runs a Connect middleware that may change the method of the request. */
export function bridgeMethod(handler: unknown, options?: BridgeOptions): MiddlewareHandler {
  const run = bridge(handler, options);
  return function bridgeMethod(c, next) {
    return run(c, () => {
      const { method } = bridged(c) as IncomingMessage;
      if (method !== undefined && method !== c.req.method) rewriteMethod(c, method);
      return next();
    });
  };
}

/** Runs a Connect middleware that may change what the request says in its query, body and headers. */
export function bridgeQuery(handler: unknown, options?: BridgeOptions): MiddlewareHandler {
  const run = bridge(handler, options);
  return function bridgeQuery(c, next) {
    const before = { ...bridged(c).headers };
    return run(c, () => {
      const { query, body } = bridged(c);
      replaceQuery(c, query);
      if (body !== c.get('body')) c.set('body', body);
      takeRequestHeaders(c, before);
      return next();
    });
  };
}
