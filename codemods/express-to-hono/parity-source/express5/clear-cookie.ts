import type { Context } from 'hono';
import { type CookieOptions, setCookie } from '../set-cookie.ts';

/** `res.clearCookie`: the cookie again, empty and expired, whatever lifetime the options give it. */
export function clearCookie(c: Context, name: string, options: CookieOptions = {}): void {
  setCookie(c, name, '', { path: '/', ...options, expires: new Date(1), maxAge: undefined });
}
