import type { MiddlewareHandler } from 'hono';
import { withCharset } from './express4/content-types.ts';
import { isPassedThrough, setResponseHeader } from './response-body.ts';

/** Express writes `; charset=utf-8`, in lower case, after text and JSON types. */
export function charset(): MiddlewareHandler {
  return async function charset(c, next) {
    await next();
    const type = c.res.headers.get('Content-Type');
    if (type === null || isPassedThrough(c)) return;
    setResponseHeader(c, 'Content-Type', withCharset(type.replace(/;\s*charset=utf-8$/i, '; charset=utf-8')));
  };
}
