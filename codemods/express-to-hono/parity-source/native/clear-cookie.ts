import type { Context } from 'hono';
import { type CookieOptions, setCookie } from './set-cookie.ts';

/** `res.clearCookie`: the cookie again, empty and expired. */
export function clearCookie(c: Context, name: string, options: CookieOptions = {}): void {
  const { maxAge: _, ...others } = options;
  setCookie(c, name, '', { ...others, expires: new Date(0) });
}
