import type { Context } from 'hono';
import { type CookieOptions, setCookie } from '../set-cookie.ts';

/** `res.clearCookie`: the cookie again, empty and expired. */
export function clearCookie(c: Context, name: string, options: CookieOptions = {}): void {
  setCookie(c, name, '', { expires: new Date(1), path: '/', ...options });
}
