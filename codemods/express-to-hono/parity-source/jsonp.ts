import type { Context } from 'hono';
import { withCharset } from './express4/content-types.ts';
import { query } from './express4/query.ts';
import { json, send } from './send.ts';

/** `res.jsonp`: JSON, or a call of the function the query names. */
export function jsonp(c: Context, value: unknown, options: { callback?: string } = {}): Response {
  const named: unknown = [query(c)[options.callback ?? 'callback']].flat()[0];
  const isCall = typeof named === 'string' && named.length > 0;
  if (isCall || !c.body(null).headers.has('Content-Type')) c.header('X-Content-Type-Options', 'nosniff');
  if (!isCall) return json(c, value);
  c.header('Content-Type', withCharset('text/javascript'));
  const call = named.replace(/[^[\]\w$.]/g, '');
  const body = (JSON.stringify(value) ?? '').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
  return send(c, `/**/ typeof ${call} === 'function' && ${call}(${body});`);
}
