import { sign, unsign } from 'cookie-signature';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { needs } from '../needs.ts';

/** Cookies are in `c.get('cookies')`; none of them is signed. */
export function cookies(): MiddlewareHandler {
  return (c, next) => {
    const all: Record<string, unknown> = getCookie(c);
    if (needs.cookieObjects) for (const name in all) all[name] = fromJson(all[name] as string);
    c.set('cookies', all);
    if (needs.signedCookies) c.set('signedCookies', {});
    return next();
  };
}

/** Cookies are in `c.get('cookies')`, signed ones in `c.get('signedCookies')`: false where the signature is wrong. */
export function signedCookies(secret: string | string[] = []): MiddlewareHandler {
  const secrets = [secret].flat();
  const unsigned = (value: string) =>
    needs.severalSecrets
      ? (secrets.map((each) => unsign(value, each)).find((text) => text !== false) ?? false)
      : unsign(value, String(secret));
  return (c, next) => {
    const plain: Record<string, unknown> = {};
    const signed: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(getCookie(c))) {
      const text = value.startsWith('s:') && unsigned(value.slice(2));
      if (value.startsWith('s:')) signed[name] = needs.signedObjects ? fromJson(text) : text;
      else plain[name] = needs.cookieObjects ? fromJson(value) : value;
    }
    c.set('cookies', plain);
    c.set('signedCookies', signed);
    c.set('cookieSecret', secrets[0]);
    return next();
  };
}

/** The secret that cookies of this application are signed with. */
export function cookieSecret(c: Context): string | undefined {
  return c.get('cookieSecret');
}

/** The value of a signed cookie. */
export function signed(c: Context, value: unknown): string {
  const text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
  return `s:${sign(needs.signedObjects ? text : String(value), c.get('cookieSecret'))}`;
}

function fromJson(value: string | false): unknown {
  if (value === false || !value.startsWith('j:')) return value;
  try {
    return JSON.parse(value.slice(2)) || value;
  } catch {
    return value;
  }
}
