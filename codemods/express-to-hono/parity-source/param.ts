import type { Context, MiddlewareHandler, Next } from 'hono';
import { asParamCallback } from './routing.ts';

/** `app.param`: runs before the routes that have the parameter, once for each value in a request. */
export function param(
  name: string,
  handler: (
    c: Context,
    next: Next,
    value: string,
    name: string,
  ) => Response | undefined | undefined | Promise<Response | undefined | undefined>,
): MiddlewareHandler {
  const seen = new WeakMap<Context, string>();
  return asParamCallback(function param(c, next) {
    const value = c.req.param(name);
    if (value === undefined || seen.get(c) === value) return next();
    seen.set(c, value);
    return handler(c, next, value, name) as Promise<Response | undefined>;
  });
}
