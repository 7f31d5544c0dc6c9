/** Tells how many milliseconds an answer took. `hono/timing` sends another header. */
import type { MiddlewareHandler } from 'hono';

/** Sets `X-Response-Time` when the handlers are done. */
export const responseTime = ({ hrtime = false } = {}): MiddlewareHandler =>
  async function responseTime(c, next) {
    const start = performance.now();
    await next();
    const time = performance.now() - start;
    c.header('X-Response-Time', `${hrtime ? time : Math.round(time)}ms`);
  };
