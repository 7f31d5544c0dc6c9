import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../express-coverage/run.ts';
import { type KoaRun, loadCases, type Outcome, runCoverage } from './run.ts';

/** One case in so many is run here; `npm run coverage:koa` runs them all, on every runtime. */
const SAMPLE = 6;
const ORDER: Outcome[] = ['converted', 'bridged', 'kept', 'refused', 'wrong'];

let run: KoaRun;
let all: string[];
let committed: Record<string, Outcome>;

beforeAll(async () => {
  const cases = await loadCases();
  all = cases.map(({ id }) => id);
  run = await runCoverage(
    cases.filter((_, index) => index % SAMPLE === 0),
    ['here'],
  );
  const file = join(repositoryRoot(), 'codemods', 'koa-to-hono', 'coverage', 'outcomes.json');
  committed = JSON.parse(await readFile(file, 'utf8'));
});

describe('applications of Koa, converted', () => {
  it('answer as before, or are refused', () => {
    const wrong = run.rows.filter(({ outcome }) => outcome === 'wrong');
    expect(wrong.map(({ one, why }) => `${one.id}: ${why.join(' / ')}`)).toEqual([]);
    expect(run.rows.length).toBeGreaterThan(7);
  });

  it('fare no worse than in the committed table, where each of them is', () => {
    const worse = run.rows.filter(
      ({ one, outcome }) => ORDER.indexOf(outcome) > ORDER.indexOf(committed[one.id] ?? 'wrong'),
    );
    expect(worse.map(({ one, why }) => `${one.id}: ${why.join(' / ')}`)).toEqual([]);
    expect(all.filter((id) => committed[id] === undefined)).toEqual([]);
  });

  it('let in nobody whom the original keeps out', () => expect(run.guards.letIn).toBe(0));
});
