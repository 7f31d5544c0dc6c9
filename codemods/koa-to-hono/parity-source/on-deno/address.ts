/** The address of the client, as the server tells it. */

import type { Context } from 'hono';
import { getConnInfo } from 'hono/deno';

/** Its text, or an empty one. */
export function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    return '';
  }
}
