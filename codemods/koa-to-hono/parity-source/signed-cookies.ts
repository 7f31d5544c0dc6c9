/**
 * Cookies that are signed as Koa signs them: beside `name` stands `name.sig`, by SHA-1 and the first key; other keys are older ones.
 * `hono/cookie` signs otherwise, and would not know the cookies that clients have.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { type CookieOptions, getCookie, setCookie } from './cookies.ts';

export interface SignedOptions extends CookieOptions {
  signed?: boolean;
  /** It takes the place of a cookie of that name. */
  overwrite?: boolean;
}

/** Keys, or what signs by itself. */
type Keys =
  | readonly string[]
  | { sign(data: string): string; index(data: string, signature: string): number };

let keys: Keys | undefined;

/** Says which keys cookies are signed with; the first one signs. */
export function cookieKeys(given: Keys): void {
  keys = given;
}

const signatureBy = (key: string, data: string): string =>
  createHmac('sha1', key)
    .update(data)
    .digest('base64')
    .replace(/[/+=]/g, (each) => ({ '/': '_', '+': '-' })[each] ?? '');

function known(): Keys {
  if (keys === undefined) throw new Error('.keys required for signed cookies');
  return keys;
}

const sign = (data: string): string => {
  const all = known();
  return 'sign' in all ? all.sign(data) : signatureBy(all[0] ?? '', data);
};

/** Which key a signature is by; -1 for none. */
function keyOf(data: string, signature: string): number {
  const all = known();
  if ('index' in all) return all.index(data, signature);
  const given = Buffer.from(signature);
  return all.findIndex((key) => {
    const own = Buffer.from(signatureBy(key, data));
    return own.length === given.length && timingSafeEqual(own, given);
  });
}

/** The value of a cookie of the request whose signature is right. */
export function getSignedCookie(
  c: Context,
  name: string,
  { signed = keys !== undefined }: SignedOptions = {},
): string | undefined {
  const value = getCookie(c, name);
  if (value === undefined || !signed) return value;
  const signature = getCookie(c, `${name}.sig`);
  if (!signature) return undefined;
  const data = `${name}=${value}`;
  const index = keyOf(data, signature);
  if (index < 0) {
    setCookie(c, `${name}.sig`, null);
    return undefined;
  }
  // An older key: the signature is made anew.
  if (index > 0) setCookie(c, `${name}.sig`, sign(data));
  return value;
}

/** Sets a cookie and its signature. */
export function setSignedCookie(
  c: Context,
  name: string,
  value: string | null | undefined,
  { signed = keys !== undefined, overwrite = false, ...options }: SignedOptions,
): void {
  const isSecure = c.req.url.startsWith('https:');
  if (options.secure && !isSecure) throw new Error('Cannot send secure cookie over unencrypted connection');
  const all = { secure: isSecure, ...options };
  if (overwrite) takeBack(c, name);
  setCookie(c, name, value, all);
  if (!signed) return;
  if (overwrite) takeBack(c, `${name}.sig`);
  const isGone = value === undefined || value === null || value === '';
  const { expires, maxAge, ...rest } = all;
  setCookie(
    c,
    `${name}.sig`,
    sign(`${name}=${isGone ? '' : value}`),
    isGone ? { ...rest, expires: new Date(0) } : { ...rest, expires, maxAge },
  );
}

/** Takes out what is set for a cookie so far. */
function takeBack(c: Context, name: string): void {
  const set = c.res.headers.getSetCookie();
  const others = set.filter((each) => !each.startsWith(`${name}=`));
  if (others.length === set.length) return;
  c.header('Set-Cookie', undefined);
  for (const each of others) c.header('Set-Cookie', each, { append: true });
}
