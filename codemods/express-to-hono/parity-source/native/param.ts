import type { Context, MiddlewareHandler, Next } from 'hono';

/** `app.param`: runs before the routes that have the parameter, once for each value in a request. */
export function param(
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: any environment will do
  handler: (c: Context<any>, next: Next, value: string, name: string) => ReturnType<MiddlewareHandler>,
): MiddlewareHandler {
  const seen = new WeakMap<Context, string>();
  return async (c, next) => {
    const value = c.req.param(name);
    if (value === undefined || seen.get(c) === value) return next();
    seen.set(c, value);
    return handler(c, next, value, name);
  };
}
