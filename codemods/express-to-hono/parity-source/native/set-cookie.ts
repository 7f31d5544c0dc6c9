import type { Context } from 'hono';
import { setCookie as setHonoCookie } from 'hono/cookie';
import { needs } from '../needs.ts';

/** What Hono takes, but `maxAge` in milliseconds. */
export type CookieOptions = Record<string, unknown> & { maxAge?: number | undefined };

/** `res.cookie`: an object as JSON, `maxAge` in milliseconds, and the date it stands for. */
export function setCookie(c: Context, name: string, value: unknown, options: CookieOptions = {}): void {
  const { maxAge, ...others } = options;
  const end = maxAge === undefined ? {} : { maxAge: maxAge / 1000, expires: new Date(Date.now() + maxAge) };
  const text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
  setHonoCookie(c, name, needs.cookieObjects ? text : String(value), { ...others, ...end } as never);
}
