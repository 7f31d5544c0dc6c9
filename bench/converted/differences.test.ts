import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/verdict.ts';
import { BY_HAND, entryOf, FIXTURES, SERVERS, type Target } from './assemble.ts';
import { type Difference, hold, readDifferences } from './differences.ts';

type Cell = RunReport['cells'][number];
const cell = (location: string, old: string | null, next: string | null, more: Partial<Cell> = {}): Cell => ({
  ...{ route: 'GET /a', kind: 'header-value', location, severity: 'breaking', exchanges: 2 },
  exemplars: [{ exchange: 1, request: 'GET /a', old, new: next }],
  ...more,
});
const entry = (locations: string[], more: Partial<Difference> = {}): Difference => ({
  ...{ why: 'it is so', routes: ['*'], locations, ...more },
});
const root = join(import.meta.dirname, '../..');

describe('what a run found, held against the list', () => {
  const charset = entry(['header:content-type'], { spelling: true });

  it('is listed where an entry names its route and place', () => {
    const list = [entry(['header:etag'], { routes: ['GET /a'] })];
    const { listed, unlisted, served } = hold({ cells: [cell('header:etag', '"1"', null)] }, list, 'bun');
    expect({ listed, unlisted, served: [...served] }).toEqual({ listed: 1, unlisted: [], served: list });
  });

  it.each([
    ['another route', entry(['header:etag'], { routes: ['GET /b'] })],
    ['another place', entry(['header:vary'])],
    ['another kind', entry(['header:etag'], { kind: 'header-missing' })],
    ['another runtime', entry(['header:etag'], { runtime: 'deno' })],
  ])('is not where it names %s', (_, one) => {
    const { unlisted, served } = hold({ cells: [cell('header:etag', '"1"', '"2"')] }, [one], 'bun');
    expect(unlisted).toEqual(['GET /a header:etag: "1" → "2" ×2']);
    expect(served.size).toBe(0);
  });

  it('takes a charset for spelling, and another type for what it is', () => {
    const spelled = cell('header:content-type', 'application/json; charset=utf-8', 'application/json');
    const other = cell('header:content-type', 'application/json; charset=utf-8', 'text/plain');
    expect(hold({ cells: [spelled] }, [charset], 'bun').unlisted).toEqual([]);
    expect(hold({ cells: [other] }, [charset], 'bun').unlisted).toHaveLength(1);
  });

  it('leaves out what the run explained', () => {
    const cells = [cell('header:etag', '"1"', null, { explained: { by: 'rule', id: 'clock' } })];
    expect(hold({ cells }, [], 'bun')).toMatchObject({ listed: 0, unlisted: [] });
  });
});

describe.each(Object.entries(BY_HAND))('%s by hand', (name, { reused }) => {
  const own = join(root, 'bench', 'converted', 'by-hand', name);

  it('takes over what is there in the fixture, and has none of it itself', () => {
    expect(reused.filter((path) => !existsSync(join(root, 'fixtures', name, path)))).toEqual([]);
    expect(reused.filter((path) => existsSync(join(own, path)))).toEqual([]);
  });

  it('has a server for each runtime', () => {
    const missing = (Object.keys(SERVERS) as Target[]).filter(
      (target) => !existsSync(join(own, entryOf(name, target))),
    );
    expect(missing).toEqual([]);
  });
});

describe('the lists of differences', () => {
  it.each(FIXTURES)('of %s can be read', (name) => {
    const file = join(root, 'bench', 'converted', 'by-hand', name, 'differences.yaml');
    expect(readDifferences(file).length).toBeGreaterThan(3);
  });
});
