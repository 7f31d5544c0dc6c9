import type { Context } from 'hono';
import { getConnInfo } from 'hono/deno';

/** The address that a request comes from. */
export function remoteAddress(c: Context): string | undefined {
  return getConnInfo(c).remote.address;
}
