/** The address of the client, as the server tells it. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Its text, or an empty one. */
export function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    return '';
  }
}
