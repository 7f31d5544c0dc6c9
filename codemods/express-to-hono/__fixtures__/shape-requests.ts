import type { HarEntry } from './replay.ts';

interface Rest {
  headers?: Record<string, string>;
  body?: string;
}

function entry(method: string, path: string, { headers = {}, body }: Rest = {}): HarEntry {
  return {
    request: {
      method,
      url: `http://127.0.0.1${path}`,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      ...(body === undefined ? {} : { postData: { text: body } }),
    },
    response: { status: 0, headers: [], content: {} },
  };
}

const READ = [
  ...['/tail?a=1&a=2&b[c]=3', '/html?name=x', '/status?code=404', '/status', '/buffer', '/null', '/empty', '/end'],
  ...['/typed', '/typed2', '/sendstatus/404', '/sendstatus/204', '/nocontent', '/teapot', '/redir', '/redir2'],
  ...['/redir2?to=/a%20b', '/cb?f=notes.txt', '/cb?f=none', '/wrapped', '/wrapped?fail=1', '/chain?n=2', '/chain?n=0'],
  ...['/switch/a', '/switch/b', '/switch/c', '/switch/z', '/try', '/try?a=1', '/try?b=1', '/throw', '/after'],
  ...['/items/5', '/items/0', '/items/5/', '/ITEMS/7', '/items', '/items/%zz', '/any/x/y', '/any/', '/any', '/one'],
  ...['/two', '/two/', '/opt', '/opt/4', '/files/notes.txt', '/files/nope.txt', '/pub/notes.txt', '/pub/none', '/pub'],
  ...['/nothing', '/%zz', '/headers'],
];

const json = { 'Content-Type': 'application/json' };

/** What is asked of the application of shapes: each route's successes and edges. */
export const shapeRequests: HarEntry[] = [
  ...READ.flatMap((path) => [entry('GET', path), entry('HEAD', path)]),
  ...['/endtext', '/stream', '/pipe'].map((path) => entry('GET', path)),
  entry('GET', '/headers', { headers: { 'X-In': 'v', 'X-Requested-With': 'XMLHttpRequest' } }),
  entry('GET', '/redir', { headers: { Accept: 'text/html' } }),
  entry('GET', '/redir', { headers: { Accept: 'application/json' } }),
  ...['/tail', '/items/5', '/items', '/any/x', '/nothing', '/one', '/switch/b'].flatMap((path) =>
    ['OPTIONS', 'DELETE', 'POST', 'PUT'].map((method) => entry(method, path)),
  ),
  ...['{"name":"a b"}', '{}', '{"name":', '"str"', JSON.stringify({ name: 'x'.repeat(2000) })].map((body) =>
    entry('POST', '/body', { headers: json, body }),
  ),
  entry('POST', '/body', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'name=z&x=1' }),
  entry('POST', '/body', { headers: { 'Content-Type': 'text/plain' }, body: 'text' }),
  entry('POST', '/body'),
  entry('PUT', '/raw', { headers: { 'Content-Type': 'text/plain' }, body: 'hello' }),
  entry('PUT', '/raw', { headers: { 'Content-Type': 'text/plain; charset=latin1' }, body: 'hello' }),
  entry('POST', '/items', { headers: json, body: '{"a":1}' }),
  entry('GET', '/tail', { headers: { 'If-None-Match': '*' } }),
  entry('GET', '/files/notes.txt', { headers: { Range: 'bytes=0-9' } }),
];
