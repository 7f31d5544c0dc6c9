import type { Context } from 'hono';

/** `res.location`: what is no plain ASCII is encoded. */
export function location(c: Context, url: string): string {
  const address = String(url).replace(/[^!-~]+/g, encodeURI);
  c.header('Location', address);
  return address;
}
