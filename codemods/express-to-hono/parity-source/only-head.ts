import type { Context, Next } from 'hono';
import type { H } from 'hono/types';

/** A handler for HEAD requests: Hono finds it for GET as well. */
// biome-ignore lint/suspicious/noExplicitAny: handlers of any application
export function onlyHead(handler: H<any>): H<any> {
  const run = (c: Context, next: Next) => (c.req.method === 'HEAD' ? handler(c, next) : next());
  return run as H;
}
