import type { Context } from 'hono';
import { keepParams, keptParams } from './kept-params.ts';
import { keptQuery, replaceQuery } from './kept-query.ts';

/** The parts of the request as fields of an object, for a function that reads those of any: `pick(requestParts(c), ['body'])`. */
export function requestParts(c: Context): Record<string, unknown> {
  const own = { method: c.req.method, params: keptParams(c), query: keptQuery(c) };
  // What parsers and middleware left are fields of the request as well.
  const parts: Record<string, unknown> = Object.assign(
    Object.create({ headers: c.req.header() }),
    c.var,
    own,
  );
  const left = ['body', 'cookies', 'signedCookies'];
  // What else Express has on a request must not be taken for nothing.
  const known = <Value>(name: string | symbol, value: Value): Value => {
    if (typeof name === 'symbol' || name in parts || left.includes(name)) return value;
    throw new TypeError(`\`${name}\` of the request is asked for, which has no place here.`);
  };
  return new Proxy(parts, {
    get: (of, name) => known(name, Reflect.get(of, name)),
    has: (of, name) => known(name, Reflect.has(of, name)),
    getOwnPropertyDescriptor: (of, name) => known(name, Reflect.getOwnPropertyDescriptor(of, name)),
  });
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
