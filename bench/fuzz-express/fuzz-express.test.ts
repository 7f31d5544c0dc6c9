import { describe, expect, it } from 'vitest';
import { IDIOMATIC, WIRE } from '../express-coverage/convert.ts';
import { judge, NODE, withoutWording } from './judge.ts';
import { count, emptyTotals, report, summary } from './page.ts';
import { programOf } from './program.ts';
import { shrink } from './shrink.ts';

const withoutStatus = (text: string): string =>
  text.replace(/, \d{3}\)/g, ')').replace(/\bc\.status\(\d{3}\)/g, 'c.status(200)');

/** The codemod with a fault: a status that is written out is lost. */
const faulty = (codemod: typeof WIRE): typeof WIRE => ({
  ...codemod,
  run: async (input) => {
    const output = await codemod.run(input);
    const edits = [...output.edits].map(
      ([path, all]) => [path, all.map((edit) => ({ ...edit, text: withoutStatus(edit.text) }))] as const,
    );
    return { ...output, edits: new Map(edits) };
  },
});
const planted = faulty(WIRE);

const seeds = [1, 9, 10, 12, 14, 18, 21, 23];

describe('the fuzzer', () => {
  it('makes the same program and requests of the same seed, and others of another', () => {
    expect(programOf(7)).toEqual(programOf(7));
    expect(programOf(7).files).not.toEqual(programOf(8).files);
  });

  it('finds nothing in some programs, and a planted fault in some of them', async () => {
    const programs = seeds.map((seed) => programOf(seed));
    const totals = emptyTotals();
    for (const verdict of await judge(programs, [NODE])) {
      expect(verdict.found?.message).toBeUndefined();
      count(totals, verdict);
    }
    expect(totals.requests).toBeGreaterThan(60);
    expect(summary(totals)).toMatch(/^8 programs, \d+ answers compared: .*wrong 0/);
    const found = (await judge(programs.slice(0, 3), [NODE], planted)).filter(
      ({ outcome }) => outcome === 'wrong',
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.found?.message).toMatch(/status \d{3} .* became \d{3}/);
  });

  it('finds nothing in them with --parity idiomatic but what was announced, and the same fault', async () => {
    const programs = seeds.map((seed) => programOf(seed));
    for (const verdict of await judge(programs, [NODE], IDIOMATIC))
      expect(verdict.found?.message).toBeUndefined();
    const wrong = await judge(programs, [NODE], faulty(IDIOMATIC));
    const found = wrong.filter(({ outcome }) => outcome === 'wrong');
    expect(found.length).toBeGreaterThan(0);
  });

  it('makes a wrong program small, and shows it with its request and both answers', async () => {
    const app = [
      "const express = require('express');",
      'const app = express();',
      "app.get('/a', (req, res) => {",
      "  res.set('X-A', '1');",
      '  res.status(404).json({ none: true });',
      '});',
      "app.get('/b', (req, res) => res.send('b'));",
      'app.listen(process.env.PORT);',
    ];
    const files = new Map([...programOf(2).files].filter(([path]) => path === 'package.json'));
    const one = {
      ...programOf(2),
      id: 'p2',
      entry: 'app.js',
      files: files.set('app.js', `${app.join('\n')}\n`),
    };
    const requests = ['/b', '/a'].map((path) => ({
      ...{ method: 'GET', path, headers: {}, body: null, timeout: 800 },
    }));
    const [wrong] = await judge([{ ...one, requests }], [NODE], planted);
    if (wrong === undefined) throw new Error('nothing was judged');
    const text = report(await shrink(wrong, [NODE], planted), true);
    expect(text).toMatch(/GET \/a: status 404 Not Found became 200 OK/);
    expect(text).toMatch(/\.status\(404\)/);
    expect(text).not.toMatch(/X-A|'\/b'/);
    expect(text).toMatch(/"path":"\/a".*\nbefore: .*404 Not Found.*\nafter: {2}.*200 OK/);
  });
});

describe('the comparison on another engine', () => {
  const v8 = {
    status: '200 OK',
    headers: ['content-length: 48', 'x-a: 1'],
    body: 'Unexpected token \'"\', ""text"" is not valid JSON',
  };
  const other = {
    ...v8,
    headers: ['content-length: 40', 'x-a: 1'],
    body: "JSON Parse error: Unrecognized token '\"'",
  };

  it.each([
    ['E: Unexpected end of JSON input', 'E: JSON Parse error: Unexpected EOF'],
    ['{"error":"Unexpected end of JSON input","n":1}', '{"error":"JSON Parse error: Unexpected EOF","n":1}'],
    ["Expected property name or '}' in JSON at position 1", "JSON Parse error: Expected '}'"],
    ['{\n\t"last": "Unexpected end of JSON input"\n}', '{\n\t"last": "JSON Parse error: Unexpected EOF"\n}'],
    ['["Unexpected end of JSON input"]', '["JSON Parse error: Unexpected EOF"]'],
    ['"Unexpected end of JSON input"', '"JSON Parse error: Unexpected EOF"'],
    [
      JSON.stringify({ e: `Unexpected token 'a', "a" is not valid JSON`, n: '"' }),
      JSON.stringify({ e: 'JSON Parse error: Unexpected identifier "a"', n: '"' }),
    ],
    [`E: Unexpected token 'a', "a" is not valid JSON`, 'E: JSON Parse error: Unexpected identifier "a"'],
    [`Unexpected token '<', "<p>" is not valid JSON`, "JSON Parse error: Unrecognized token '<'"],
    [
      'Unterminated string in JSON at position 9',
      'Unterminated string in JSON at position 9 (line 1 column 10)',
    ],
  ])('knows %s', (one, two) => {
    const [want, got] = withoutWording({ ...v8, body: one }, { ...other, body: two });
    expect(got).toEqual(want);
  });

  it('leaves out what the engine says of text that is no JSON, and nothing beside it', () => {
    const [want, got] = withoutWording(v8, other);
    expect(got).toEqual(want);
    const [, more] = withoutWording(v8, { ...other, headers: ['x-a: 2'] });
    expect(more).not.toEqual(want);
    const plain = { ...other, body: 'no words of an engine' };
    expect(withoutWording(v8, plain)).toEqual([v8, plain]);
  });
});
