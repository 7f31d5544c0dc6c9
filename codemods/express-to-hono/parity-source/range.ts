import type { Context } from 'hono';
import rangeParser from 'range-parser';

/** `req.range`: the parts of a body of this size that are asked for; -1 for none of it, -2 for a malformed header. */
export function range(c: Context, size: number, options?: { combine?: boolean }): unknown {
  const wanted = c.req.header('range');
  return wanted === undefined ? undefined : rangeParser(size, wanted, options);
}
