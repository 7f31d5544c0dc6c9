import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { type BridgeOptions, bridge } from './bridge.ts';

/** Runs a list of Connect middleware as it is, one after the other, as Express runs a list. */
export function bridgeList(handlers: unknown, options?: BridgeOptions): MiddlewareHandler {
  const all = handlers as ((
    req: IncomingMessage,
    res: ServerResponse,
    next: (error?: unknown) => void,
  ) => unknown)[];
  return bridge((req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => {
    const run = (index: number): unknown => {
      const handler = all[index];
      if (handler === undefined) return next();
      return handler(req, res, (error) => (error ? next(error) : run(index + 1)));
    };
    return run(0);
  }, options);
}
