import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MigrateError } from '../../model/errors.ts';
import { readTraffic } from '../index.ts';
import { scanHar } from './_har-scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'har-hostile-'));
let files = 0;

function har(text: string | Buffer): string {
  const file = join(folder, `${++files}.har`);
  writeFileSync(file, text);
  return file;
}

const entry = (request: object = {}, response: object = {}, more: object = {}) => ({
  ...more,
  request: { method: 'GET', url: 'http://localhost:3000/a', headers: [], ...request },
  response: { status: 200, statusText: 'OK', headers: [], content: { text: 'ok' }, ...response },
});
const log = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });

/** What the scanner finds in a text that comes in blocks of so many bytes; the reason when it refuses. */
function scan(text: string, block: number): string[] {
  const found: string[] = [];
  const bytes = Buffer.from(text);
  const scanner = scanHar({
    entry: (one) => found.push(`${one.position} ${one.at} ${one.request} ${one.bytes.toString()}`),
    refuse: (what) => new MigrateError('HAR_INVALID', what),
  });
  try {
    for (let i = 0; i < bytes.length; i += block) scanner.write(Buffer.from(bytes.subarray(i, i + block)));
    scanner.end();
  } catch (error) {
    if (!(error instanceof MigrateError)) throw error;
    return [error.message];
  }
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Numbers from 0 to below `limit`, the same on each run. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const NASTY = log(
  entry(
    { url: 'http://x/\\"\\\\' },
    { content: { text: '\\\\"}],{"[é😀\u0000\n' } },
    { _x: [[], {}, -1.5e3] },
  ),
  entry({}, {}, { '"request': { request: 1 }, _y: null }),
  'text',
  [1, [2]],
);

describe('a HAR in blocks', () => {
  it('gives the same entries wherever the blocks end', () => {
    const whole = scan(NASTY, NASTY.length);
    expect(whole).toHaveLength(4);
    const texts = (JSON.parse(NASTY) as { log: { entries: unknown[] } }).log.entries;
    expect(whole.map((one) => JSON.parse(one.split(' ').slice(3).join(' ')))).toEqual(texts);
    for (let block = 1; block < 40; block++) expect(scan(NASTY, block)).toEqual(whole);
  });

  it('is refused as no JSON only where it is none, and never read past a fault in its structure', () => {
    const roll = dice(7);
    const begin = NASTY.indexOf('[');
    let [refused, read] = [0, 0];
    for (let i = 0; i < 3000; i++) {
      const at = begin + roll(NASTY.length - begin);
      const put = [
        '',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        ' ',
        '0',
        'é',
        NASTY[roll(NASTY.length)] ?? '',
      ];
      const text = NASTY.slice(0, at) + (put[roll(put.length)] ?? '') + NASTY.slice(at + roll(3));
      const found = scan(text, 1 + roll(30));
      // The inside of strings is left to the parser of the entry.
      const isRefused = !found.every((one) => /^\d/.test(one) && isJson(one.split(' ').slice(3).join(' ')));
      if (isJson(text)) {
        read++;
        if (/is not JSON|is cut off/.test(found[0] ?? '')) expect.fail(`${text} gives ${found[0]}`);
      } else {
        refused++;
        if (!isRefused) expect.fail(`${text} is read, and is no JSON`);
      }
    }
    expect(refused).toBeGreaterThan(500);
    expect(read).toBeGreaterThan(500);
  });

  it('is said to be cut off wherever it ends too early, with the entry and the byte', async () => {
    const text = log(entry(), entry());
    for (let end = 1; end < text.length; end++) {
      const [message] = scan(text.slice(0, end), 64);
      expect(message, text.slice(0, end)).toMatch(
        new RegExp(`is cut off (in entry [12] )?at byte ${end}: its JSON ends in the middle`),
      );
    }
    await expect(readTraffic(har(text.slice(0, -30)))).rejects.toMatchObject({
      message: expect.stringMatching(/\.har is cut off in entry 2 at byte \d+/),
      hint: expect.stringContaining('Export it again'),
    });
  });
});

describe('a hostile HAR', () => {
  const CASES: [string, () => string, RegExp][] = [
    [
      'nests without end',
      () => log(entry({}, {}, { _x: 0 })).replace('"_x":0', `"_x":${'['.repeat(1e6)}`),
      /nests more than 512 deep in entry 1 at byte \d+/,
    ],
    [
      'nests without end outside its entries',
      () => `{"log":{"pages":${'{"a":'.repeat(1e5)}`,
      /nests more than 512 deep at byte/,
    ],
    [
      'is made of millions of values',
      () => log(entry({}, {}, { _x: 0 })).replace('"_x":0', `"_x":[${'{},'.repeat(1_000_001)}0]`),
      /holds more than 1,000,000 values in entry 1/,
    ],
    ['has its entries twice', () => '{"log":{"entries":[],"entries":[]}}', /has "log.entries" twice/],
    [
      'has a bad escape in an entry',
      () => log(entry()).replace('OK', '\\q'),
      /is not JSON in entry 1 at byte \d+/,
    ],
    ['has a list for an entry', () => log(entry(), []), /entry 2 is malformed at its root \(byte \d+\)/],
    [
      'has a word for a number',
      () => log(entry()).replace('200', 'NaN'),
      /is not JSON in entry 1 at byte \d+: a word/,
    ],
    ['goes on behind its end', () => `${log(entry())} {}`, /is not JSON at byte \d+: a value stands/],
    [
      'has messages of a wrong type',
      () => log(entry({}, {}, { _webSocketMessages: [{ type: 'send', data: 5 }] })),
      /entry 1 is malformed at _webSocketMessages\.0\.data/,
    ],
  ];
  it.each(CASES)(
    'that %s is refused in one sentence with a place and a next step',
    async (_, text, message) => {
      await expect(readTraffic(har(text()))).rejects.toMatchObject({
        name: 'MigrateError',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/\w/),
        exitCode: 3,
      });
    },
  );

  it('with negative and absurd times is read, with no time below zero', async () => {
    const file = har(
      log(entry({}, {}, { time: -1, startedDateTime: 'yesterday' }), entry({}, {}, { time: -1e308 })),
    );
    const { exchanges } = await readTraffic(file);
    expect(exchanges.map(({ response }) => response?.totalMs)).toEqual([0, 0]);
  });

  it('with bytes that are no UTF-8 is read, and they are no longer themselves', async () => {
    const [before, after] = log(entry({}, { content: { text: '@' } })).split('@');
    const bytes = Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff]), Buffer.from(after ?? '')]);
    const { exchanges } = await readTraffic(har(bytes));
    expect(Buffer.from(exchanges[0]?.response?.body ?? []).toString()).toBe('\ufffd');
  });

  it('with an answer beyond the limit has its request sent, and says what it left out', async () => {
    const long = 'x'.repeat(33 * 1024 * 1024);
    const [first = '', rest = ''] = log(
      entry(),
      entry({ url: 'http://localhost:3000/long' }, { content: { text: '@' } }),
      entry({ url: 'http://localhost:3000/upload', postData: { text: '%' } }),
    ).split('@');
    const file = har(`${first}${long}${rest.replace('%', long)}`);
    const { exchanges, warnings, skipped } = await readTraffic(file);
    expect(exchanges.map(({ request, response }) => [request.path, response?.status])).toEqual([
      ['/a', 200],
      ['/long', undefined],
    ]);
    expect(warnings.join('\n')).toContain('1 of 3 entries are longer than 32 MiB');
    expect([...skipped]).toEqual([['longer than 32 MiB, and its request is not at its beginning', 1]]);
  });

  it('that changes while it is in use is not replayed as something else', async () => {
    const file = har(log(entry(), entry()));
    const { exchanges } = await readTraffic(file);
    writeFileSync(file, log(entry({ url: 'http://localhost:3000/b' }), entry()));
    expect(() => exchanges[0]?.request.path).toThrow(/changed while it was in use/);
  });
});
