import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readApplications, readResults } from '../public-applications.ts';
import { compareOn, RUNTIMES } from './compare.ts';
import { convert, isRefused, NOTHING_CONVERTED } from './convert.ts';
import { compareCpu } from './cpu.ts';
import { Application } from './list.ts';
import { runOwnTests } from './own-tests.ts';
import { page } from './page.ts';
import { clone, extract, linesIn, prepare } from './prepare.ts';
import { type Converted, type Row, type Run, rowOf } from './row.ts';
import { type Runtimes, recordScript } from './script.ts';
import { summary } from './summary.ts';

/**
 * The field test: public applications that we did not write, converted with no manual edit. In two depths: `converted` asks
 * the codemod about the source, `run` installs and starts what it wrote. Results are kept in
 * `bench/field-test/results.json`, so one application or one depth can be measured again; `docs/field-test.md` is made from them.
 */
const { values } = parseArgs({
  options: {
    app: { type: 'string', multiple: true, default: [] },
    depth: { type: 'string', multiple: true, default: ['converted', 'run'] },
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
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const list = readApplications(Application, join(here, 'applications.yaml'), values.app);
const scratch = resolve(values.scratch ?? mkdtempSync(join(tmpdir(), 'migrate-field-')));
const clones = resolve(values.clones ?? join(scratch, 'clones'));
const resultsFile = join(here, 'results.json');
/** What this run found; the rest is as it stands in the file, where another run may be at work. */
const found = new Map<string, Row>();
const results = () => new Map([...readResults<Row>(resultsFile), ...found]);

try {
  for (const app of list) {
    if (values['page-only'] || (values.app.length > 0 && !values.app.includes(app.name))) continue;
    process.stdout.write(`${app.name}\n`);
    const row = rowOf(app, results().get(app.name));
    found.set(app.name, row);
    if (values.depth.includes('converted')) await convertBoth(app, row);
    if (values.depth.includes('run') && app.unrun === undefined) row.run = await run(app, row.converted);
    process.stdout.write(`${summary(row)}\n`);
    write();
  }
  write();
} finally {
  if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
}

async function convertBoth(app: Application, row: Row): Promise<void> {
  const folder = join(scratch, 'source', app.name);
  delete row.converted;
  delete row.failed;
  try {
    rmSync(folder, { recursive: true, force: true });
    await extract(await clone(app, clones), app, folder);
    const node = await convert(folder, 'node', { cli });
    const more = ['--no-typecheck', '--in-place'];
    const inPlace = isRefused(node) ? await convert(folder, 'node', { cli, more }) : null;
    row.converted = {
      ...{ date: today(), version, lines: linesIn(folder) },
      ...{ node, workers: await convert(folder, 'workers', { cli }) },
      ...(inPlace !== null && !isRefused(inPlace) && { inPlace }),
    };
  } catch (error) {
    row.failed = said(error, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(app: Application, converted: Converted | undefined): Promise<Run> {
  const folder = join(scratch, app.name);
  mkdirSync(folder, { recursive: true });
  const result: Run = { date: today(), version, failed: null, runtimes: [] };
  try {
    // Not worth an installation: the original would be compared with itself.
    const inPlace = converted?.inPlace !== undefined;
    if (converted && isRefused(converted.node) && !inPlace) throw new Error(NOTHING_CONVERTED);
    const trees = await prepare(app, { clones, scratch: folder, cli, inPlace });
    const har = await recordScript(app, trees.original, folder, runtimes);
    for (const runtime of RUNTIMES)
      result.runtimes.push(
        await compareOn(runtime, app, trees, { har, scratch: folder, cli }).catch((error: unknown) => ({
          ...{ runtime, version: null, failed: said(error, folder), runs: [] },
        })),
      );
    const [onNode] = result.runtimes;
    const paths = [...new Set(onNode?.runs.flatMap(({ plain }) => plain))].slice(0, 3);
    result.cpu = await compareCpu(app, trees, { paths, scratch: folder, runtimes }).catch(
      (error: unknown) => {
        process.stderr.write(`CPU time is not known: ${said(error, folder)}\n`);
        return null;
      },
    );
    if (!values['no-tests'])
      result.tests = {
        before: await runOwnTests(app, trees.original),
        after: await runOwnTests(app, trees.converted),
      };
  } catch (error) {
    result.failed = said(error, folder);
  }
  return result;
}

function said(error: unknown, folder: string): string {
  return String(error instanceof Error ? error.message : error)
    .replaceAll(folder, '…')
    .replaceAll(clones, '…')
    .slice(0, 2_000);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function write(): void {
  const all = results();
  const rows = list.map((app) => rowOf(app, all.get(app.name)));
  writeFileSync(resultsFile, `${JSON.stringify(rows, null, 1)}\n`);
  writeFileSync(join(root, 'docs', 'field-test.md'), page(rows, list));
}
