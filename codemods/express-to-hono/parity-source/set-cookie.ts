import { type CookieSerializeOptions, serialize } from 'cookie';
import { sign } from 'cookie-signature';
import type { Context } from 'hono';
import { cookieSecret } from './cookies.ts';

export interface CookieOptions extends CookieSerializeOptions {
  /** Milliseconds, as in Express: sent as Max-Age in seconds and as Expires. */
  maxAge?: number;
  signed?: boolean;
}

/** `res.cookie`: objects as `j:` JSON, Path=/ unless given, an Expires beside Max-Age. */
export function setCookie(c: Context, name: string, value: unknown, options: CookieOptions = {}): void {
  const { signed, ...attributes } = options;
  let text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
  if (signed) {
    const secret = cookieSecret(c);
    if (!secret) throw new Error('cookieParser("secret") required for signed cookies');
    text = `s:${sign(text, secret)}`;
  }
  const maxAge = Number(attributes.maxAge ?? Number.NaN);
  if (!Number.isNaN(maxAge)) {
    attributes.expires = new Date(Date.now() + maxAge);
    attributes.maxAge = Math.floor(maxAge / 1000);
  }
  attributes.path ??= '/';
  c.header('Set-Cookie', serialize(name, text, attributes), { append: true });
}
