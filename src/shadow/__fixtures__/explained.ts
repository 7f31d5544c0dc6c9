import { gzipSync } from 'node:zlib';
import type { RawHeaders } from '../../model/exchange.ts';
import type { OwnStrings } from '../answer.ts';
import { etagOf } from '../judging/etags.ts';
import type { Sketch } from './answers.ts';

/** Two answers that differ in what one rule explains, and in nothing else. */
export interface Explainable {
  old: Sketch;
  new: Sketch;
  method?: string;
  path?: string;
  varies?: boolean;
  runtimes?: { old: string; new: string };
  own?: { old: OwnStrings; new: OwnStrings };
  /** Nothing differs yet: what the rule would explain comes only with the fault. */
  same?: true;
  /** Pairs that the run met before. */
  known?: [old: string, next: string][];
}

const WORKERS = { old: 'node', new: 'workers' };
const uuid = (n: number) => `0000000${n}-1111-4222-8333-444444444444`;
const hex = (digit: string) => `${digit}1`.repeat(32);
const headers = (...list: RawHeaders): Sketch => ({ headers: list });
const now = Date.now();
const jwt = (second: number) =>
  [{ alg: 'HS256' }, { sub: 'ada', role: 'admin', iat: second }, { signed: second }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
const stack = (line: number): Sketch => ({
  status: 500,
  body: JSON.stringify({ stack: `TypeError: x is null\n    at handler (/app/a.js:${line}:1)\n    at next (node:internal:2:3)` }),
});
const text = 'abc '.repeat(2000);
const zipped = (level: number): Sketch => ({
  ...{ type: 'text/plain', body: gzipSync(text, { level }) },
  headers: [['Content-Encoding', 'gzip']],
});
const ofBody = (n: number): Sketch => {
  const body = JSON.stringify({ id: uuid(n) });
  return { body, headers: [['Content-Length', String(body.length)], ['ETag', `W/${etagOf(Buffer.from(body))}`]] };
};

/** By rule, one entry for each kind of value it explains. */
export const EXPLAINED: Readonly<Record<string, readonly Explainable[]>> = {
  'date-header': [
    {
      old: headers(['Date', 'Mon, 23 Nov 2026 10:00:00 GMT']),
      new: headers(['Date', 'Mon, 23 Nov 2026 10:00:01 GMT']),
    },
  ],
  'header-name-case': [{ old: headers(['X-One', 'a']), new: headers(['x-one', 'a']) }],
  'header-order': [
    { old: headers(['X-One', 'a'], ['X-Two', 'b']), new: headers(['X-Two', 'b'], ['X-One', 'a']) },
  ],
  'header-lines': [
    {
      old: headers(['Expires', 'Mon, 23 Nov 2026 10:00:00 GMT'], ['Link', 'a'], ['Link', 'b']),
      new: headers(['Expires', 'Mon, 23 Nov 2026 10:00:00 GMT'], ['Link', 'a, b']),
    },
  ],
  'connection-headers': [{ old: headers(['Connection', 'keep-alive']), new: headers(['Keep-Alive', 'timeout=5']) }],
  'allow-order': [{ old: headers(['Allow', 'GET, HEAD']), new: headers(['Allow', 'HEAD, GET']) }],
  'rate-limit-window': [{ old: headers(['RateLimit-Reset', '899']), new: headers(['RateLimit-Reset', '900']) }],
  clock: [
    {
      old: { body: JSON.stringify({ at: new Date(now).toISOString(), ms: now }) },
      new: { body: JSON.stringify({ at: new Date(now + 5).toISOString(), ms: now + 5 }) },
      varies: true,
    },
  ],
  'generated-id': [
    {
      old: { body: `{"id":"${uuid(1)}"}` },
      new: { body: `{"id":"${uuid(2)}"}` },
      varies: true,
      known: [[uuid(3), uuid(4)]],
    },
  ],
  token: [
    { old: { body: `{"csrf":"${hex('a')}"}` }, new: { body: `{"csrf":"${hex('b')}"}` }, varies: true },
    {
      old: { body: `{"jwt":"${jwt(1_700_000_000)}"}` },
      new: { body: `{"jwt":"${jwt(1_700_000_001)}"}` },
      varies: true,
    },
  ],
  'process-facts': [{ old: { body: '{"uptime":1.5}' }, new: { body: '{"uptime":2}' } }],
  framing: [
    {
      old: { body: '[1]', headers: [['Content-Length', '3']] },
      new: { body: '[1]', headers: [['Transfer-Encoding', 'chunked']] },
      runtimes: WORKERS,
    },
    {
      old: { body: '[1]', headers: [['Transfer-Encoding', 'chunked']] },
      new: { body: '[1]', headers: [['Content-Length', '3']] },
      runtimes: WORKERS,
    },
  ],
  'compressed-bytes': [{ old: zipped(9), new: zipped(1) }],
  'stack-frames': [{ old: stack(1), new: stack(20) }],
  'own-address': [
    {
      old: { type: 'text/plain', body: 'see http://127.0.0.1:4001/x' },
      new: { type: 'text/plain', body: 'see http://127.0.0.1:4002/x' },
      own: { old: { address: '127.0.0.1:4001', dirs: [] }, new: { address: '127.0.0.1:4002', dirs: [] } },
    },
  ],
  'static-mtime-etag': [
    { old: headers(['ETag', 'W/"d-1a207af86b0"']), new: headers(['ETag', 'W/"d-1a207af86af"']) },
  ],
  'etag-follows-body': [{ old: ofBody(1), new: ofBody(2), varies: true }],
  'workerd-reason-phrase': [{ old: { reason: 'Fine' }, new: { reason: 'unknown' }, runtimes: WORKERS }],
  'workerd-no-date': [
    { old: headers(['Date', new Date(now).toUTCString()]), new: headers(), runtimes: WORKERS },
  ],
  'workerd-address': [
    {
      old: { type: 'text/plain', body: 'hi' },
      new: { status: 400, type: 'text/plain', body: 'invalid URI' },
      path: '/a?b=<c>',
      runtimes: WORKERS,
    },
    { old: { body: '[1]' }, new: { body: '[1]' }, path: '/a?b=%3Cc%3E', runtimes: WORKERS, same: true },
  ],
  'workerd-header-text': [
    { old: headers(['X-Name', 'caf\u00e9']), new: headers(['X-Name', 'caf\u00c3\u00a9']), runtimes: WORKERS },
  ],
};
