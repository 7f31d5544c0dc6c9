/** A function that is called with a parameter of the path before the handlers, as `router.param` of Koa's router has it. */
import type { Context, MiddlewareHandler, Next } from 'hono';

/** Calls it with the parameter, the context and `next`. */
export const param =
  (
    name: string,
    // biome-ignore lint/suspicious/noExplicitAny: the function says what it takes
    fn: (value: any, c: Context, next: Next) => Promise<Response | undefined> | Promise<void> | Response,
  ): MiddlewareHandler =>
  async (c, next) =>
    fn(c.req.param(name), c, next) as Promise<Response | undefined>;
