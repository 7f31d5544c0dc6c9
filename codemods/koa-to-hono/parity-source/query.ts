/** The query as an object, as Koa gives it: a parameter that is sent several times is a list. */
import { parse } from 'node:querystring';
import type { Context } from 'hono';

/** All parameters of the query by name. */
export const queryOf = (c: Context): Record<string, string | string[] | undefined> =>
  parse(new URL(c.req.url).search.slice(1));
