import { parse as parseFlat } from 'node:querystring';
import type { Context } from 'hono';
import { parse as parseNested } from 'qs';

/** The query as an object: a repeated key is a list. */
// biome-ignore lint/suspicious/noExplicitAny: Express types what a client sends as any, and converted code relies on it
export const flatQuery = (c: Context): any => parseFlat(/\?([^#]*)/.exec(c.req.url)?.[1] ?? '');

/** The query as an object: a repeated key is a list, `a[b]=1` an object. */
// biome-ignore lint/suspicious/noExplicitAny: the same
export function nestedQuery(c: Context): any {
  const query = /\?([^#]*)/.exec(c.req.url)?.[1];
  return query ? parseNested(query, { allowPrototypes: true, arrayLimit: 1000 }) : {};
}
