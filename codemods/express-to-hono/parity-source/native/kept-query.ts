import type { Context } from 'hono';
import { flatQuery, nestedQuery } from './queries.ts';

/** The query as one object for the whole request: what a handler changes in it is there for those after it. */
// biome-ignore lint/suspicious/noExplicitAny: Express types what a client sends as any, and converted code relies on it
export function keptQuery(c: Context, options: { parser?: 'extended' | 'simple' } = {}): any {
  if (c.get('keptQuery') === undefined)
    c.set('keptQuery', options.parser === 'simple' ? flatQuery(c) : nestedQuery(c));
  return c.get('keptQuery');
}

/** `req.query = …`: later handlers find this one. */
export function replaceQuery(c: Context, value: unknown): void {
  c.set('keptQuery', value);
}

/** The query as a bridged middleware finds it: what another one made of it, or as it came. */
export function currentQuery(c: Context): unknown {
  return c.get('keptQuery') ?? nestedQuery(c);
}
