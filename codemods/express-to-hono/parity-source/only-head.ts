import type { MiddlewareHandler } from 'hono';

/** A handler for HEAD requests: Hono finds it for GET as well. */
// biome-ignore lint/suspicious/noExplicitAny: handlers of any application
export function onlyHead(handler: MiddlewareHandler<any>): MiddlewareHandler<any> {
  return (c, next) => (c.req.method === 'HEAD' ? handler(c, next) : next());
}
