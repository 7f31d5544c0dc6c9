import type { CaseRequest } from '../express-coverage/cases.ts';
import type { Making, Target } from './making.ts';

/** What requests are made of: choices, and the places that a program answers. */
type Drawn = Pick<Making, 'random' | 'targets'>;

const MOST = 26;
/** Milliseconds after which silence is the answer: programs wait for a millisecond or two. */
const TIMEOUT = 800;

const QUERIES = [
  ...[
    '?a=1',
    '?a=1&b=two',
    '?a=1&a=2',
    '?a[b]=1&a[c]=2',
    '?name=%E4%BD%A0',
    '?a=x+y',
    '?a=%zz',
    '?flag',
    '?',
  ],
  ...[
    '?page=7&user=eve',
    '?a[]=1&a[]=2',
    '?=1',
    '?a=1?b=2',
    '?a=1;b=2',
    '?a=ann',
    '?a.b=1',
    '?__proto__=1',
    '?a=bad',
  ],
];

const BODIES: readonly (readonly [type: string | null, body: string])[] = [
  ['application/json', '{"name":"ann","n":3,"list":[1,2],"nested":{"k":"v"}}'],
  ['application/json', '{"name":"ann"}'],
  ['application/json; charset=utf-8', '{"name":"ünï"}'],
  ['application/json', '{"name":'],
  ['application/json', ''],
  ['application/json', '[1,2]'],
  ['application/json', '"text"'],
  ['application/json', 'null'],
  ['application/json; charset=latin1', '{"name":"x"}'],
  ['application/vnd.api+json', '{"name":"api"}'],
  ['application/x-www-form-urlencoded', 'name=ann&n=3&list=1&list=2&nested[k]=v'],
  ['application/x-www-form-urlencoded', 'name=a+b%20c&x=%zz'],
  ['application/x-www-form-urlencoded', ''],
  ['text/plain', 'just text'],
  ['application/octet-stream', 'bytes'],
  [null, '{"name":"untyped"}'],
];

const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { Accept: 'text/html' },
  { Accept: 'application/json' },
  { Accept: 'image/png' },
  { Accept: 'text/*;q=0.5, application/xml' },
  { Accept: '*/*;q=0' },
  { 'X-Flag': 'on' },
  { 'X-User': 'carl' },
  { Cookie: 'a=1; b=%7Bx; sid=s%3Aabc.def; j=j%3A%7B%22k%22%3A1%7D' },
  { 'If-None-Match': '*' },
  { 'If-None-Match': '*', 'Cache-Control': 'no-cache' },
  { 'If-Modified-Since': 'Thu, 01 Jan 2099 00:00:00 GMT' },
  { 'X-Requested-With': 'XMLHttpRequest' },
  { Range: 'bytes=0-4' },
  {
    'X-Forwarded-For': '10.0.0.1, 10.0.0.2',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'example.test',
  },
  { Referer: 'http://localhost/from?x=1' },
  { Host: 'api.eu.example.test:81' },
  { 'Accept-Language': 'de, en;q=0.5', 'Accept-Encoding': 'gzip', 'Accept-Charset': 'utf-8' },
  { 'Content-Encoding': 'strange' },
];

/** Requests for the routes of a program and for what lies beside them. */
export function requestsFor(making: Drawn): CaseRequest[] {
  const { random, targets } = making;
  const requests: CaseRequest[] = [];
  const add = (target: Target, headers: Record<string, string> = {}) =>
    requests.push(request(making, target, headers));
  const sample = targets.length <= 14 ? targets : targets.filter(() => random.chance(14 / targets.length));
  for (const target of sample) add(target);
  while (requests.length < MOST) {
    const target: Target =
      targets.length === 0 || random.chance(0.05) ? unknown(making) : random.pick(targets);
    add(
      random.weighted<() => Target>([
        [6, () => ({ ...target, path: target.path + random.pick(QUERIES) })],
        [3, () => target],
        [
          4,
          () => ({
            ...target,
            method: random.pick(['HEAD', 'OPTIONS', 'HEAD', 'PUT', 'GET', 'DELETE', 'POST', 'PATCH']),
          }),
        ],
        [3, () => ({ ...target, path: edge(making, target.path) })],
      ])(),
      random.chance(0.5) ? { ...random.pick(HEADERS) } : {},
    );
  }
  return requests;
}

const unknown = ({ random }: Drawn): Target => ({
  method: random.pick(['GET', 'POST', 'OPTIONS', 'HEAD']),
  path: random.pick([
    '/',
    '/nowhere',
    '/%zz',
    '/a%20b/<c>',
    '/%E0%A4%A',
    '/favicon.ico',
    '//',
    '/items/..',
    '/%2e%2e/x',
  ]),
});

/** A path a little different. */
function edge({ random }: Drawn, path: string): string {
  return random.pick([
    `${path}/`,
    path.toUpperCase(),
    path.toLowerCase(),
    `/${path}`,
    path.replace(/[^/]+$/, '%zz'),
    path.replace(/[^/]+$/, 'a%2Fb'),
    path.replace(/[^/]+$/, 'x%20%C3%BC'),
    `${path}/..`,
    `${path}/../x`,
    `${path}/.`,
    `${path}%20`,
    `${path};v=1`,
    `${path}/extra`,
    path.replace(/[^/]+$/, 'a|b"{}^'),
    `${path}//`,
    path.slice(0, -1) || '/',
  ]);
}

function request(making: Drawn, { method, path }: Target, headers: Record<string, string>): CaseRequest {
  const { random } = making;
  const carries = /POST|PUT|PATCH/.test(method) ? 0.85 : method === 'DELETE' ? 0.3 : 0.03;
  if (!random.chance(carries)) return { method, path, headers, body: null, timeout: TIMEOUT };
  const [type, body] = random.pick(BODIES);
  return {
    ...{ method, path, body, timeout: TIMEOUT },
    headers: { ...(type !== null && { 'Content-Type': type }), ...headers },
  };
}
