import type { Context } from 'hono';
import { type CookieOptions, setCookie } from './set-cookie.ts';

/** `res.clearCookie`: the cookie again, empty and expired. */
export function clearCookie(c: Context, name: string, options: CookieOptions = {}): void {
  setCookie(c, name, '', { ...options, maxAge: undefined, expires: new Date(0) });
}
