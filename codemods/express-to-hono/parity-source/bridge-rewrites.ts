import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { type BridgeOptions, bridge, bridged, SHARED, takeRequestHeaders } from './bridge.ts';
import { keepParams } from './kept-params.ts';
import { replaceQuery } from './kept-query.ts';
import { rewriteMethod } from './rewrite.ts';

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

/** Runs a Connect middleware that may change what the request says in its query, parameters, body and headers. */
export function bridgeQuery(handler: unknown, options?: BridgeOptions): MiddlewareHandler {
  const run = bridge(handler, options);
  return function bridgeQuery(c, next) {
    const before = { ...bridged(c).headers };
    return run(c, () => {
      replaceQuery(c, bridged(c).query);
      takeRequest(c, before);
      return next();
    });
  };
}

/** The same where each read of the query parses it anew, so that what is changed in it is lost. */
export function bridgeBody(handler: unknown, options?: BridgeOptions): MiddlewareHandler {
  const run = bridge(handler, options);
  return function bridgeBody(c, next) {
    const before = { ...bridged(c).headers };
    return run(c, () => {
      takeRequest(c, before);
      return next();
    });
  };
}

/** Runs a Connect middleware that may change the headers of the request. */
export function bridgeHeaders(handler: unknown, options?: BridgeOptions): MiddlewareHandler {
  const run = bridge(handler, options);
  return function bridgeHeaders(c, next) {
    const before = { ...bridged(c).headers };
    return run(c, () => {
      takeRequestHeaders(c, before);
      return next();
    });
  };
}

function takeRequest(c: Context, before: IncomingHttpHeaders): void {
  const request = bridged(c);
  keepParams(c, request.params);
  for (const name of SHARED) if (request[name] !== c.get(name)) c.set(name, request[name]);
  takeRequestHeaders(c, before);
}
