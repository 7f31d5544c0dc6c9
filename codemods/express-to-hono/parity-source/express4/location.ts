import encodeUrl from 'encodeurl';
import type { Context } from 'hono';

/** `res.location`: encoded as Express 4 does, where `back` means the page the client came from. */
export function location(c: Context, url: string): string {
  const target = url === 'back' ? c.req.header('referrer') || c.req.header('referer') || '/' : url;
  const address = encodeUrl(String(target));
  c.header('Location', address);
  return address;
}
