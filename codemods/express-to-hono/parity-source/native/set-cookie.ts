import type { Context } from 'hono';
import { setCookie as setHonoCookie } from 'hono/cookie';

/** What Hono takes, but `maxAge` in milliseconds. */
export type CookieOptions = Record<string, unknown> & { maxAge?: number | undefined };

/** `res.cookie`: an object as JSON, `maxAge` in milliseconds, and the date it stands for. */
export function setCookie(
  c: Context,
  name: string,
  value: unknown,
  { maxAge, ...options }: CookieOptions = {},
): void {
  const text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
  const end = maxAge === undefined ? {} : { maxAge: maxAge / 1000, expires: new Date(Date.now() + maxAge) };
  setHonoCookie(c, name, text, { ...options, ...end } as never);
}
