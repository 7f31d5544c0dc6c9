import { expect, test } from 'vitest';
import type { Compared } from '../field-test/compare.ts';
import { Application } from '../field-test/list.ts';
import { type Row, rowOf } from '../field-test/row.ts';
import { scoreboard } from './scoreboard.ts';

const app = (name: string, more: object = {}): Application =>
  Application.parse({
    ...{ name, repository: `o/${name}`, commit: 'a'.repeat(40), what: 'Koa', entry: 'a.js' },
    ...more,
  });
const node = {
  ...{ handlers: { converted: 3, bridged: 0, kept: 1, refused: 0 }, limits: [], generated: 10, seconds: 1 },
  ...{ routes: null, stays: [{ outcome: 'kept' as const, reason: 'it has no rule', places: ['a.js:1:1'] }] },
};
const converted = { date: '2026-01-01', version: '1.0.0', lines: 100, node, workers: node };
const compared = (differing: number): Compared => ({
  ...{ traffic: 'routes', verdict: differing === 0 ? 'PASS' : 'FAIL', compared: 50, differing, routes: 2 },
  ...{ uncovered: 0, differences: [], explained: {}, owned: {}, accepted: {}, plain: [] },
  p50: { old: 2, new: 3 },
});
const row = (one: Application, differing: number, more: object = {}): Row => ({
  ...rowOf(one, undefined),
  converted,
  run: {
    ...{ date: '2026-01-01', version: '1.0.0', failed: null, ...more },
    runtimes: (['node@22', 'bun', 'deno'] as const).map((runtime) =>
      runtime === 'bun'
        ? { ...{ runtime, version: null, failed: 'no such module', originalBoots: false, runs: [] } }
        : { runtime, version: '1', failed: null, runs: [compared(differing)] },
    ),
  },
});

test('what was not run or not asked is not said to be missing', () => {
  const [asked, silent] = [app('asked', { test: ['jest'] }), app('silent', { test: ['jest'] })];
  const tests = { before: { passed: 5, failed: 0, exitCode: 0, tail: [] }, after: null };
  const lines = scoreboard(
    [row(asked, 2, { tests, types: { before: 0, after: 1 } }), row(silent, 0)],
    [asked, silent],
  );
  const line = (name: string) => lines.find((each) => each.startsWith(`| [o/${name}]`));
  expect(line('asked')).toContain(
    '| 3 · 1 | 100 | FAIL 2 / 50 | nor does the original | FAIL 2 / 50 | 5 ok → exit – | 0 → 1 | 2.0 → 3.0 |',
  );
  expect(line('silent')).toContain(
    '| PASS | nor does the original | PASS | not run | not asked | 2.0 → 3.0 |',
  );
});

test('an application that is not run says why, beside what keeps its handlers', () => {
  const mongo = app('mongo', { unrun: 'it asks for MongoDB' });
  const lines = scoreboard([{ ...rowOf(mongo, undefined), converted }], [mongo]);
  expect(lines.at(-1)).toContain(
    '| 4 | 3 | 0 | 1 | 0 | it has no rule (a.js:1:1); *not run: it asks for MongoDB* |',
  );
});
