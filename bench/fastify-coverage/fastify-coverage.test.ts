import { beforeAll, describe, expect, it } from 'vitest';
import type { CoverageRun } from '../express-coverage/run.ts';
import { fastifyCases, runFastifyCoverage } from './run.ts';
import { committedOutcomes, page } from './table.ts';

/** One subject in so many is run here; `npm run coverage:fastify` runs them all. */
const SAMPLE = 4;

let run: CoverageRun;
let all: string[];

beforeAll(async () => {
  const cases = await fastifyCases();
  all = cases.map(({ id }) => id);
  const sampled = cases.filter(
    ({ id, entry }, index) => index % SAMPLE === 0 && !/\.ts$/.test(entry) && id !== '',
  );
  run = await runFastifyCoverage(sampled, ['here']);
});

describe('every Fastify case, converted', () => {
  it('answers as before, or is refused with a reason', () => {
    const wrong = run.rows.filter(({ outcome }) => outcome === 'wrong');
    expect(wrong.map(({ one, why }) => `${one.id}: ${why.join(' / ')}`)).toEqual([]);
    const silent = run.rows.filter(({ outcome, why }) => outcome === 'refused' && why.length === 0);
    expect(silent).toEqual([]);
    expect(run.rows.length).toBeGreaterThan(10);
  });

  it('fares as in the committed table, which has them all', () => {
    const committed = committedOutcomes();
    expect(all.filter((id) => committed[id] === undefined)).toEqual([]);
    expect(run.rows.map(({ one, outcome }) => [one.id, outcome])).toEqual(
      run.rows.map(({ one }) => [one.id, committed[one.id]]),
    );
  });

  it('has a row in the page', () => {
    expect(page(run, '2026-01-01').match(/^\| [^|]+ \| [45] \| /gm)).toHaveLength(run.rows.length);
  });
});
