import type { MiddlewareHandler } from 'hono';

/** Express names itself unless told otherwise; a handler may still remove or replace the header. */
export function poweredBy(): MiddlewareHandler {
  return async function poweredBy(c, next) {
    c.header('X-Powered-By', 'Express');
    await next();
  };
}
