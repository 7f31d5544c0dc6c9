import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MiddlewareHandler } from 'hono';
import { type BridgeOptions, bridge } from './bridge.ts';

type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => unknown;

/** Runs a list of Connect middleware as it is, one after the other, as Express runs a list. */
export function bridgeList(handlers: unknown, options?: BridgeOptions): MiddlewareHandler {
  return bridge(inTurn(handlers), options);
}

/** One Connect middleware that runs those of a list, one after the other. */
export function inTurn(handlers: unknown): Middleware {
  const all = handlers as Middleware[];
  return (req, res, next) => {
    const run = (index: number): unknown => {
      const handler = all[index];
      if (handler === undefined) return next();
      return handler(req, res, (error) => (error ? next(error) : run(index + 1)));
    };
    return run(0);
  };
}
