import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { AnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import { Rollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { RunReport } from '../model/verdict.ts';
import { withoutVolatile } from '../shadow/aggregate/volatile.ts';
import { workflowMistakes } from '../testing/workflows.ts';
import { run } from './__fixtures__/express-project.ts';
import { commitAll, git, stage } from './__fixtures__/steps.ts';

// Runtimes are started, several times.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const PLAYBOOK = stage(
  `  - id: compare
    title: Compare
    instructions: Both are asked.
    risk: low
    actions: [{ do: shadow, old: node@22, new: node@22, code: before-stage }]
    rollback: none
`,
  `rollback: none
promote: { shadow: { defectBound: 0.01, latency: { quantile: p99, ratio: 1.2 } } }`,
);
const APP = `require('node:http')
  .createServer((req, res) => res.end('hello ' + req.url))
  .listen(process.env.PORT || 3000);
`;
const TRAFFIC = JSON.stringify({
  log: {
    version: '1.2',
    entries: Array.from({ length: 24 }, (_, n) => ({
      _session: `s${n % 6}`,
      request: { method: 'GET', url: `http://localhost:3000/greet?n=${n}`, headers: [] },
      response: { status: 200, statusText: 'OK', headers: [], content: {} },
    })),
  },
});

let root: string;
beforeAll(async () => {
  root = join(realpathSync(mkdtempSync(join(tmpdir(), 'migrate-render-'))), 'greeter');
  const files = {
    'package.json': JSON.stringify({ name: '@here/Greeter App', type: 'commonjs', main: 'app.js' }),
    ...{ 'app.js': APP, 'traffic.har': TRAFFIC, '.migrate/playbooks/ours.yaml': PLAYBOOK },
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  commitAll(root);
  git(root, 'remote', 'add', 'origin', 'https://ada:secret@example.com/greeter.git');
  expect((await run(root, ['plan', '--target', 'bun'])).code).toBe(0);
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'plan');
});

afterAll(() => rmSync(dirname(root), { recursive: true, force: true }));

async function rendered(kind: string, ...more: string[]): Promise<string> {
  const { code, out, notes } = await run(root, ['render', kind, 'ours', '--stdout', ...more]);
  expect(code, notes).toBe(0);
  return `${out}\n`;
}
const documents = (text: string): Record<string, unknown>[] =>
  parseAllDocuments(text).map((one) => one.toJS());

it('a matrix of GitHub Actions is valid, and its commands give the report of the whole run', async () => {
  const text = await rendered('shadow-actions', '--shards', '2', '--writes', 'isolated');
  const mistakes = await workflowMistakes();
  expect(mistakes(text)).toEqual([]);
  expect(mistakes(text.replace('runs-on:', 'run-on:'))).not.toEqual([]);

  const temp = join(root, '..', `${root.split('/').at(-1)}-runner`);
  const bin = join(temp, 'bin');
  mkdirSync(bin, { recursive: true });
  const cli = new URL('../../dist/src/cli.js', import.meta.url).pathname;
  // What npx would fetch is what was built here.
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift 3\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(join(bin, 'npx'), 0o755);
  const { share, merge } = parse(text).jobs;
  const job = (steps: { run?: string; env?: Record<string, string> }[], index: number | null) =>
    steps.flatMap(({ run: script, env = {} }) => {
      if (script === undefined) return [];
      const given = Object.entries(env).map(([name, value]) => [
        name,
        value.replace(/^\$\{\{ matrix\.share \}\}$/, String(index)),
      ]);
      // Each share has a runner of its own, whose folders are new.
      if (script.includes('worktree add')) execFileSync('git', ['worktree', 'prune'], { cwd: root });
      if (script.includes('worktree add') && existsSync(join(temp, 'before'))) return [];
      const done = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
        cwd: root,
        env: {
          ...{ ...process.env, ...Object.fromEntries(given), RUNNER_TEMP: temp },
          PATH: [bin, process.env.PATH].join(delimiter),
        },
        encoding: 'utf8',
      });
      return [{ code: done.status, said: `${done.stdout}${done.stderr}` }];
    });
  for (const index of share.strategy.matrix.share)
    for (const { code, said } of job(share.steps, index)) expect(code, said).toBe(0);
  const [verdict] = job(merge.steps, null);
  expect(verdict?.code, verdict?.said).toBe(0);

  const sides = ['--old', `node@22:${join(temp, 'before')}`, '--new', 'node@22:.'];
  const whole = await run(root, [
    ...['shadow', 'run', ...sides, '--traffic', 'traffic.har', '--writes', 'isolated'],
    ...['--out', join(temp, 'whole')],
  ]);
  expect(whole.code, whole.notes).toBe(0);
  const report = (name: string) =>
    RunReport.parse(JSON.parse(readFileSync(join(temp, name, 'report.json'), 'utf8')));
  expect(withoutVolatile(report('shadow/all'))).toEqual(withoutVolatile(report('whole')));
  expect(report('shadow/all').counts.compared).toBe(24);
  execFileSync('git', ['worktree', 'remove', '--force', join(temp, 'before')], { cwd: root });
});

it('an Indexed Job is valid, splits as many ways as it has pods, and holds no password', async () => {
  const text = await rendered(
    'shadow-kubernetes',
    '--shards',
    '5',
    '--image',
    'registry.example.com/node@sha256:0',
  );
  expect(text).not.toContain('secret');
  const [volume, share, merge] = documents(text);
  for (const [Kind, document] of [
    [PersistentVolumeClaim, volume],
    [Job, share],
    [Job, merge],
  ] as const)
    new Kind(document as never).validate();
  expect(() => new Job({ ...share, spec: { completions: 'many' } } as never).validate()).toThrow();
  expect(share).toMatchObject({
    metadata: { name: 'greeter-app' },
    spec: { completionMode: 'Indexed', completions: 5, parallelism: 5 },
  });
  expect(JSON.stringify(share)).toContain('--shard \\"$((JOB_COMPLETION_INDEX + 1))/5\\"');
  expect(JSON.stringify(merge)).toContain('shadow merge \\"/shadow/1\\" \\"/shadow/2\\"');
  for (const one of [share, merge]) {
    const [{ command }] = (
      one as never as { spec: { template: { spec: { containers: { command: string[] }[] } } } }
    ).spec.template.spec.containers as [{ command: string[] }];
    expect(spawnSync('sh', ['-n', '-c', command[2] ?? '']).status).toBe(0);
  }
});

it('canaries have the margins of the gates', async () => {
  const argo = documents(await rendered('canary-argo', '--rate', '50'));
  new AnalysisTemplate(argo[0] as never).validate();
  new Rollout(argo[1] as never).validate();
  expect(() => new Rollout({ ...argo[1], spec: { replicas: 'four' } } as never).validate()).toThrow();
  const told = JSON.stringify(argo);
  expect(told).toContain('result[0] <= 0.01');
  expect(told).toContain('result[0] <= 1.2');
  // 299 requests bound errors below 1%: at 1% of 50 a second 598 s.
  expect(told).toContain('{"setWeight":1},{"pause":{"duration":"600s"}}');
  expect(JSON.stringify(documents(await rendered('canary-argo')))).toContain('{"pause":{}}');

  const [flagger] = documents(await rendered('canary-flagger', '--rate', '50', '--p99', '200'));
  expect(flagger).toMatchObject({
    apiVersion: 'flagger.app/v1beta1',
    spec: {
      analysis: {
        ...{ threshold: 1, stepWeight: 10, maxWeight: 50 },
        metrics: [
          { name: 'request-success-rate', thresholdRange: { min: 99 } },
          { name: 'request-duration', thresholdRange: { max: 240 } },
        ],
      },
    },
  });

  const script = await rendered('canary-workers');
  expect(spawnSync('sh', ['-n', '-c', script]).status).toBe(0);
  const bin = join(root, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\necho "$*"\n');
  chmodSync(join(bin, 'npx'), 0o755);
  const shell = (gates: string) =>
    spawnSync('sh', ['-c', script, 'canary', 'old-id', 'new-id'], {
      env: { PATH: `${bin}${delimiter}${process.env.PATH}`, GATES: gates },
      encoding: 'utf8',
    });
  expect(shell('true').stdout.trim().split('\n')).toEqual([
    'wrangler versions deploy new-id@1% old-id@99% --name greeter-app --yes',
    'wrangler versions deploy new-id@10% old-id@90% --name greeter-app --yes',
    'wrangler versions deploy new-id@50% old-id@50% --name greeter-app --yes',
    'wrangler versions deploy new-id@100% --name greeter-app --yes',
  ]);
  const broken = shell('false');
  expect([broken.status, broken.stdout.trim().split('\n').at(-1)]).toEqual([
    1,
    'wrangler versions deploy old-id@100% --name greeter-app --yes',
  ]);
});

it('writes a file once, and says what it needs', async () => {
  const first = await run(root, ['render', 'canary-workers', 'ours', '--out', 'ops/canary.sh']);
  expect([first.code, first.out]).toEqual([0, expect.stringContaining('Written   ops/canary.sh')]);
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'canary');
  writeFileSync(join(root, 'ops/canary.sh'), 'mine\n');
  git(root, 'commit', '--quiet', '--all', '--message', 'mine');
  const refused = async (args: string[], expected: number, said: RegExp) => {
    const { code, notes } = await run(root, ['render', ...args]);
    expect([code, notes]).toEqual([expected, expect.stringMatching(said)]);
  };
  await refused(['canary-workers', 'ours', '--out', 'ops/canary.sh'], 3, /holds something else/);
  await refused(['canary-workers', 'ours', '--out', '../canary.sh'], 3, /outside/i);
  await refused(['wat', 'ours'], 2, /no kind of file "wat"[\s\S]*canary-argo/);
  await refused(['canary-argo', 'ours', '--name', 'A b'], 2, /--name is lower-case/);
  await refused(['shadow-actions', 'ours', '--traffic', 'secret.har'], 3, /no file that git has/);
  git(root, 'remote', 'remove', 'origin');
  await refused(['shadow-kubernetes', 'ours'], 3, /no remote "origin"/);
});

it('a service of a larger repository is compared in its own folder', async () => {
  const inner = join(root, 'services', 'api');
  mkdirSync(join(inner, '.migrate', 'playbooks'), { recursive: true });
  for (const [name, text] of Object.entries({
    ...{ 'package.json': '{"name":"api","main":"app.js"}', 'app.js': APP, 'traffic.har': TRAFFIC },
    '.migrate/playbooks/ours.yaml': PLAYBOOK,
  }))
    writeFileSync(join(inner, name), text);
  expect((await run(inner, ['plan', '--target', 'bun'])).code).toBe(0);
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'a service');
  const { code, notes } = await run(inner, ['render', 'shadow-actions', 'ours']);
  expect(code, notes).toBe(0);
  const text = readFileSync(join(root, '.github/workflows/migrate-shadow.yml'), 'utf8');
  expect((await workflowMistakes())(text)).toEqual([]);
  expect(parse(text).defaults.run['working-directory']).toBe('services/api');
  expect(text).toContain('--old node@22:"$RUNNER_TEMP/before/services/api" --new node@22:.');
  expect(text).toContain('services/api/.migrate/evidence/shadow');
});
