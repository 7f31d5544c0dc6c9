import { parse as parseSimple } from 'node:querystring';
import type { Context } from 'hono';
import qs from 'qs';
import { requestTarget, targetQuery } from '../target.ts';

/** `req.query` of Express 5: repeated keys make arrays; nesting only with the extended parser. */
// biome-ignore lint/suspicious/noExplicitAny: Express types what a client sends as any, and converted code relies on it
export function query(c: Context, options: { parser?: 'extended' | 'simple' } = {}): any {
  const text = targetQuery(requestTarget(c.req.raw, c.env)) ?? '';
  return options.parser === 'extended' ? qs.parse(text, { allowPrototypes: true }) : parseSimple(text);
}
