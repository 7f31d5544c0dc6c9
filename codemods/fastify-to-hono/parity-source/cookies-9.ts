// Cookies, with the attributes that @fastify/cookie 9 gives them.
import { parse, serialize } from 'cookie';
import type { AppContext, Loose } from './types.ts';

/** The cookies of a request, by name. */
export function cookies(c: AppContext): Loose {
  const known = c.get('cookies');
  if (known !== undefined && known !== null) return known;
  const found = parse(c.req.header('cookie') ?? '');
  c.set('cookies', found);
  return found;
}

/** Sets a cookie. `expires` may be a number of milliseconds. */
export function setCookie(c: AppContext, name: string, value: string, options: Loose = {}): void {
  const all = { ...options };
  if (Number.isInteger(all.expires)) all.expires = new Date(all.expires);
  if (all.secure === 'auto') {
    all.secure = new URL(c.req.url).protocol === 'https:';
    if (!all.secure) all.sameSite = 'lax';
  }
  c.header('Set-Cookie', serialize(name, value, all), { append: true });
}

export const clearCookie = (c: AppContext, name: string, options: Loose = {}): void =>
  setCookie(c, name, '', { path: '/', ...options, expires: new Date(1), maxAge: undefined });
