import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';

export const BASKET_COOKIE = 'basket';

/** `deleteCookie` of hono says Max-Age=0, which this cookie never carried when it was cleared. */
export const clearBasketCookie = (c: Context, options: CookieOptions = {}): void =>
  setCookie(c, BASKET_COOKIE, '', { ...options, expires: new Date(0) });
