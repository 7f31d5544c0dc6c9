import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Exchange } from '../../model/exchange.ts';
import { readTraffic } from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'har-test-'));

function har(text: string, name = 'traffic.har'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const entry = (request: object = {}, response: object = {}, more: object = {}) => ({
  request: { method: 'GET', url: 'http://localhost:3000/a?b=1&b=2#c', headers: [], ...request },
  response: { status: 200, statusText: 'OK', headers: [], content: { text: 'ok' }, ...response },
  ...more,
});
const log = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });
const only = async (value: unknown) => {
  const [exchange] = (await readTraffic(har(log(value)))).exchanges;
  if (!exchange) throw new Error('no exchange');
  return Exchange.parse(exchange);
};

describe('a HAR is read', () => {
  it('with the request target as it was sent, and repeated headers in order', async () => {
    const { request, response } = await only(
      entry(
        {
          url: 'http://localhost:3000/a%2fb/../c?x=%zz',
          headers: [
            { name: 'X-A', value: '1' },
            { name: 'x-a', value: '2' },
          ],
        },
        { headers: [{ name: 'set-cookie', value: 'a=1\nb=2' }] },
      ),
    );
    expect(request).toMatchObject({
      origin: 'http://localhost:3000',
      path: '/a%2fb/../c?x=%zz',
      headers: [
        ['X-A', '1'],
        ['x-a', '2'],
      ],
    });
    expect(response?.headers).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
  });

  it('with bodies byte for byte when they are base64', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 128]);
    for (const key of ['encoding', '_encoding']) {
      const { request } = await only(
        entry({ method: 'POST', postData: { text: bytes.toString('base64'), [key]: 'base64' } }),
      );
      expect(Buffer.from(request.body ?? [])).toEqual(bytes);
    }
  });

  it('with a multipart body rebuilt from its parameters', async () => {
    const { request } = await only(
      entry({
        method: 'POST',
        headers: [{ name: 'Content-Type', value: 'multipart/form-data; boundary=XX' }],
        postData: {
          mimeType: 'multipart/form-data',
          params: [{ name: 'f', fileName: 'a.txt', contentType: 'text/plain', value: 'hi' }],
        },
      }),
    );
    expect(Buffer.from(request.body ?? []).toString()).toBe(
      '--XX\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhi\r\n--XX--\r\n',
    );
  });

  it('with a response the client left marked as aborted, and one that was blocked as missing', async () => {
    expect((await only(entry({}, { _error: 'net::ERR_ABORTED' }))).response?.ending).toBe('aborted');
    expect((await only(entry({}, { status: 0 }))).response).toBeNull();
  });

  it('leaving out what is not HTTP, with a warning', async () => {
    const { exchanges, warnings } = await readTraffic(
      har(log(entry(), entry({ url: 'ws://x/' }), entry({ url: 'data:text/plain,x' }))),
    );
    expect(exchanges).toHaveLength(1);
    expect(warnings).toHaveLength(2);
  });

  it('as a HAR, also when each entry stands on a line of its own or quotes another format', async () => {
    const spec = '{ "openapi": "3.1.0", "$schema": "https://schema.getpostman.com/json/collection/v2.1.0/" }';
    const lines = [entry(), entry({}, { content: { text: spec } })].map((one) => JSON.stringify(one));
    const file = har(`{"log":{"entries":[\n${lines.join('\n,\n')}\n]}}`, 'lines.json');
    expect(await readTraffic(file)).toMatchObject({ source: 'har', exchanges: [{ index: 1 }, { index: 2 }] });
  });

  it('warning that it holds requests to other hosts, which are sent all the same', async () => {
    const [a, b] = [entry(), entry({ url: 'https://cdn.test/x.js' })];
    expect((await readTraffic(har(log(a, a)))).warnings).toEqual([]);
    const { exchanges, warnings } = await readTraffic(har(log(a, b, a)));
    expect(exchanges).toHaveLength(3);
    expect(warnings).toEqual([
      expect.stringContaining('holds requests to 2 hosts (localhost:3000 ×2, cdn.test ×1): all are sent'),
    ]);
  });

  it('warning that it looks sanitised when it sets cookies and never sends one', async () => {
    const { warnings } = await readTraffic(har(log(entry({}, { status: 401 }))));
    expect(warnings[0]).toContain('it looks sanitised');
  });
});

describe('bad input gives one sentence that names the file', () => {
  const CASES: [string, string, RegExp, number][] = [
    ['cut off', log(entry()).slice(0, -9), /traffic\.har is cut off/, 3],
    ['not JSON', '{"log": nope}', /traffic\.har is not JSON/, 3],
    ['no HAR', '{"entries": []}', /is JSON but no HAR: it has no "log"/, 3],
    ['no list', '{"log": {"entries": {}}}', /"log\.entries" is no list/, 3],
    ['a wrong type', log(entry(), entry({ headers: 'x' })), /entry 2 is malformed at request\.headers/, 3],
    [
      'a negative status type',
      log(entry({}, { status: '200' })),
      /entry 1 is malformed at response\.status/,
      3,
    ],
    ['an empty file', '', /is cut off/, 3],
    ['no entries', log(), /holds no HTTP exchange/, 7],
    ['no HTTP entries', log(entry({ url: 'ws://x/' })), /holds no HTTP exchange/, 7],
  ];
  it.each(CASES)('%s', async (_, text, message, exitCode) => {
    await expect(readTraffic(har(text))).rejects.toMatchObject({
      name: 'MigrateError',
      message: expect.stringMatching(message),
      exitCode,
    });
  });

  it('a file that is missing, a folder, or of no known kind', async () => {
    await expect(readTraffic(join(folder, 'gone.har'))).rejects.toThrow(
      /gone\.har cannot be read: it does not exist/,
    );
    await expect(readTraffic(folder)).rejects.toThrow(/no recorded traffic that migrate can read/);
    await expect(readTraffic(har('hello', 'notes.txt'))).rejects.toThrow(
      /no recorded traffic that migrate can read/,
    );
  });
});
