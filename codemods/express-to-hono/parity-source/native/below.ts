import type { Context } from 'hono';

/** `req.baseUrl`: the first segments of the path, which the mounts above took. */
export const pathAbove = (c: Context, depth: number): string =>
  new URL(c.req.url).pathname
    .split('/')
    .slice(0, depth + 1)
    .join('/');

/** `req.path`: the path behind them. */
export const pathBelow = (c: Context, depth: number): string =>
  `/${new URL(c.req.url).pathname
    .split('/')
    .slice(depth + 1)
    .join('/')}`;

/** `req.url`: that path and the query. */
export const urlBelow = (c: Context, depth: number): string =>
  pathBelow(c, depth) + new URL(c.req.url).search;
