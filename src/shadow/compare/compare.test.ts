import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pair, response, type Sketch, side } from '../__fixtures__/answers.ts';
import { type Answer, view } from '../answer.ts';
import { compareAnswers } from './index.ts';

const differences = (old: Sketch, next: Sketch) =>
  compareAnswers(pair(old, next)).map(({ kind, exact, old: a, new: b }) => [kind, exact, a, b]);

const kinds = (old: Sketch, next: Sketch) => differences(old, next).map((one) => one.slice(0, 2));

describe('JSON is compared by meaning', () => {
  it('types, missing and added keys, values, with paths', () => {
    expect(
      differences({ body: '{"a":1,"b":[{"c":"x"}],"d":null}' }, { body: '{"a":"1","b":[{"c":"y","e":1}]}' }),
    ).toEqual([
      ['json-type', 'body.a', 'number 1', 'string "1"'],
      ['json-value', 'body.b[0].c', 'x', 'y'],
      ['json-added', 'body.b[0].e', null, '1'],
      ['json-missing', 'body.d', 'null', null],
    ]);
  });
  it('big integers and number forms exactly', () => {
    expect(differences({ body: '[9007199254740993]' }, { body: '[9007199254740992]' })).toHaveLength(1);
    expect(differences({ body: '[1.0]' }, { body: '[1]' })).toEqual([['json-value', 'body[0]', '1.0', '1']]);
  });
  it('an array in another order is one difference of its own kind', () => {
    expect(
      kinds({ body: '{"l":[{"a":1,"b":2},{"a":3}]}' }, { body: '{"l":[{"a":3},{"b":2,"a":1}]}' }),
    ).toEqual([['json-reorder', 'body.l']]);
  });
  it('key order and white space are the same value in other bytes', () => {
    expect(kinds({ body: '{"a":1,"b":2}' }, { body: '{"b":2, "a":1}' })).toEqual([['json-bytes', 'body']]);
  });
  it('text that only claims to be JSON is compared as text', () => {
    expect(kinds({ body: '{"a":1' }, { body: '{"a":2' })).toEqual([['text', 'body']]);
  });
});

describe('headers and cookies', () => {
  it('value, presence, number of lines, case and order are told apart', () => {
    expect(
      differences(
        {
          headers: [
            ['X-A', '1'],
            ['X-B', '1'],
            ['Vary', 'a'],
            ['Vary', 'b'],
          ],
        },
        {
          headers: [
            ['Vary', 'a, b'],
            ['x-a', '2'],
            ['X-C', '1'],
          ],
        },
      ),
    ).toEqual([
      ['header-value', 'header:x-a', '1', '2'],
      ['header-missing', 'header:x-b', '1', null],
      ['header-value', 'header:vary', 'a\nb', 'a, b'],
      ['header-added', 'header:x-c', null, '1'],
      ['header-case', 'header:x-a', 'X-A', 'x-a'],
      ['header-order', 'headers', 'content-type, x-a, vary', 'content-type, vary, x-a'],
    ]);
  });
  it('cookies attribute by attribute, each Set-Cookie its own', () => {
    expect(
      differences(
        {
          headers: [
            ['Set-Cookie', 'a=1; Path=/; HttpOnly'],
            ['Set-Cookie', 'b=1'],
          ],
        },
        { headers: [['Set-Cookie', 'a=2; Path=/; SameSite=Lax']] },
      ),
    ).toEqual([
      ['cookie-value', 'cookie:a', '1', '2'],
      ['cookie-value', 'cookie:a.httponly', 'true', null],
      ['cookie-value', 'cookie:a.samesite', null, 'Lax'],
      ['cookie-missing', 'cookie:b', 'b=1', null],
    ]);
  });
});

describe('bodies', () => {
  it('a decompression bomb is compared by its bytes and not unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    const seen = view(response({ headers: [['Content-Encoding', 'gzip']], body: bomb }));
    expect(seen).toMatchObject({ kind: 'binary', decoded: null });
  });
  it('JSON nested so deep that reading it would exhaust the stack, as text', () => {
    const deep = (inner: string): Sketch => ({ body: '['.repeat(200_000) + inner + ']'.repeat(200_000) });
    expect(kinds(deep('1'), deep('2'))).toEqual([['text', 'body']]);
  });
  it('an event stream event by event', () => {
    const type = 'text/event-stream';
    expect(
      differences(
        { type, body: 'event: a\ndata: {"n":1}\n\n: ping\n\n' },
        { type, body: 'event: b\ndata: {"n":2}\n\n' },
      ),
    ).toEqual([
      ['stream', 'stream[0].event', 'a', 'b'],
      ['json-value', 'stream[0].data.n', '1', '2'],
      ['stream', 'stream.length', '2 events', '1 events'],
    ]);
  });
  it('a stream that one side passes on as it is made, and the other when it is whole', () => {
    const events = (...at: number[]): Sketch => ({ type: 'text/event-stream', body: 'data: 1\n\n', at });
    expect(differences(events(5, 300, 700), events(690, 700))).toEqual([
      ['stream', 'stream.arrival', 'part by part', 'all at once'],
    ]);
    expect(differences(events(5, 300, 700), events(9, 350, 800))).toEqual([]);
    expect(differences(events(5, 100), events(100))).toEqual([]);
  });
  it('a truncated answer, and none at all', () => {
    expect(kinds({ body: '[1]' }, { body: '[1', ending: 'truncated' })).toEqual([['truncated', 'body']]);
    const none: Answer = { ok: false, failure: { code: 'RESET', message: 'x' } };
    const old = side({});
    expect(compareAnswers({ method: 'GET', old, new: { answer: none, view: null } })).toMatchObject([
      { kind: 'transport', old: 'answered 200', new: 'RESET' },
    ]);
    expect(
      compareAnswers({ method: 'GET', old: { answer: none, view: null }, new: { answer: none, view: null } }),
    ).toEqual([]);
  });
});
