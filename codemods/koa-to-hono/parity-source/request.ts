/** What Koa tells of a request, and Hono does not. */
import type { Context } from 'hono';
import { addressOf } from './address.ts';

/** The path and query of a request, as it was sent. */
export function pathAndQuery(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

/** The address of the client. */
export const clientIp = (c: Context): string => addressOf(c);
