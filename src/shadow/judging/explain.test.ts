import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RawHeaders } from '../../model/exchange.ts';
import type { Sketch } from '../__fixtures__/answers.ts';
import { unexplained } from '../__fixtures__/unexplained.ts';

const id = (n: number) => `0000000${n}-1111-4222-8333-444444444444`;

describe('a value made anew is explained', () => {
  it('a generated id only where the old side does not repeat itself', () => {
    const [old, next] = [{ body: `{"id":"${id(1)}"}` }, { body: `{"id":"${id(2)}"}` }];
    expect(unexplained(old, next, { varies: true })).toEqual([]);
    expect(unexplained(old, next, { varies: false })).toEqual(['json-value body.id']);
  });
  it('ids one to one: one that stands for two others is a finding', () => {
    const old = { body: `["${id(1)}","${id(2)}"]` };
    expect(unexplained(old, { body: `["${id(3)}","${id(4)}"]` }, { varies: true })).toEqual([]);
    expect(unexplained(old, { body: `["${id(3)}","${id(3)}"]` }, { varies: true })).toEqual([
      'identity body[]',
    ]);
  });
  it('a date within the clock budget, and no other', () => {
    const at = (second: number) => ({
      body: `{"at":"2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z"}`,
    });
    expect(unexplained(at(0), at(9), { varies: true })).toEqual([]);
    expect(unexplained(at(0), at(11), { varies: true })).toEqual(['json-value body.at']);
    const stamp = (second: string) => ({ body: `{"at":"2026-01-01 00:00:${second}"}` });
    expect(unexplained(stamp('00'), stamp('09'), { varies: true })).toEqual([]);
    expect(unexplained(stamp('00'), stamp('11'), { varies: true })).toEqual(['json-value body.at']);
  });
  it('a date of this very moment, even where the old side read the same millisecond twice', () => {
    const at = (ms: number) => ({ body: JSON.stringify({ at: new Date(Date.now() + ms).toISOString() }) });
    expect(unexplained(at(0), at(1))).toEqual([]);
    expect(unexplained(at(-86_400_000), at(1 - 86_400_000))).toEqual(['json-value body.at']);
  });
  it('a Last-Modified of a file both sides wrote, when a second passed between them', () => {
    const wrote = (second: number): Sketch => ({
      headers: [['Last-Modified', `Mon, 23 Nov 2026 11:23:0${second} GMT`]],
    });
    expect(unexplained(wrote(1), wrote(2), { varies: true })).toEqual([]);
    expect(unexplained(wrote(1), wrote(2))).toEqual(['header-value header:last-modified']);
  });
  it('uptime by its name, a duration only where it varies, a time taken in its header', () => {
    expect(unexplained({ body: '{"uptime":1.5}' }, { body: '{"uptime":2}' })).toEqual([]);
    expect(unexplained({ body: '{"duration":90}' }, { body: '{"duration":91}' })).toEqual([
      'json-value body.duration',
    ]);
    expect(
      unexplained({ headers: [['X-Response-Time', '1.2ms']] }, { headers: [['X-Response-Time', '13ms']] }),
    ).toEqual([]);
  });
  it('a fresh CSRF token inside a page, and not another word beside it', () => {
    const page = (token: string, word: string): Sketch => ({
      type: 'text/html',
      body: `<p>${word}</p><input value="${token}">`,
    });
    const left = (old: string, next: string, word = 'hi') =>
      unexplained(page(old, 'hi'), page(next, word), { varies: true });
    expect(left('a1b2c3d4e5f6a7b8', 'b1b2c3d4e5f6a7b9')).toEqual([]);
    expect(left('a1b2c3d4e5f6a7b8', 'b1b2c3d4e5f6a7b9', 'ho')).toEqual(['text body']);
    const lucky = 'XnQwErTyUi-aSdFgHjKlZxCvBnMqWeRtYuIo';
    expect(left(lucky, 'aB1cD2eF3-gH4iJ5kL6mN7oPqR8sT9uV0wXy')).toEqual([]);
    expect(left(lucky, 'some-words-in-lower-case')).toEqual(['text body']);
  });
  it('a date that was written down earlier in the run and is read now, and none from before it', () => {
    const at = (ms: number): Sketch => ({
      body: `{"createdAt":"${new Date(Date.now() - ms).toISOString()}"}`,
    });
    const [old, next] = [at(120_000), at(119_999)];
    expect(unexplained(old, next, { minutes: 5 })).toEqual([]);
    expect(unexplained(old, next, { minutes: 1 })).toEqual(['json-value body.createdAt']);
    expect(unexplained(at(240_000), next, { minutes: 5 })).toEqual(['json-value body.createdAt']);
  });
  describe('what is left of a rate limit’s window a moment later, and no other window, limit or count', () => {
    const left = (name: string, old: string, next: string) =>
      unexplained({ headers: [[name, old]] }, { headers: [[name, next]] });
    it.each([
      ['RateLimit-Reset', '899', '900'],
      ['X-RateLimit-Reset', '1795457807', '1795457809'],
      ['Retry-After', '60', '58'],
      ['RateLimit', 'limit=100, remaining=99, reset=899', 'limit=100, remaining=99, reset=900'],
      ['RateLimit', '"api";r=99;t=899', '"api";r=99;t=900'],
    ])('%s: %s and %s', (name, old, next) => expect(left(name, old, next)).toEqual([]));
    it.each([
      ['RateLimit-Reset', '60', '900'],
      ['RateLimit-Remaining', '19', '18'],
      ['RateLimit', 'limit=100, remaining=99, reset=60', 'limit=100, remaining=98, reset=60'],
      ['Retry-After', 'Mon, 23 Nov 2026 10:00:00 GMT', '60'],
    ])('not %s: %s and %s', (name, old, next) =>
      expect(left(name, old, next)).toEqual([`header-value header:${name.toLowerCase()}`]),
    );
  });
  it('a JSON Web Token of the same claims, by the clock alone or with ids of its own, and never one that says something else', () => {
    const second = Math.floor(Date.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const answer = (claims: object, alg = 'HS256'): Sketch => ({
      body: JSON.stringify({
        token: `${part({ alg, typ: 'JWT' })}.${part(claims)}.${part({ signed: claims })}`,
      }),
    });
    const old = { sub: '17', role: 'admin', iat: second - 1, exp: second + 3599 };
    const later = { ...old, iat: second, exp: second + 3600 };
    expect(unexplained(answer(old), answer(later))).toEqual([]);
    expect(
      unexplained(answer({ ...old, jti: 'a1b2c3d4e5f6a7b8' }), answer({ ...later, jti: 'b1b2c3d4e5f6a7b9' })),
    ).toEqual(['json-value body.token']);
    const made = { varies: true };
    expect(unexplained(answer(old), answer({ ...later, sub: '18' }), made)).toEqual([]);
    const wrong = ['json-value body.token'];
    expect(unexplained(answer(old), answer({ ...later, role: 'user' }), made)).toEqual(wrong);
    expect(unexplained(answer(old), answer({ ...later, exp: second + 86_400 }), made)).toEqual(wrong);
    expect(unexplained(answer(old), answer({ ...later, aud: 'x' }), made)).toEqual(wrong);
    expect(unexplained(answer(old), answer(later, 'none'), made)).toEqual(wrong);
    // An old token that one side keeps giving out is no token of this moment.
    expect(
      unexplained(answer({ ...old, iat: 1_700_000_000 }), answer({ ...old, iat: 1_700_000_001 })),
    ).toEqual(wrong);
  });
});

describe('another form of the same answer is explained', () => {
  it('the same content gzipped in other bytes is explained, another content is not', () => {
    const gzip: RawHeaders = [['Content-Encoding', 'gzip']];
    const [fast, best] = [1, 9].map((level) => gzipSync('abc '.repeat(2000), { level }));
    const zipped = (body: Buffer | undefined): Sketch => ({ type: 'text/plain', headers: gzip, body });
    expect(unexplained(zipped(fast), zipped(best))).toEqual([]);
    expect(unexplained(zipped(fast), zipped(gzipSync('abd')))).toEqual(['text body']);
    expect(unexplained(zipped(fast), { type: 'text/plain', body: 'abc '.repeat(2000) })).toEqual([
      'header-missing header:content-encoding',
      'encoding body',
    ]);
  });
  it('one header line for two with the same values, and not another value or a lost cookie', () => {
    const link = (...values: string[]): Sketch => ({ headers: values.map((value) => ['Link', value]) });
    expect(unexplained(link('a', 'b'), link('a, b'))).toEqual([]);
    expect(unexplained(link('a', 'b'), link('a'))).toEqual(['header-value header:link']);
    expect(
      unexplained(
        {
          headers: [
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2'],
          ],
        },
        { headers: [['Set-Cookie', 'a=1, b=2']] },
      ),
    ).not.toEqual([]);
  });
  it('no date that was cut in two at its comma', () => {
    const date = 'Mon, 23 Nov 2026 10:00:00 GMT';
    const [day = '', rest = ''] = date.split(', ');
    expect(
      unexplained(
        { headers: [['Expires', date]] },
        {
          headers: [
            ['Expires', day],
            ['Expires', rest],
          ],
        },
      ),
    ).toEqual(['header-value header:expires']);
  });
  it('no connection that only the new side ends', () => {
    const said = (value: string): Sketch => ({ headers: [['Connection', value]] });
    expect(unexplained(said('close'), said('keep-alive'))).toEqual([]);
    expect(unexplained(said('keep-alive'), said('close'))).toEqual(['header-value header:connection']);
  });
  it('an ETag that follows an explained body, and none of another form or without a cause', () => {
    const one = (n: number, etag: string): Sketch => ({
      body: `{"id":"${id(n)}"}`,
      headers: [['ETag', etag]],
    });
    expect(unexplained(one(1, 'W/"2a-abc"'), one(2, 'W/"2a-xyz"'), { varies: true })).toEqual([]);
    expect(unexplained(one(1, 'W/"2a-abc"'), one(2, '"2a-xyz"'), { varies: true })).toEqual([
      'header-value header:etag',
    ]);
    expect(unexplained(one(1, 'W/"2a-abc"'), one(1, 'W/"2a-xyz"'), { varies: true })).toEqual([
      'header-value header:etag',
    ]);
  });
  it('an ETag and a Content-Length that follow a waived body, and no other header', () => {
    const said = (message: string, more: RawHeaders = []): Sketch => ({
      type: 'text/plain',
      body: message,
      headers: [['Content-Length', String(message.length)], ['ETag', `W/"${message.length}-abc"`], ...more],
    });
    const waived = 'body';
    expect(unexplained(said('one'), said('other'), { waived })).toEqual(['text body']);
    expect(unexplained(said('one'), said('other'), { waived: 'header:x' })).toEqual([
      'text body',
      'header-value header:content-length',
      'header-value header:etag',
    ]);
    expect(unexplained(said('one'), said('other', [['X-A', '1']]), { waived })).toEqual([
      'header-added header:x-a',
      'text body',
    ]);
  });
  it('a static file’s ETag one millisecond off, and not one of another size', () => {
    const left = (next: string) =>
      unexplained({ headers: [['ETag', 'W/"d-1a207af86b0"']] }, { headers: [['ETag', next]] });
    expect(left('W/"d-1a207af86af"')).toEqual([]);
    expect(left('W/"e-1a207af86af"')).toEqual(['header-value header:etag']);
    expect(left('W/"d-1a207af86a0"')).toEqual(['header-value header:etag']);
  });
  it('chunked instead of Content-Length for Workers, elsewhere only when allowed, and never for HEAD', () => {
    const [old, next]: Sketch[] = [
      { body: '[1]', headers: [['Content-Length', '3']] },
      { body: '[1]', headers: [['Transfer-Encoding', 'chunked']] },
    ];
    if (!old || !next) throw new Error('unreachable');
    const left = ['header-missing header:content-length', 'header-added header:transfer-encoding'];
    expect(unexplained(old, next)).toEqual(left);
    expect(unexplained(old, next, { allow: ['framing'] })).toEqual([]);
    expect(unexplained(old, next, { runtimes: { old: 'node', new: 'workers' } })).toEqual([]);
    expect(
      unexplained(
        { ...old, body: '' },
        { ...next, body: '' },
        { runtimes: { old: 'node', new: 'workers' }, method: 'HEAD' },
      ),
    ).toEqual(left);
  });
  it('a lost reason phrase and Date from Workers only', () => {
    const [old, next]: [Sketch, Sketch] = [
      { headers: [['Date', 'Mon, 23 Nov 2026 10:00:00 GMT']] },
      { reason: 'unknown' },
    ];
    expect(unexplained(old, next, { runtimes: { old: 'node', new: 'workers' } })).toEqual([]);
    expect(unexplained(old, next)).toEqual(['reason reason', 'header-missing header:date']);
  });
});
