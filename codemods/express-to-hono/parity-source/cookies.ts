import { parse as parseCookies } from 'cookie';
import { unsign } from 'cookie-signature';
import type { Context, MiddlewareHandler } from 'hono';
import { asPassing } from './passing.ts';
import { stateOf } from './request-state.ts';

/** The secret `cookies(secret)` was given: signed cookies are written with it. */
export function cookieSecret(c: Context): string | undefined {
  return stateOf(c).cookieSecret;
}

/** cookie-parser: `c.get('cookies')` and `c.get('signedCookies')`, with `j:` and `s:` values read. */
export function cookies(
  secret?: string | string[],
  options?: { decode?: (value: string) => string },
): MiddlewareHandler {
  const secrets = [secret ?? []].flat();
  return asPassing(function cookies(c, next) {
    if (!c.get('cookies')) {
      stateOf(c).cookieSecret = secrets[0];
      const header = c.req.header('cookie');
      // cookie-parser has an object without a prototype where no cookie came.
      const plain: Record<string, unknown> = header ? parseCookies(header, options) : Object.create(null);
      const signed = secrets.length > 0 ? takeSigned(plain, secrets) : Object.create(null);
      c.set('cookies', readJsonCookies(plain));
      c.set('signedCookies', readJsonCookies(signed));
    }
    return next();
  });
}

/** Moves the signed cookies out; one whose signature is wrong becomes false. */
function takeSigned(plain: Record<string, unknown>, secrets: string[]): Record<string, unknown> {
  const signed: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(plain)) {
    if (typeof value !== 'string' || !value.startsWith('s:')) continue;
    const unsigned = secrets
      .map((secret) => unsign(value.slice(2), secret))
      .find((result) => result !== false);
    signed[name] = unsigned ?? false;
    delete plain[name];
  }
  return signed;
}

function readJsonCookies(values: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string' || !value.startsWith('j:')) continue;
    try {
      values[name] = JSON.parse(value.slice(2)) || value;
    } catch {
      values[name] = value;
    }
  }
  return values;
}
