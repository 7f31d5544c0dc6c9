import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantRegression, REGRESSIONS } from '../../bench/waivers/regressions.ts';
import { ChangeSet } from '../model/changeset.ts';
import { RunReport } from '../model/verdict.ts';
import { provisionRuntime } from '../runtimes/index.ts';
import { parseSpec } from '../runtimes/spec.ts';
import { linkPackages } from '../testing/packages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(root, 'dist', 'src', 'cli.js');
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'migrate-whole-path-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const migrate = (cwd: string, ...args: string[]) =>
  execa(process.execPath, [cli, ...args], { cwd, reject: false, maxBuffer: 1e8 });

const git = (cwd: string, ...args: string[]) =>
  execa('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd });

async function commit(folder: string): Promise<void> {
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'state');
}

/** The fixture in a repository of its own, beside a clone to convert. */
async function prepare(name: string, as = name): Promise<{ original: string; converted: string }> {
  const original = join(scratch, as);
  await cp(join(root, 'fixtures', name), original, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|uploads|\.migrate)$/.test(path),
  });
  await git(original, 'init', '--quiet');
  await commit(original);
  await linkPackages(original);
  const converted = `${original}-hono`;
  await git(scratch, 'clone', '--quiet', original, converted);
  return { original, converted };
}

/** Replays the fixture's recording on both and returns the report. */
async function shadow(
  original: string,
  converted: string,
  target: string,
  extra: string[] = [],
  file = join(original, 'traffic.har'),
) {
  const traffic = ['--traffic', file, '--writes', 'isolated'];
  const sides = ['--old', `node@22:${original}`, '--new', `${target}:${converted}`];
  const out = join(scratch, 'runs', target.replace('@', '-'));
  const done = await migrate(
    original,
    'shadow',
    'run',
    ...sides,
    ...traffic,
    '--out',
    out,
    ...extra,
    '--json',
  );
  if (!done.stdout.startsWith('{')) throw new Error(`no report: ${done.stderr}`);
  return { exitCode: done.exitCode, report: RunReport.parse(JSON.parse(done.stdout)) };
}

interface Har {
  log: {
    entries: {
      request: { url: string; headers: { name: string; value: string }[] };
      response: { content: { text?: string } };
    }[];
  };
}

const unexplained = (report: RunReport) =>
  report.cells
    .filter((cell) => !cell.explained)
    .map((cell) => `${cell.route} ${cell.location}: ${JSON.stringify(cell.exemplars[0])}`);

/**
 * `npm run test:whole` looks at each fixture in each way on each runtime. Else each way is looked at once, and each
 * runtime: on Node both are replayed by `codemods/express-to-hono/behaviour.test.ts`.
 */
const WHOLE = process.env.MIGRATE_WHOLE === 'yes';

describe.each(['express-notes', 'express-shop'])('%s, from inventory to verdict', (name) => {
  let original: string;
  let converted: string;
  let changes: ChangeSet;
  const first = name === 'express-notes';

  beforeAll(async () => {
    ({ original, converted } = await prepare(name));
    const wire = ['--parity', 'wire'];
    const run = await migrate(converted, 'codemod', 'run', 'express-to-hono', ...wire, '--write', '--json');
    expect(run.exitCode, run.stderr).toBe(0);
    changes = ChangeSet.parse(JSON.parse(run.stdout));
    await commit(converted);
    await linkPackages(converted);
  });

  it('converts every handler and leaves no Express in a converted file', async () => {
    expect(changes.outcomes.length).toBeGreaterThan(40);
    expect(changes.outcomes.filter((each) => each.outcome !== 'converted')).toEqual([]);
    const written = changes.files.filter((file) => file.status === 'changed' || file.status === 'created');
    for (const { path } of written.filter((file) => /\.[cm]?[jt]s$/.test(file.path))) {
      expect(await readFile(join(converted, path), 'utf8'), path).not.toMatch(
        /(require\(|from )['"]express['"]/,
      );
    }
  });

  it('leaves the project’s own tests as they are, and they pass', async () => {
    const { stdout: edited } = await git(converted, 'diff', '--stat', 'HEAD~1', '--', 'test');
    expect(edited).toBe('');
    // Not this process's Node: the shop is TypeScript, which it may be too old to run.
    const { binary } = await provisionRuntime(await parseSpec('node@22'));
    const args = name === 'express-shop' ? ['--test', 'test/shop.test.ts'] : ['--test'];
    const { exitCode, stdout } = await execa(binary, args, { cwd: converted, reject: false });
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^# pass [1-9]/m);
  });

  it.runIf(WHOLE || first)('has nothing left to do when the codemod runs again', async () => {
    const again = await migrate(converted, 'codemod', 'run', 'express-to-hono', '--json');
    expect(again.exitCode, again.stderr).toBe(0);
    const touched = ChangeSet.parse(JSON.parse(again.stdout)).files.filter(
      (file) => file.status !== 'unchanged',
    );
    expect(touched).toEqual([]);
  });

  it.each(WHOLE ? ['node@22', 'bun', 'deno'] : [first ? 'deno' : 'bun'])(
    'answers every recorded exchange the same on %s',
    async (target) => {
      const { exitCode, report } = await shadow(original, converted, target);
      expect(unexplained(report)).toEqual([]);
      expect({ exitCode, verdict: report.verdict, notCompared: report.counts.notCompared }).toEqual({
        exitCode: 0,
        verdict: 'PASS',
        notCompared: 0,
      });
      expect(report.counts.compared).toBeGreaterThanOrEqual(60);
      expect(existsSync(join(scratch, 'runs', target.replace('@', '-'), 'report.html'))).toBe(true);
    },
  );

  it.runIf(WHOLE && name === 'express-shop')(
    'on old releases differs by the release, and says that an upgrade helps',
    async ({ skip }) => {
      for (const old of ['bun@1.2', 'deno@2.1'])
        await provisionRuntime(await parseSpec(old)).catch((error: Error) =>
          skip(`no ${old}: ${error.message}`),
        );
      // The one request that only the converted code answers in another way there, and the login it needs.
      const har = JSON.parse(await readFile(join(original, 'traffic.har'), 'utf8')) as Har;
      const at = har.log.entries.findIndex(({ request }) => request.url.endsWith('/admin/export.csv'));
      const token = har.log.entries[at]?.request.headers.find((header) =>
        /^authorization$/i.test(header.name),
      );
      const login = har.log.entries.findLastIndex(
        ({ request, response }, i) =>
          i < at &&
          request.url.endsWith('/sessions') &&
          !!token &&
          !!response.content.text?.includes(token.value.slice(7)),
      );
      expect(login).toBeGreaterThanOrEqual(0);
      har.log.entries = har.log.entries.filter((_, i) => i === login || i === at);
      const few = join(scratch, 'few.har');
      await writeFile(few, JSON.stringify(har));
      const { report } = await shadow(original, converted, 'bun@1.2', [], few);
      expect(report.cells.filter(({ explained }) => !explained)).toMatchObject([
        {
          location: 'header:transfer-encoding',
          owner: {
            kind: 'runtime',
            onlyNewCode: true,
            release: { result: 'gone' },
            edits: [{ rule: 'streaming/pipe' }],
          },
        },
      ]);
      const sides = ['--old', `node@22:${original}`, '--new', `deno@2.1:${converted}`];
      const out = join(scratch, 'runs', 'deno-old');
      const run = await migrate(original, 'shadow', 'run', ...sides, '--traffic', few, '--out', out);
      expect(run.exitCode).toBe(3);
      expect(run.stderr).toMatch(/Owner: runtime\.[\s\S]*only the new code reaches, gone in deno \d/);
    },
    // Two releases may have to be fetched first.
    300_000,
  );

  it.runIf(WHOLE || first)(
    'without --parity passes by the waivers that were prepared, differs nowhere else, and hides nothing',
    async () => {
      const lean = `${original}-idiomatic`;
      await git(scratch, 'clone', '--quiet', original, lean);
      const run = await migrate(
        lean,
        'codemod',
        'run',
        'express-to-hono',
        '--no-typecheck',
        '--write',
        '--json',
      );
      expect(run.exitCode, run.stderr).toBe(0);
      const { leftOut = [], kept = [] } = ChangeSet.parse(JSON.parse(run.stdout));
      await commit(lean);
      await linkPackages(lean);

      const accepted = await shadow(original, lean, 'node@22');
      expect(unexplained(accepted.report)).toEqual([]);
      expect(accepted.report.reasons.join()).toMatch(/\d+ owned by \d+ edits that announced them/);
      expect(accepted.report.verdict, accepted.report.reasons.join()).toBe('PASS');
      const { planted, seen: eyes } = accepted.report.detection;
      expect(eyes).toBe(planted);

      expect(kept.map(({ behaviour }) => behaviour)).toEqual(
        expect.arrayContaining(['cookieText', 'jsonBody']),
      );

      if (WHOLE) {
        const none = ['--waivers', join(scratch, 'none.yaml')];
        const { report } = await shadow(original, lean, 'node@22', none);
        const cells = report.cells.filter(({ explained }) => !explained);
        expect(cells.length).toBeGreaterThan(20);
        const rules = new Set(leftOut.map(({ rule }) => rule));
        const others = cells.filter(
          ({ owner }) => owner?.kind !== 'codemod' || !owner.edits?.every(({ rule }) => rules.has(rule)),
        );
        expect(others.map(({ route, location, owner }) => `${route} ${location} ${owner?.why}`)).toEqual([]);
        const seen = new Set(cells.flatMap(({ owner }) => owner?.edits?.map(({ rule }) => rule) ?? []));
        for (const rule of ['etag-text', 'charset', 'redirect']) expect(seen).toContain(`parity/${rule}`);
      }

      // Each for itself, on every runtime: `npm run bench:waivers`.
      if (!WHOLE) return;
      const regressions = REGRESSIONS[name] ?? [];
      for (const each of regressions) await plantRegression(lean, each);
      const wrong = await shadow(original, lean, 'node@22', ['--no-attribute']);
      expect(wrong.report.verdict).toBe('FAIL');
      const found = wrong.report.cells
        .filter(({ explained }) => !explained)
        .map(({ route, kind, location }) => `${route} ${kind} ${location}`);
      const missed = regressions.filter((each) => !found.some((line) => each.seen.test(line)));
      expect(missed.map(({ what }) => what)).toEqual([]);
    },
    180_000,
  );

  it('is what it was after undo, byte for byte', async () => {
    const undone = await migrate(converted, 'undo');
    expect(undone.exitCode, undone.stderr).toBe(0);
    await git(converted, 'add', '--all');
    const except = [':!package-lock.json', ':!.migrate'];
    const { stdout } = await git(converted, 'diff', '--cached', '--stat', 'HEAD~1', '--', '.', ...except);
    expect(stdout).toBe('');
  });
});

describe('express-notes on Workers, its uploads in R2', () => {
  it('answers the recorded exchanges, and names what cannot run there with its reason', async () => {
    const { original, converted } = await prepare('express-notes', 'workers');
    const target = ['--target', 'workers'];
    const hono = await migrate(converted, 'codemod', 'run', 'express-to-hono', ...target, '--write');
    expect(hono.exitCode, hono.stderr).toBe(0);
    await commit(converted);
    const stored = await migrate(converted, 'codemod', 'run', 'fs-to-r2', '--write', '--json');
    expect(stored.exitCode, stored.stderr).toBe(0);
    const limits = join(scratch, 'limits.json');
    await writeFile(limits, stored.stdout);
    await linkPackages(converted);

    const { exitCode, report } = await shadow(original, converted, 'workers', ['--limits', limits]);
    expect(unexplained(report)).toEqual([]);
    expect({ exitCode, verdict: report.verdict }).toEqual({ exitCode: 0, verdict: 'PASS' });

    const uploads = report.routes.filter(({ route }) => /^[A-Z]+ \/uploads/.test(route));
    expect(uploads.length).toBeGreaterThanOrEqual(6);
    expect(uploads.filter(({ status }) => status !== 'same')).toEqual([]);

    const unable = report.routes.filter(({ status }) => status === 'cannot-run');
    expect(unable.map(({ route }) => route)).toContain('GET /changelog');
    expect(unable.filter(({ reason }) => !reason)).toEqual([]);
  });
});
