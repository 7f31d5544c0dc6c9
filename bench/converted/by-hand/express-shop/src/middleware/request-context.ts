import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Env } from '../env.ts';

/** Gives every request an id and the currency its visitor chose. */
export function requestContext(): MiddlewareHandler<Env> {
  return async function requestContext(c, next) {
    const requestId = c.req.header('X-Request-Id') ?? randomUUID();
    c.set('requestId', requestId);
    c.header('X-Request-Id', requestId);
    c.set('currency', getCookie(c, 'currency') === 'USD' ? 'USD' : 'EUR');
    await next();
  };
}
