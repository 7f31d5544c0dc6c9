import encodeUrl from 'encodeurl';
import type { Context } from 'hono';

/** `res.location`: encoded as Express 5 does. */
export function location(c: Context, url: string): string {
  const address = encodeUrl(url);
  c.header('Location', address);
  return address;
}
