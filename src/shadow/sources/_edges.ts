import type { RawHeaders } from '../../model/exchange.ts';

/** One request to make. */
export interface Asked {
  method: string;
  path: string;
  headers?: RawHeaders;
  body?: Buffer | null;
  /** Without the headers that all other requests have. */
  bare?: boolean;
}

/** A route with everything filled in. */
export interface Subject {
  method: string;
  path: string;
  lastParam: string | null;
  query: string | undefined;
  /** The JSON body that it is asked with; undefined: an empty object. */
  body: unknown;
  /** Methods that the application has at this path. */
  others: readonly string[];
  hasHeaders: boolean;
}

export const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];
/** Beyond the 100 kB that body parsers of Express accept unless told otherwise. */
const OVERSIZE = 128 * 1024;
const FUTURE = 'Fri, 31 Dec 2199 23:59:59 GMT';

/** What a route is asked for, by name: the first is its success. */
export const EDGES = [
  ...(['success', 'trailing-slash', 'case', 'bad-escape', 'repeated-query', 'missing-auth'] as const),
  ...(['options', 'wrong-method', 'malformed-json', 'empty-body', 'oversize', 'no-content-type'] as const),
  ...(['head', 'conditional-etag', 'conditional-date', 'range', 'range-unsatisfiable'] as const),
] as const;
export type Edge = (typeof EDGES)[number];

/** A route's success and its edges, each with a name. The same each time. */
export function* edges(route: Subject): Generator<[Edge, Asked]> {
  const { method, path } = route;
  const query = route.query === undefined ? '' : `?${route.query}`;
  const writes = /^(POST|PUT|PATCH)$/.test(method);
  const body = writes ? Buffer.from(JSON.stringify(route.body ?? {})) : null;
  const headers: RawHeaders = writes ? [JSON_TYPE] : [];
  const plain: Asked = { method, path: path + query, headers, body };
  yield ['success', plain];
  yield [
    'trailing-slash',
    { ...plain, path: (path.endsWith('/') && path !== '/' ? path.slice(0, -1) : `${path}/`) + query },
  ];
  const upper = path.replace(/[a-z]+/, (word) => word.toUpperCase());
  // Letters are a matter of the path: where it can be read, it is not asked by writing.
  if (upper !== path && (method === 'GET' || !route.others.includes('GET')))
    yield ['case', { ...plain, path: upper + query }];
  const broken =
    route.lastParam === null
      ? `${path}?q=%E0%A4%A`
      : path.replace(new RegExp(`${quoted(route.lastParam)}(?!.*${quoted(route.lastParam)})`), '%E0%A4%A');
  yield ['bad-escape', { ...plain, path: broken }];
  yield ['repeated-query', { ...plain, path: `${path}?a=1&a=2&b[]=3&b[]=4&c[d]=5&e` }];
  if (route.hasHeaders) yield ['missing-auth', { ...plain, bare: true }];
  yield ['options', { method: 'OPTIONS', path }];
  const wrong = ['PATCH', 'PUT', 'DELETE', 'POST'].find((one) => !route.others.includes(one));
  if (wrong !== undefined && !route.others.some((one) => /^(ALL|USE|ANY|\*)$/.test(one)))
    yield ['wrong-method', { method: wrong, path }];
  if (writes) {
    yield ['malformed-json', { ...plain, body: Buffer.from('{"a":') }];
    yield ['empty-body', { ...plain, body: Buffer.alloc(0) }];
    yield ['oversize', { ...plain, body: Buffer.from(JSON.stringify({ text: 'x'.repeat(OVERSIZE) })) }];
    yield ['no-content-type', { ...plain, headers: [] }];
  }
  if (method !== 'GET') return;
  yield ['head', { ...plain, method: 'HEAD' }];
  yield ['conditional-etag', { ...plain, headers: [['If-None-Match', '*']] }];
  yield ['conditional-date', { ...plain, headers: [['If-Modified-Since', FUTURE]] }];
  yield ['range', { ...plain, headers: [['Range', 'bytes=0-1']] }];
  yield ['range-unsatisfiable', { ...plain, headers: [['Range', 'bytes=99999999-']] }];
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
