import type { Context, MiddlewareHandler, Next } from 'hono';

const seenParams = new WeakMap<Context, Map<string, unknown>>();

/** `app.param`: runs before the routes that have the parameter, once for each value in a request. */
export function param(
  name: string,
  handler: (
    c: Context,
    next: Next,
    value: string,
  ) => Response | undefined | undefined | Promise<Response | undefined | undefined>,
): MiddlewareHandler {
  return async function param(c, next) {
    const value = c.req.param(name);
    const seen = seenParams.get(c) ?? new Map<string, unknown>();
    seenParams.set(c, seen);
    if (value === undefined || seen.get(name) === value) return next();
    seen.set(name, value);
    return (await handler(c, next, value)) as Response | undefined;
  };
}
