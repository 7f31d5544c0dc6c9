import type { ErrorHandler, MiddlewareHandler } from 'hono';
import type { RouterRoute } from 'hono/types';
import { type BridgeOptions, bridge, bridgeError } from './bridge.ts';
import { addErrorHandler } from './error-handlers.ts';

/** Where a list of middleware and error handlers is registered. */
interface Registering {
  routes: RouterRoute[];
  use(handler: MiddlewareHandler): unknown;
  onError(handler: ErrorHandler): unknown;
}

/** Registers a list of Express's as it is: as there, what takes four parameters handles errors. */
export function bridgeAll(app: Registering, handlers: unknown, options?: BridgeOptions): void {
  for (const each of handlers as ((...all: unknown[]) => unknown)[])
    if (each.length === 4) addErrorHandler(app, bridgeError(each, options));
    else app.use(bridge(each, options));
}
