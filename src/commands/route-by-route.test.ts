import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangeSet } from '../model/changeset.ts';
import { RunReport } from '../model/verdict.ts';
import { linkPackages } from '../testing/packages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'dist', 'src', 'cli.js');

/** `npm run test:routes` replays every state on Node and Bun, and a part on Workers; without it one state is, on Bun. */
const WHOLE = process.env.MIGRATE_ROUTES === 'all';

/** What is asked for, what is in each world then, and where it is replayed. */
const STATES = [
  { asked: ['src/routes/notes.js'], hono: 9, express: 35, on: [] as string[] },
  { asked: ['src/routes/tags.js', 'src/routes/preferences.js'], hono: 14, express: 30, on: ['bun'] },
  { asked: [], hono: 44, express: 0, on: [] },
].map((state) => (WHOLE ? { ...state, on: ['node@22', 'bun'] } : state));

let scratch: string;
let original: string;
let converted: string;

const migrate = (cwd: string, ...args: string[]) =>
  execa(process.execPath, [cli, ...args], { cwd, reject: false, maxBuffer: 1e8 });
const git = (cwd: string, ...args: string[]) =>
  execa('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd });
async function commit(folder: string): Promise<string> {
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', 'state');
  return (await git(folder, 'rev-parse', 'HEAD^{tree}')).stdout;
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'migrate-routes-'));
  original = join(scratch, 'notes');
  converted = join(scratch, 'notes-hono');
  const isSource = (path: string) => !/[\\/](node_modules|uploads|\.migrate|package-lock\.json)$/.test(path);
  await cp(join(root, 'fixtures', 'express-notes'), original, { recursive: true, filter: isSource });
  await git(original, 'init', '--quiet');
  await commit(original);
  await git(scratch, 'clone', '--quiet', original, converted);
  await linkPackages(original);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** What a shadow run of the original on Node against a state on a runtime finds unexplained. */
async function differences(target: string, dir: string, extra: string[] = [], har = 'traffic.har') {
  const sides = ['--old', `node@22:${original}`, '--new', `${target}:${dir}`];
  const traffic = ['--traffic', join(original, har), '--writes', 'isolated', ...extra];
  const out = ['--out', join(scratch, 'runs', target), '--json'];
  const { exitCode, stdout, stderr } = await migrate(original, 'shadow', 'run', ...sides, ...traffic, ...out);
  if (!stdout.startsWith('{')) throw new Error(`no report: ${stderr}`);
  const { cells, verdict, counts } = RunReport.parse(JSON.parse(stdout));
  const unexplained = cells.filter(({ explained }) => !explained);
  return {
    ...{ exitCode, verdict, notCompared: counts.notCompared, compared: counts.compared >= 60 },
    unexplained: unexplained.map(({ route, location }) => `${route} ${location}`),
  };
}

const SAME = { exitCode: 0, verdict: 'PASS', notCompared: 0, compared: true, unexplained: [] };

describe('express-notes, a few routers at a time', () => {
  const trees: string[] = [];

  it.each(STATES)(
    'with $hono routes in Hono answers as before, on $on',
    async ({ asked, hono, express, on }) => {
      trees.push(
        await commit(converted).catch(async () => (await git(converted, 'rev-parse', 'HEAD^{tree}')).stdout),
      );
      const run = await migrate(
        converted,
        'codemod',
        'run',
        'express-to-hono',
        ...asked,
        '--write',
        '--json',
      );
      expect(run.exitCode, run.stderr).toBe(0);
      const { routes = [] } = ChangeSet.parse(JSON.parse(run.stdout));
      const count = (wanted: string) => routes.filter(({ world }) => world === wanted).length;
      expect([count('hono'), count('express')]).toEqual([hono, express]);
      if (on.length > 0) await linkPackages(converted);
      for (const target of on) expect(await differences(target, converted)).toEqual(SAME);
    },
  );

  it('takes Express with the last of them', async () => {
    expect(await readFile(join(converted, 'package.json'), 'utf8')).not.toMatch(/"express":/);
    expect(await readFile(join(converted, 'src', 'app.js'), 'utf8')).not.toContain('besideExpress');
  });

  it('returns step by step to the byte', async () => {
    for (const tree of trees.reverse()) {
      await rm(join(converted, 'package-lock.json'), { force: true });
      const undone = await migrate(converted, 'undo');
      expect(undone.exitCode, undone.stderr).toBe(0);
      const { stdout } = await git(
        converted,
        'diff',
        '--stat',
        tree,
        '--',
        '.',
        ':!.migrate',
        ':!package-lock.json',
      );
      expect(stdout).toBe('');
    }
  });
});

describe.runIf(WHOLE)('express-notes with two routers in Hono, in a Worker', () => {
  it('answers as before what needs no disk, on both sides of the decision in `fetch`', async () => {
    const worker = join(scratch, 'notes-worker');
    await git(scratch, 'clone', '--quiet', original, worker);
    const only = ['--target', 'workers', '--only', '/notes/*', '--only', '/tags/*'];
    const run = await migrate(worker, 'codemod', 'run', 'express-to-hono', ...only, '--write', '--json');
    expect(run.exitCode, run.stderr).toBe(0);
    const limits = join(scratch, 'limits.json');
    await writeFile(limits, run.stdout);
    await linkPackages(worker);
    // What an upload leaves on the disk is asked for again; the clock of a Worker stands at 1970 while it loads.
    const har = JSON.parse(await readFile(join(original, 'traffic.har'), 'utf8'));
    const needsMore = /\/uploads|\/admin\/stats/;
    har.log.entries = har.log.entries.filter(
      ({ request }: { request: { url: string } }) => !needsMore.test(request.url),
    );
    await writeFile(join(original, 'few.har'), JSON.stringify(har));
    expect(await differences('workers', worker, ['--limits', limits], 'few.har')).toEqual(SAME);
  });
});
