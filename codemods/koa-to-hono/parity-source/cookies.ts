/**
 * Cookies as Koa reads and writes them: values as they are, ages in milliseconds, `path=/` and `httponly` unless said otherwise.
 * `hono/cookie` encodes values and counts seconds.
 */
import type { Context } from 'hono';

export interface CookieOptions {
  maxAge?: number;
  expires?: Date;
  path?: string;
  domain?: string;
  httpOnly?: boolean;
  sameSite?: string | boolean;
  secure?: boolean;
}

/** The value of a cookie of the request. */
export function getCookie(c: Context, name: string): string | undefined {
  const escaped = name.replace(/[-[\]{}()*+?.,\\^$|#\s]/g, '\\$&');
  const value = new RegExp(`(?:^|;) *${escaped}=([^;]*)`).exec(c.req.header('Cookie') ?? '')?.[1];
  return value?.startsWith('"') ? value.slice(1, -1) : value;
}

/** Sets a cookie, or takes it back where its value is empty. */
export function setCookie(
  c: Context,
  name: string,
  value?: string | null,
  options: CookieOptions = {},
): void {
  const { path = '/', httpOnly = true, domain, sameSite, maxAge } = options;
  const isGone = value === undefined || value === null || value === '';
  const expires = isGone ? new Date(0) : maxAge ? new Date(Date.now() + maxAge) : options.expires;
  const parts = [`${name}=${isGone ? '' : value}`];
  if (path) parts.push(`path=${path}`);
  if (expires) parts.push(`expires=${expires.toUTCString()}`);
  if (domain) parts.push(`domain=${domain}`);
  if (sameSite) parts.push(`samesite=${sameSite === true ? 'strict' : sameSite.toLowerCase()}`);
  if (options.secure) parts.push('secure');
  if (httpOnly) parts.push('httponly');
  c.header('Set-Cookie', parts.join('; '), { append: true });
}
