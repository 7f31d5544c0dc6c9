import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import type { Try, TryFigures, TryWay } from '../model/try.ts';
import { writeTry } from '../workspace/evidence/tries.ts';
import { identityOf } from '../workspace/identity.ts';
import { openRepository } from '../workspace/repository.ts';
import { run, shop } from './__fixtures__/express-project.ts';

const at = (value: number) => ({ measured: { low: value * 0.95, at: value, high: value * 1.05 } });
const figures = (perSecond: number): TryFigures => ({
  ...{ firstAnswer: at(300), p50: at(2000 / perSecond), p99: at(9), memory: at(80e6) },
  perSecond: { measured: { ...at(perSecond).measured, atLeast: false } },
  share: { measured: { service: at(48).measured, cpu: at(2).measured, share: at(0.04).measured } },
});
const way = (spec: string, version: string, more: Partial<TryWay> = {}): TryWay => ({
  ...{ spec, code: 'as-is', baseline: false, failed: null, said: [], notes: [] },
  runtime: { spec, name: spec.split('@')[0] ?? '', version, platform: 'linux-x64-glibc' },
  answers: { same: 60, of: 60, causes: [], limits: [] },
  figures: figures(2_000),
  ...more,
});

/** An application of one route with a try of its files as they are. */
async function tried(...ways: TryWay[]): Promise<string> {
  const root = shop();
  mkdirSync(join(root, '.migrate'));
  const found: Try = {
    ...{
      schema: 'migrate/try',
      version: 1,
      id: '2026-11-28-100000-abcd',
      madeAt: '2026-11-28T10:00:00.000Z',
    },
    ...{ durationMs: 60_000, tool: '0.3.0', machine: { platform: 'linux-x64', cores: 2, cpu: 'x' } },
    project: { name: 'shop', routes: 1, entry: 'app.js' },
    identity: await identityOf(await openRepository(root)),
    requests: { source: 'routes', file: 'routes', sha256: 'x', asked: 60, load: 60, leftOut: [] },
    load: { seconds: 6, rounds: 6, atOnce: 8 },
    ways: [way('node@22', '22.23.5', { baseline: true, answers: null, figures: figures(1_000) }), ...ways],
    warnings: [],
  };
  writeTry(root, found);
  return root;
}

async function planOf(root: string, target: string): Promise<Plan> {
  const { documents } = await run(root, ['plan', '--target', target, '--json']);
  return documents[0] as Plan;
}

describe('a plan where the application was tried', () => {
  it('cites the try in place of what was measured elsewhere', async () => {
    const plan = await planOf(await tried(way('bun', '1.4.5')), 'bun');
    const known = plan.verdict.because.filter(({ known: how }) => how !== 'read');
    expect(known.map(({ sentence }) => sentence)).toEqual([
      'Tried on bun 1.4.5, unmodified: 60 of 60 requests are answered the same; 1.0 ms at the median instead of 2.0 ms, 2,000 requests a second instead of 1,000.',
      'At most 4% of a request here is spent in the process at all: no runtime can win more.',
    ]);
    for (const reason of known)
      expect(reason).toMatchObject({ known: 'probed', source: 'migrate try 2026-11-28-100000-abcd' });
    expect(plan.recommended.reason).toBe(
      'tried on bun 1.4.5, unmodified, it answers all of 60 requests the same',
    );
  });

  it('is blocked where it does not start there, with the reason and the command', async () => {
    const plan = await planOf(
      await tried(way('bun', '1.4.5', { failed: 'cannot find x', answers: null })),
      'bun',
    );
    expect(plan.blockers).toContainEqual(
      expect.objectContaining({
        sentence: 'tried on bun 1.4.5, it does not start: cannot find x',
        command: 'migrate try --on bun',
      }),
    );
    expect(plan.verdict.kind).toBe('move-after-blockers');
    expect(plan.recommended.name).toBe('node');
  });

  it('lists what differed, by cause', async () => {
    const cause = {
      title: 'body: text',
      requests: 2,
      routes: ['GET /a'],
      owner: 'runtime' as const,
      example: null,
    };
    const answers = { same: 58, of: 60, causes: [cause], limits: [] };
    const plan = await planOf(await tried(way('bun', '1.4.5', { answers })), 'bun');
    expect(plan.differences[0]?.sentence).toBe(
      'tried on bun 1.4.5: body: text, in 2 of 60 requests (GET /a)',
    );
  });

  it('leaves out a try of another version of the target', async () => {
    const plan = await planOf(await tried(way('bun@1.2', '1.2.23')), 'bun@1.4');
    expect(plan.verdict.because.filter(({ known }) => known === 'probed')).toEqual([]);
  });

  it('says that a try is of other files, and does not use it', async () => {
    const root = await tried(way('bun', '1.4.5'));
    writeFileSync(join(root, 'more.js'), '');
    const plan = await planOf(root, 'bun');
    expect(plan.verdict.because.filter(({ known }) => known === 'probed')).toEqual([]);
    expect(plan.notChecked[0]?.reason).toMatch(
      /the try of 2026-11-28 was made of other files; `migrate try`/,
    );
    writeFileSync(join(root, 'package-lock.json'), '{}');
    expect((await planOf(root, 'bun')).notChecked[0]?.reason).toMatch(/made with another package-lock\.json/);
  });

  it('is listed by status', async () => {
    const root = await tried(way('bun', '1.4.5'), way('deno', '2.9.6', { failed: 'x', answers: null }));
    const { out } = await run(root, ['status']);
    expect(out).toMatch(/Tried +2026-11-28 {2}2 of 3 rows start, 1 answer the same/);
  });
});
