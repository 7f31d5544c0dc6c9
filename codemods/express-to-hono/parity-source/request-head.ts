import type { Context } from 'hono';

/** The request as packages written for Node's http expect it: its headers by lower-case name. */
export function requestHead(c: Context): { headers: Record<string, string> } {
  return { headers: c.req.header() };
}
