import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readApplications, readResults } from '../public-applications.ts';
import { compareOn, RUNTIMES } from './compare.ts';
import { Application } from './list.ts';
import { runOwnTests } from './own-tests.ts';
import { page, type Row } from './page.ts';
import { prepare } from './prepare.ts';
import { type Runtimes, recordScript } from './script.ts';

/**
 * The field test: public applications that we did not write, converted with no manual edit. Results are kept in
 * `bench/field-test/results.json`, so one application can be measured again; `docs/field-test.md` is made from them.
 */
const { values } = parseArgs({
  options: {
    app: { type: 'string', multiple: true, default: [] },
    clones: { type: 'string' },
    scratch: { type: 'string' },
    'no-tests': { type: 'boolean', default: false },
    'page-only': { type: 'boolean', default: false },
  },
});

// The same from bench/field-test/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const here = join(root, 'bench', 'field-test');
const cli = join(root, 'dist', 'src', 'cli.js');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
// What discovers files beside itself must run from where it was built.
const runtimes = (await import(
  pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href
)) as Runtimes;

const list = readApplications(Application, join(here, 'applications.yaml'), values.app);
const scratch = resolve(values.scratch ?? mkdtempSync(join(tmpdir(), 'migrate-field-')));
const clones = resolve(values.clones ?? join(scratch, 'clones'));
const resultsFile = join(here, 'results.json');
const results = readResults<Row>(resultsFile);

try {
  for (const app of list) {
    if (values['page-only'] || (values.app.length > 0 && !values.app.includes(app.name))) continue;
    const row = await measure(app);
    results.set(app.name, row);
    process.stdout.write(`${summary(row)}\n`);
    write();
  }
  write();
} finally {
  if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
}

async function measure(app: Application): Promise<Row> {
  process.stdout.write(`${app.name}\n`);
  const folder = join(scratch, app.name);
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  const { name, repository, commit, what, folder: inside } = app;
  const { ...row }: Row = { name, repository, commit, what, folder: inside, date, failed: null };
  try {
    const trees = await prepare(app, clones, folder, cli);
    const { changes, lines, routes } = trees;
    const count = (outcome: string) => changes.outcomes.filter((one) => one.outcome === outcome).length;
    Object.assign(row, {
      lines,
      routes,
      outcomes: {
        converted: count('converted'),
        bridged: count('bridged'),
        kept: count('kept'),
        refused: count('refused'),
      },
    });
    row.reasons = [
      ...new Set(
        changes.outcomes.flatMap(({ outcome, reason }) =>
          outcome === 'converted' || reason === undefined ? [] : [`${outcome}: ${reason}`],
        ),
      ),
    ];
    row.left = changes.leftForYou.map(({ file, line, reason }) => `${file}:${line} ${reason}`);
    const har = await recordScript(app, trees.original, folder, runtimes);
    row.runtimes = [];
    for (const runtime of RUNTIMES)
      row.runtimes.push(await compareOn(runtime, app, trees, { har, scratch: folder, cli }));
    if (!values['no-tests'])
      row.tests = {
        before: await runOwnTests(app, trees.original),
        after: await runOwnTests(app, trees.converted),
      };
    else if (results.get(name)?.tests) row.tests = results.get(name)?.tests;
  } catch (error) {
    row.failed = String(error instanceof Error ? error.message : error)
      .replaceAll(folder, '…')
      .slice(0, 2_000);
  }
  return row;
}

function write(): void {
  const rows = list.flatMap(({ name }) => results.get(name) ?? []);
  writeFileSync(resultsFile, `${JSON.stringify(rows, null, 2)}\n`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeFileSync(join(root, 'docs', 'field-test.md'), page(rows, list, version));
}

function summary(row: Row): string {
  const on = (row.runtimes ?? []).map(({ runtime, failed, runs }) => {
    const differing = runs.reduce((sum, run) => sum + run.differing, 0);
    const compared = runs.reduce((sum, run) => sum + run.compared, 0);
    return failed === null
      ? `${runtime} ${differing} of ${compared} differ`
      : `${runtime} FAILED ${failed.slice(0, 600)}`;
  });
  const differences = (row.runtimes ?? []).flatMap(({ runtime, runs }) =>
    runs.flatMap((run) => run.differences.slice(0, 12).map((one) => `    ${runtime} ${run.traffic}: ${one}`)),
  );
  return [
    `  ${JSON.stringify(row.outcomes)} ${row.failed ?? ''}`,
    ...on.map((line) => `  ${line}`),
    ...differences,
    `  tests ${JSON.stringify(row.tests?.before && { ...row.tests.before, tail: 0 })} → ${JSON.stringify(row.tests?.after && { ...row.tests.after, tail: 0 })}`,
  ].join('\n');
}
