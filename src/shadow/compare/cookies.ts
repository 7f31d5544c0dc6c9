import { type Cookie, parseSetCookie } from 'set-cookie-parser';
import type { View } from '../answer.ts';
import { type Found, found } from './found.ts';

/** Set-Cookie by cookie and attribute. A cookie is identified by name, domain and path (RFC 6265 §5.3). */
export function compareCookies(old: View, next: View): Found[] {
  const before = cookies(old);
  const after = cookies(next);
  const out: Found[] = [];
  for (const [key, cookie] of before) {
    const other = after.get(key);
    if (other) out.push(...compareCookie(cookie, other));
    else out.push(found('cookie-missing', `cookie:${cookie.name}`, print(cookie), null));
  }
  for (const [key, cookie] of after) {
    if (!before.has(key)) out.push(found('cookie-added', `cookie:${cookie.name}`, null, print(cookie)));
  }
  return out;
}

function cookies(of: View): Map<string, Cookie> {
  const map = new Map<string, Cookie>();
  for (const line of of.headers.get('set-cookie') ?? []) {
    // Values are compared as they stand: decoding would hide a difference in the escaping.
    for (const cookie of parseSetCookie([line], { decodeValues: false })) {
      let key = cookie.name;
      while (map.has(key)) key += '\u0000';
      map.set(key, cookie);
    }
  }
  return map;
}

const attributes = (cookie: Cookie): Record<string, string> => {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(cookie)) {
    if (name === 'name' || name === 'value' || value === undefined || value === false) continue;
    out[name.toLowerCase()] = value instanceof Date ? value.toUTCString() : String(value);
  }
  return out;
};

function compareCookie(old: Cookie, next: Cookie): Found[] {
  const out: Found[] = [];
  if (old.value !== next.value) out.push(found('cookie-value', `cookie:${old.name}`, old.value, next.value));
  const before = attributes(old);
  const after = attributes(next);
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[name] === after[name]) continue;
    out.push(found('cookie-value', `cookie:${old.name}.${name}`, before[name] ?? null, after[name] ?? null));
  }
  return out;
}

const print = (cookie: Cookie): string =>
  [`${cookie.name}=${cookie.value}`, ...Object.entries(attributes(cookie)).map(([k, v]) => `${k}=${v}`)].join(
    '; ',
  );
