import type { MiddlewareHandler } from 'hono';
import { keepHead } from './kept-head.ts';
import { asPassing } from './passing.ts';

/** Express names itself unless told otherwise; a handler may still remove or replace the header. */
export function poweredBy(): MiddlewareHandler {
  return asPassing(function poweredBy(c, next) {
    keepHead(c);
    c.header('X-Powered-By', 'Express');
    return next();
  });
}
