import type { Context } from 'hono';
import { query } from './express4/query.ts';

const queries = new WeakMap<Context, unknown>();

/** `req.query` as one object for the whole request: what a handler changes in it is there for those after it. */
// biome-ignore lint/suspicious/noExplicitAny: Express types what a client sends as any, and converted code relies on it
export function keptQuery(c: Context, options: { parser?: 'extended' | 'simple' } = {}): any {
  if (!queries.has(c)) queries.set(c, query(c, options));
  return queries.get(c);
}

/** `req.query = …`. */
export function replaceQuery(c: Context, value: unknown): void {
  queries.set(c, value);
}

/** The query as a bridged middleware finds it: what another one made of it, or as it came. */
export function currentQuery(c: Context): unknown {
  return queries.get(c) ?? query(c);
}
