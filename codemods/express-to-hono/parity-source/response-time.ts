import type { MiddlewareHandler } from 'hono';

/** Tells how many milliseconds an answer took, in a header that no handler has set. */
export function responseTime({
  digits = 3,
  header = 'X-Response-Time',
  suffix = true,
} = {}): MiddlewareHandler {
  return async function responseTime(c, next) {
    const start = performance.now();
    await next();
    const time = (performance.now() - start).toFixed(digits);
    if (!c.res.headers.has(header)) c.header(header, suffix ? `${time}ms` : time);
  };
}
