import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The address that a request comes from. */
export function remoteAddress(c: Context): string | undefined {
  return getConnInfo(c).remote.address;
}
