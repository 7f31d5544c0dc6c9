import { parse as parseSimple } from 'node:querystring';
import type { Context } from 'hono';
import qs from 'qs';
import { requestTarget, targetQuery } from '../target.ts';

/** `req.query` of Express 4: nested and repeated keys as qs reads them, unless the parser is simple. */
// biome-ignore lint/suspicious/noExplicitAny: Express types what a client sends as any, and converted code relies on it
export function query(c: Context, options: { parser?: 'extended' | 'simple' } = {}): any {
  const text = targetQuery(requestTarget(c.req.raw, c.env)) ?? '';
  return options.parser === 'simple'
    ? parseSimple(text)
    : qs.parse(text, { allowPrototypes: true, arrayLimit: 1000 });
}
