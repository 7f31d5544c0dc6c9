import type { Context } from 'hono';
import { keepParams, keptParams } from './kept-params.ts';
import { keptQuery, replaceQuery } from './kept-query.ts';

/** What a request of Express has besides its parts: not here, and not to be taken for nothing, nor to be set over. */
const OF_EXPRESS = new Set(
  (
    'accepts app baseUrl complete connection fresh get header headers host hostname httpVersion ip ips is ' +
    'originalUrl path protocol range rawHeaders res route secure socket stale subdomains trailers url xhr'
  ).split(' '),
);

/** The parts of the request as fields of an object, for a function that reads those of any: `pick(requestParts(c), ['body'])`. */
export function requestParts(c: Context): Record<string, unknown> {
  const own = { method: c.req.method, params: keptParams(c), query: keptQuery(c) };
  // What parsers and middleware left are fields of the request as well.
  const parts: Record<string, unknown> = Object.assign(
    Object.create({ headers: c.req.header() }),
    c.var,
    own,
  );
  const known = <Value>(name: string | symbol, value: Value): Value => {
    if (name in parts || !OF_EXPRESS.has(String(name))) return value;
    throw new TypeError(`\`${String(name)}\` of the request is asked for, which has no place here.`);
  };
  return new Proxy(parts, {
    get: (of, name) => known(name, Reflect.get(of, name)),
    has: (of, name) => known(name, Reflect.has(of, name)),
    getOwnPropertyDescriptor: (of, name) => known(name, Reflect.getOwnPropertyDescriptor(of, name)),
  });
}

/** `Object.assign(req, parts)`: what a validator made of parts of the request, for the handlers after it. */
export function assignParts(c: Context, parts: object | null | undefined): void {
  for (const [name, value] of Object.entries(parts ?? {})) {
    if (name === 'query') replaceQuery(c, value);
    else if (name === 'params') keepParams(c, value);
    else if (OF_EXPRESS.has(name)) throw new TypeError(`\`${name}\` of a request cannot be assigned here.`);
    else c.set(name, value);
  }
}

/** `Object.assign(req, parts)` of Express 5, where the query has a getter alone. */
export function assignButQuery(c: Context, parts: object | null | undefined): void {
  for (const [name, value] of Object.entries(parts ?? {})) {
    if (name === 'query')
      throw new TypeError('Cannot set property query of #<IncomingMessage> which has only a getter');
    assignParts(c, { [name]: value });
  }
}
