import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Exchange, ExchangeResponse, RawHeaders } from '../../model/exchange.ts';
import { view } from '../answer.ts';
import { mapping } from './mapping.ts';
import { prepare } from './prepare.ts';

interface Sketch {
  method?: string;
  path: string;
  headers?: RawHeaders;
  body?: string | Buffer;
  answer?: { headers?: RawHeaders; body?: string };
}

const response = ({ headers = [], body = '' }: NonNullable<Sketch['answer']>): ExchangeResponse => ({
  ...{ status: 200, reason: 'OK', ending: 'complete', chunks: [], headMs: 1, totalMs: 1 },
  headers: [['Content-Type', 'application/json'], ...headers],
  body: Buffer.from(body),
  size: Buffer.byteLength(body),
  sha256: createHash('sha256').update(body).digest('hex'),
});

const exchange = ({ method = 'GET', path, headers = [], body, answer }: Sketch): Exchange => ({
  ...{ schema: 'migrate/exchange', version: 1, index: 1, source: 'test', session: 's' },
  request: {
    method,
    origin: 'http://localhost:3000',
    path,
    headers,
    body: body === undefined ? null : Buffer.from(body),
  },
  response: answer ? response(answer) : null,
});

/** Learns what a side answered, then gives what it is sent for a later recorded request. */
function story(recorded: Sketch, answered: NonNullable<Sketch['answer']>, later: Sketch) {
  const map = mapping();
  map.learn(exchange(recorded), view(response(answered)));
  const asked = exchange(later);
  const { path, headers, body } = map.apply(asked, prepare(asked));
  return {
    path,
    headers: headers.filter(([name]) => name !== 'Host'),
    body: body && Buffer.from(body).toString('latin1'),
  };
}

const A = 'aaaaaaaa-1111-4222-8333-444444444444';
const B = 'bbbbbbbb-1111-4222-8333-444444444444';

describe('what a side answered is used in its later requests', () => {
  it('a token of a login, in the Authorization header', () => {
    const token = (value: string) => ({ body: JSON.stringify({ token: value }) });
    const login: Sketch = { method: 'POST', path: '/login', answer: token('recordedToken123') };
    const later: Sketch = { path: '/me', headers: [['authorization', 'Bearer recordedToken123']] };
    expect(story(login, token('actualToken987'), later).headers).toEqual([
      ['authorization', 'Bearer actualToken987'],
    ]);
  });

  it('a session cookie, and no other cookie', () => {
    const cookie = (value: string) => ({ headers: [['Set-Cookie', `sid=${value}; Path=/`]] as RawHeaders });
    const later: Sketch = { path: '/', headers: [['Cookie', 'theme=1; sid=1']] };
    expect(story({ path: '/', answer: cookie('1') }, cookie('2'), later).headers).toEqual([
      ['Cookie', 'theme=1; sid=2'],
    ]);
  });

  it('a generated id in path, query and body, the rest of the bytes untouched', () => {
    const made: Sketch = { method: 'POST', path: '/notes', answer: { body: `{"id":"${A}"}` } };
    const later: Sketch = {
      method: 'PUT',
      path: `/notes/${A}/x?of=${A}`,
      body: Buffer.from([255, ...Buffer.from(A), 0]),
    };
    const sent = story(made, { body: `{"id":"${B}"}` }, later);
    expect(sent).toMatchObject({ path: `/notes/${B}/x?of=${B}`, body: `\u00ff${B}\u0000` });
  });

  it('a counted id only where it means the same resource', () => {
    const made: Sketch = { method: 'POST', path: '/notes', answer: { body: '{"id":3,"userId":1}' } };
    const later: Sketch = {
      method: 'POST',
      path: '/users/3/notes/3?page=3&noteId=3',
      headers: [['Content-Type', 'application/json']],
      body: '{"noteId":3,"count":3,"userId": 3}',
    };
    expect(story(made, { body: '{"id":8,"userId":1}' }, later)).toMatchObject({
      path: '/users/3/notes/8?page=3&noteId=8',
      body: '{"noteId":8,"count":3,"userId": 3}',
    });
  });

  it('validators of the same path, for conditional requests', () => {
    const etag = (value: string) => ({ headers: [['ETag', value]] as RawHeaders });
    const headers: RawHeaders = [['If-None-Match', 'W/"1-a", "x"']];
    expect(
      story({ path: '/a', answer: etag('W/"1-a"') }, etag('W/"1-b"'), { path: '/a', headers }).headers,
    ).toEqual([['If-None-Match', 'W/"1-b", "x"']]);
    expect(
      story({ path: '/b', answer: etag('W/"1-a"') }, etag('W/"1-b"'), { path: '/a', headers }).headers,
    ).toEqual(headers);
  });

  it('nothing from a list that was read in another order than what was made before', () => {
    const map = mapping();
    const made = exchange({ method: 'POST', path: '/notes', answer: { body: `{"id":"${A}"}` } });
    map.learn(made, view(response({ body: `{"id":"${B}"}` })));
    const list = exchange({ path: '/notes', answer: { body: `[{"id":"${A}"}]` } });
    map.learn(list, view(response({ body: '[{"id":"cccccccc-1111-4222-8333-444444444444"}]' })));
    const later = exchange({ path: `/notes/${A}` });
    expect(map.apply(later, prepare(later)).path).toBe(`/notes/${B}`);
  });
});

describe('a request is prepared', () => {
  it('with headers in their case, order and number, without those of the recorded connection', () => {
    const { headers } = prepare(
      exchange({
        path: '/',
        headers: [
          [':authority', 'x'],
          ['X-B', '1'],
          ['Connection', 'close'],
          ['x-b', '2'],
          ['Content-Length', '9'],
          ['Expect', '100-continue'],
        ],
      }),
    );
    expect(headers).toEqual([
      ['Host', 'localhost:3000'],
      ['X-B', '1'],
      ['x-b', '2'],
    ]);
  });
});
