import fresh from 'fresh';
import type { Context } from 'hono';

/** `req.fresh`: the client has what the headers set so far describe. Express asks it of GET and HEAD that succeed. */
export function isFresh(c: Context): boolean {
  const { status, headers } = c.body(null);
  return isKnownToClient(c, status, headers.get('ETag'), headers.get('Last-Modified'));
}

/** Whether the client has a response with this status, tag and time already. */
export function isKnownToClient(
  c: Context,
  status: number,
  etag: string | string[] | null | undefined,
  modified: string | string[] | null | undefined,
): boolean {
  const succeeded = (status >= 200 && status < 300) || status === 304;
  if (!succeeded || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return false;
  const known = c.req.header('if-none-match');
  const since = c.req.header('if-modified-since');
  if (known === undefined && since === undefined) return false;
  const asked = { 'if-none-match': known, 'if-modified-since': since };
  return fresh(
    { ...asked, 'cache-control': c.req.header('cache-control') },
    { etag: etag ?? undefined, 'last-modified': modified ?? undefined },
  );
}
