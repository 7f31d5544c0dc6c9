import type { Context } from 'hono';
import { keepParams, keptParams } from './kept-params.ts';
import { keptQuery, replaceQuery } from './kept-query.ts';

/** The parts of the request as fields of an object, for a function that reads those of any: `pick(requestParts(c), ['body'])`. */
export function requestParts(c: Context): Record<string, unknown> {
  const parts: Record<string, unknown> = Object.create({ headers: c.req.header() });
  for (const name of ['body', 'cookies', 'signedCookies'])
    if (c.get(name) !== undefined) parts[name] = c.get(name);
  return Object.assign(parts, { method: c.req.method, params: keptParams(c), query: keptQuery(c) });
}

/** What the request itself says, which nothing here can be set over. */
const FIXED = new Set(['headers', 'hostname', 'ip', 'method', 'originalUrl', 'path', 'protocol', 'url']);

/** `Object.assign(req, parts)`: what a validator made of parts of the request, for the handlers after it. */
export function assignParts(c: Context, parts: object): void {
  for (const [name, value] of Object.entries(parts)) {
    if (name === 'query') replaceQuery(c, value);
    else if (name === 'params') keepParams(c, value);
    else if (FIXED.has(name)) throw new TypeError(`\`${name}\` of a request cannot be assigned here.`);
    else c.set(name, value);
  }
}
