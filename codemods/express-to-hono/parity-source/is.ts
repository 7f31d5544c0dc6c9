import type { Context } from 'hono';
import typeis from 'type-is';

/** `req.is`: which of the types the request body has, false for none, null without a body. */
export function is(c: Context, types: string | string[]): string | false | null {
  const read = ['transfer-encoding', 'content-length', 'content-type'];
  const headers = Object.fromEntries(read.map((name) => [name, c.req.header(name)]));
  return typeis({ headers } as never, [types].flat());
}
