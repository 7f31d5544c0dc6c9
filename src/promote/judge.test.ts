import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { StageGates } from '../model/gates.ts';
import type { Monitoring } from '../model/monitoring.ts';
import type { Plan, PlanStage } from '../model/plan.ts';
import type { ScriptComparison } from '../model/scripts.ts';
import type { StepRecord } from '../model/state.ts';
import type { Try, TryWay } from '../model/try.ts';
import type { RunReport } from '../model/verdict.ts';
import { project } from '../testing/project.ts';
import { sampleReport } from '../testing/report.ts';
import { keepMonitoring } from '../workspace/evidence/monitoring.ts';
import { sourcesDigest, writeComparison } from '../workspace/evidence/script-comparisons.ts';
import { keepRun } from '../workspace/evidence/shadow-runs.ts';
import { writeTry } from '../workspace/evidence/tries.ts';
import { headSha, treeHash } from '../workspace/git.ts';
import { identityOf } from '../workspace/identity.ts';
import { openRepository } from '../workspace/repository.ts';
import { judgeStage } from './judge.ts';
import { type Subject, shadowGates } from './subject.ts';

const node = { spec: 'node@22', name: 'node', version: '22.1.0', platform: 'linux-x64' };
const bun = { spec: 'bun@1.4', name: 'bun', version: '1.4.2', platform: 'linux-x64' };
const manifest = (scripts: Record<string, string>) => JSON.stringify({ name: 'a', main: 'app.js', scripts });

function git(root: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' }).trim();
}

/** A repository with two commits: the second is what the stage's one step made of these files. */
async function staged(gates: StageGates, changed: Record<string, string>): Promise<Subject> {
  const root = project({
    'package.json': manifest({ start: 'node app.js', build: 'node b.js' }),
    'app.js': '',
  });
  git(root, 'init', '--quiet');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'before');
  const before = (await headSha(root)) ?? '';
  for (const [path, text] of Object.entries(changed)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message', 'step');
  const commit = (await headSha(root)) ?? '';
  const step = { id: 'ours/step', title: 'Step', actions: [], check: [] };
  const items = [{ name: 'build', location: null, moves: true, reasons: [] }];
  const stage = { id: 'ours', title: 'Ours', items, steps: [step] } as unknown as PlanStage;
  const record = { step: 'ours/step', base: before, commit } as StepRecord;
  return {
    ...{ repository: await openRepository(root), plan: {} as Plan, stage, gates },
    steps: [{ stage, step: step as never, state: 'done', at: null, record }],
    shadow: shadowGates({ routes: {} }, gates),
    now: { commit, tree: (await treeHash(root)) ?? '' },
    before: { commit: before, tree: await treeHash(root, before) },
    specs: { old: 'node@22', new: 'bun@1.4', layer: null, code: 'before-stage' },
    today: '2026-06-01',
  };
}

const outcomes = async (subject: Subject) =>
  Object.fromEntries((await judgeStage(subject, null)).checks.map(({ gate, outcome }) => [gate, outcome]));

it('a try counts for the target and the files as they are', async () => {
  const subject = await staged({ try: 'same' }, {});
  const { root } = subject.repository;
  expect(await outcomes(subject)).toEqual({ steps: 'PASS', try: 'INCONCLUSIVE' });
  const identity = await identityOf(subject.repository);
  const way = (more: Partial<TryWay>): TryWay => ({
    ...{ spec: 'bun', code: 'as-is', baseline: false, runtime: bun, failed: null, said: [], figures: null },
    ...{ answers: { same: 4, of: 4, causes: [], limits: [] }, notes: [], ...more },
  });
  const tried = (id: string, ways: TryWay[], more: Partial<Try> = {}) =>
    writeTry(root, {
      ...{
        schema: 'migrate/try',
        version: 1,
        id,
        madeAt: '2026-05-01T00:00:00.000Z',
        durationMs: 1,
        tool: '1',
      },
      ...{
        machine: { platform: 'linux', cores: 2, cpu: 'x' },
        project: { name: 'a', routes: 1, entry: 'app.js' },
      },
      requests: { source: 'har', file: 't', sha256: '0', asked: 4, load: 0, leftOut: [] },
      ...{ identity, load: { seconds: 0, rounds: 0, atOnce: 1 }, ways, warnings: [], ...more },
    });
  tried('1', [way({ runtime: { ...bun, version: '1.2.0' } })]);
  tried('2', [way({})], { identity: { ...identity, tree: 'another' } });
  expect(await outcomes(subject)).toMatchObject({ try: 'INCONCLUSIVE' });
  tried('3', [way({})]);
  expect(await outcomes(subject)).toMatchObject({ try: 'PASS' });
  tried('4', [way({ answers: { same: 3, of: 4, causes: [], limits: [] } })]);
  expect(await outcomes(subject)).toMatchObject({ try: 'FAIL' });
  tried('5', [way({ failed: 'it ends at once', answers: null })]);
  expect(await outcomes(subject)).toMatchObject({ try: 'FAIL' });
});

it('each script that moves must do the same, and production must be as it was', async () => {
  const gates = { scripts: 'same', production: 'unchanged' } as const;
  const subject = await staged(gates, {
    'package.json': manifest({ start: 'node app.js', build: 'bun b.js' }),
    '.github/workflows/ci.yml': 'on: push\n',
  });
  const { repository } = subject;
  expect(await outcomes(subject)).toEqual({ steps: 'PASS', scripts: 'INCONCLUSIVE', production: 'PASS' });
  const compared = async (id: string, outcome: 'same' | 'differs') => {
    const found: ScriptComparison = {
      ...{
        schema: 'migrate/scripts',
        version: 1,
        id,
        madeAt: '2026-05-01T00:00:00.000Z',
        durationMs: 1,
        tool: '1',
      },
      ...{ machine: { platform: 'linux', cores: 2 }, runtimes: { today: node, npm: '11', bun } },
      ...{ identity: await identityOf(repository), sources: await sourcesDigest(repository) },
      scripts: [
        {
          ...{
            name: 'build',
            location: null,
            command: 'node b.js',
            becomes: 'bun b.js',
            outcome,
            reason: null,
          },
          ...{ stays: null, differences: [], notes: [], today: null, bun: null },
        },
      ],
    };
    writeComparison(repository.root, found);
  };
  await compared('1', 'same');
  expect(await outcomes(subject)).toMatchObject({ scripts: 'PASS' });
  expect((await judgeStage(subject, null)).runtimes.new?.version).toBe('1.4.2');
  await compared('2', 'differs');
  expect(await outcomes(subject)).toMatchObject({ scripts: 'FAIL' });

  const wider = await staged(gates, {
    'package.json': manifest({ start: 'bun app.js', build: 'bun b.js' }),
    Dockerfile: 'FROM oven/bun\n',
  });
  const { checks } = await judgeStage(wider, null);
  expect(checks.find(({ gate }) => gate === 'production')).toMatchObject({
    outcome: 'FAIL',
    why: 'The stage changed Dockerfile, package.json: scripts.start.',
  });
});

it('shadow runs count by code and runtime; one that failed is not outshone by one on other traffic', async () => {
  const subject = await staged({ shadow: {}, days: 2 }, { 'app.js': '1' });
  const { root } = subject.repository;
  const kept = (id: string, more: Partial<RunReport>, old = subject.before.tree, now = subject.now.tree) => {
    const { latency: _load, ...report } = sampleReport('x');
    const sides = {
      old: { ...report.sides.old, runtime: 'node', version: '22.1.0', tree: old },
      new: { ...report.sides.new, runtime: 'bun', version: '1.4.2', tree: now },
    };
    return keepRun(root, {
      ...report,
      ...{ id, startedAt: id, interrupted: false, verdict: 'PASS', sides },
      ...more,
    });
  };
  const traffic = (file: string, ...days: string[]) => ({
    traffic: { source: 'har', file, exchanges: 9, sessions: 1, days },
  });
  expect(kept('2026-05-01', {}, subject.before.tree, null as never)).toBeNull();
  kept('2026-05-02', traffic('a'), subject.before.tree, 'other code');
  kept('2026-05-03', traffic('a'), subject.now.tree);
  expect(await outcomes(subject)).toMatchObject({ shadow: 'INCONCLUSIVE', days: 'INCONCLUSIVE' });
  const { evidence } = await judgeStage(subject, null);
  expect(evidence.map(({ left }) => left)).toEqual([
    'its new side is other code than is committed now',
    'its old side is not the code before the stage',
  ]);
  kept('2026-05-04', { ...traffic('a', '2026-05-03'), verdict: 'FAIL' });
  expect(await outcomes(subject)).toMatchObject({ verdict: 'FAIL' });
  kept('2026-05-05', traffic('b', '2026-05-03', '2026-05-04'));
  expect(await outcomes(subject)).toMatchObject({ verdict: 'FAIL', days: 'PASS' });
  kept('2026-05-06', traffic('a', '2026-05-03'));
  expect(await outcomes(subject)).toEqual({ steps: 'PASS', verdict: 'PASS', days: 'PASS' });

  const waivers = "waivers:\n  - { route: GET /, location: status, reason: known, expires: '2026-05-31' }\n";
  writeFileSync(join(root, '.migrate', 'waivers.yaml'), waivers);
  expect(await outcomes(subject)).toMatchObject({ waivers: 'FAIL' });
  writeFileSync(join(root, '.migrate', 'waivers.yaml'), waivers.replace('05-31', '06-01'));
  expect(await outcomes(subject)).toMatchObject({ waivers: 'PASS' });
});

it('monitoring must see of the new side what it sees today; where it sees nothing a person says so', async () => {
  const subject = await staged({ observability: 'seen' }, {});
  const { root } = subject.repository;
  expect(await outcomes(subject)).toEqual({ steps: 'PASS', observability: 'INCONCLUSIVE' });
  const side = { received: { otlp: 1, sentry: 0, statsd: 0 }, unread: [] };
  const observed = async (id: string, outcome: Monitoring['outcome'], tree: string | null, runtime = bun) =>
    keepMonitoring(root, {
      ...{ schema: 'migrate/monitoring', version: 1, id, madeAt: '2026-05-01T00:00:00.000Z', durationMs: 1 },
      ...{ tool: '1', identity: await identityOf(subject.repository), told: [], rows: [], notChecked: [] },
      requests: { source: 'routes', file: 'routes', asked: 1 },
      sides: { old: { runtime: node, tree, ...side }, new: { runtime, tree, ...side } },
      ...{ outcome, reasons: [`It is ${outcome}.`] },
    });
  await observed('1', 'PASS', 'other code');
  await observed('2', 'PASS', subject.now.tree, { ...bun, version: '1.2.0' });
  expect(await outcomes(subject)).toMatchObject({ observability: 'INCONCLUSIVE' });
  await observed('3', 'PASS', subject.now.tree);
  expect(await outcomes(subject)).toMatchObject({ observability: 'PASS' });
  await observed('4', 'FAIL', subject.now.tree);
  expect(await outcomes(subject)).toMatchObject({ observability: 'FAIL' });
  await observed('5', 'INCONCLUSIVE', subject.now.tree);
  expect(await outcomes(subject)).toMatchObject({ observability: 'INCONCLUSIVE' });
  const detail = { monitoring: '5', answer: 'logs are read by hand' };
  const actions = [{ do: 'observe', says: '', outcome: 'done' as const, summary: '', detail }];
  const steps = subject.steps.map((each) => ({ ...each, record: { ...each.record, actions } as StepRecord }));
  expect(await outcomes({ ...subject, steps })).toMatchObject({ observability: 'PASS' });
});
