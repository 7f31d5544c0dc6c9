import { describe, expect, it } from 'vitest';
import type { Compared, OnRuntime } from './compare.ts';
import type { Conversion } from './convert.ts';
import { figuresOf, medianOf } from './figures.ts';
import { Application } from './list.ts';
import { page } from './page.ts';
import { type Row, rowOf } from './row.ts';

const COMMIT = 'a'.repeat(40);
const app = (name: string, more: object = {}): Application =>
  Application.parse({
    name,
    repository: `o/${name}`,
    commit: COMMIT,
    what: 'Express',
    entry: 'a.js',
    ...more,
  });

const handlers = (converted: number, refused = 0): Conversion => ({
  ...{ handlers: { converted, bridged: 0, kept: 0, refused }, limits: [], generated: 10, seconds: 1 },
  ...{ routes: { hono: converted, express: refused, package: 0 }, stays: [] },
});
const converted = (node: Conversion, workers = node) => ({
  ...{ date: '2026-01-01', version: '1.0.0', lines: 100, node, workers },
});
const compared = (verdict: string, differing = 0): Compared => ({
  ...{ traffic: 'routes', verdict, compared: 50, differing, routes: 2, uncovered: 0, differences: [] },
  ...{ explained: {}, owned: { 'parity/etag': 3 }, accepted: {}, plain: [] },
});
const on = (verdict: string, differing = 0): OnRuntime[] =>
  (['node@22', 'bun', 'deno'] as const).map((runtime) => ({
    ...{ runtime, version: '1', failed: null, runs: [compared(verdict, differing)] },
  }));
const run = (runtimes: OnRuntime[], failed: string | null = null) => ({
  ...{ date: '2026-01-01', version: '1.0.0', failed, runtimes },
});

describe('the scoreboard', () => {
  const rows: Row[] = [
    { ...rowOf(app('good'), undefined), converted: converted(handlers(4)), run: run(on('PASS')) },
    { ...rowOf(app('bad'), undefined), converted: converted(handlers(1, 1)), run: run(on('FAIL', 2)) },
    { ...rowOf(app('refused'), undefined), converted: converted(handlers(0, 3)) },
  ];

  it('counts its main figures from the rows', () => {
    expect(figuresOf(rows)).toMatchObject({
      ...{ applications: 3, converted: 3, run: 2, boot: 2, pass: 1, compared: 300, differing: 6, owned: 18 },
      ...{
        median: { node: 0.5, workers: 0.5 },
        whole: { node: 1, workers: 1 },
        refused: { node: 1, workers: 1 },
        ...{ inPlace: 0, unnamed: 3 },
      },
      ...{ verdicts: { PASS: 3, FAIL: 3 }, tests: 0, green: 0, cpu: null },
    });
  });

  it('tells of what goes in place where nothing else does', () => {
    const inPlace = { ...handlers(2), handlers: { converted: 2, bridged: 0, kept: 1, refused: 0 } };
    const [good, bad, refused] = rows as [Row, Row, Row];
    const told = { ...refused, converted: { ...converted(handlers(0, 3)), inPlace } };
    expect(figuresOf([good, bad, told])).toMatchObject({ inPlace: 1, refused: { node: 1 } });
    expect(page([told], [app('refused')])).toContain(
      '2 of 3 handlers become Hono’s where Express registers them',
    );
  });

  it('does not count an application that stays down on one runtime among those that boot', () => {
    const [node, bun, deno] = on('PASS') as [OnRuntime, OnRuntime, OnRuntime];
    const down = { ...deno, failed: 'no such module', runs: [] };
    expect(figuresOf([{ ...(rows[0] as Row), run: run([node, bun, down]) }])).toMatchObject({
      run: 1,
      boot: 0,
      pass: 0,
    });
  });

  it('says of a row that was not run why', () => {
    const mongo = app('mongo', { unrun: 'it needs MongoDB' });
    const list = [app('good'), app('bad'), app('refused'), mongo, app('late')];
    const text = page([...rows, rowOf(mongo, undefined), rowOf(app('late'), undefined)], list);
    expect(text).toContain('| [mongo](#mongo) | not run: it needs MongoDB |');
    expect(text).toContain('| [refused](#refused) | not run: nothing of it is converted |');
    expect(text).toContain('| [late](#late) | not run: its turn has not come |');
    expect(text).toContain('| [bad](#bad) | FAIL 2 / 50 | FAIL 2 / 50 | FAIL 2 / 50 | 3 |');
  });

  it('keeps what was found at the same commit only', () => {
    const [good] = rows as [Row, ...Row[]];
    expect(rowOf(app('good'), good).run).toEqual(good.run);
    expect(rowOf(app('good', { commit: 'b'.repeat(40) }), good)).not.toHaveProperty('run');
  });

  it('takes the middle of what it has, or the mean of the two in the middle', () => {
    expect([medianOf([]), medianOf([3, 1, 2]), medianOf([4, 1, 2, 3])]).toEqual([null, 2, 2.5]);
  });
});
