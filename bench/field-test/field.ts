import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { readApplications, readResults } from '../public-applications.ts';
import { convert, isRefused, type Trial } from './convert.ts';
import { Application } from './list.ts';
import { clone, extract, linesIn } from './prepare.ts';
import { type Converted, type Row, rowOf } from './row.ts';
import { run, said, today } from './run.ts';
import type { Runtimes } from './script.ts';
import { summary } from './summary.ts';

/** A field test of one codemod. */
export interface Field {
  /** The folder of `bench/` that holds its `applications.yaml` and keeps its `results.json`. */
  folder: string;
  trial: Trial;
  /** Asked for where nothing is converted without it. */
  lastly?: string;
  /** Writes what is known of all applications into `docs/`. */
  write(root: string, rows: readonly Row[], list: readonly Application[]): void;
}

/**
 * Public applications that we did not write, converted with no manual edit. In two depths: `converted` asks the codemod about
 * the source, `run` installs and starts what it wrote. Results are kept in the field's `results.json`, so one application or
 * one depth can be measured again; its page is made from them.
 *
 * Flags: `--app NAME`, `--depth converted|run`, `--clones FOLDER` (or the first argument), `--scratch FOLDER`, `--no-tests`,
 * `--page-only`.
 */
export async function runField({ folder, trial, lastly, write }: Field): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
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
  const cli = join(root, 'dist', 'src', 'cli.js');
  process.env.MIGRATE_CACHE ??= join(root, '.cache');
  // What discovers files beside itself must run from where it was built.
  const built = pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href;
  const runtimes = (await import(built)) as Runtimes;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

  const here = join(root, 'bench', folder);
  const list = readApplications(Application, join(here, 'applications.yaml'), values.app);
  const scratch = resolve(values.scratch ?? mkdtempSync(join(tmpdir(), 'migrate-field-')));
  const clones = resolve(values.clones ?? positionals[0] ?? join(scratch, 'clones'));
  const resultsFile = join(here, 'results.json');
  /** What this run found; the rest is as it stands in the file, where another run may be at work. */
  const found = new Map<string, Row>();
  const results = () => new Map([...readResults<Row>(resultsFile), ...found]);
  const keep = () => {
    const all = results();
    const rows = list.map((app) => rowOf(app, all.get(app.name)));
    writeFileSync(resultsFile, `${JSON.stringify(rows, null, 1)}\n`);
    write(root, rows, list);
  };
  try {
    for (const app of list) {
      if (values['page-only'] || (values.app.length > 0 && !values.app.includes(app.name))) continue;
      process.stdout.write(`${app.name}\n`);
      const row = rowOf(app, results().get(app.name));
      found.set(app.name, row);
      if (values.depth.includes('converted')) {
        const source = join(scratch, 'source', app.name);
        delete row.converted;
        delete row.failed;
        try {
          row.converted = await convertBoth(app, { ...{ source, clones, cli, version, trial, lastly } });
        } catch (error) {
          row.failed = said(error, { scratch: source, clones });
        } finally {
          rmSync(source, { recursive: true, force: true });
        }
      }
      if (values.depth.includes('run') && app.unrun === undefined)
        row.run = await run(app, row.converted, {
          ...{ clones, cli, runtimes, version, trial, tests: !values['no-tests'] },
          scratch: join(scratch, app.name),
        });
      process.stdout.write(`${summary(row)}\n`);
      keep();
    }
    keep();
  } finally {
    if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
  }
}

/** What the codemod makes of the source, for both targets. */
async function convertBoth(
  app: Application,
  {
    source,
    clones,
    version,
    lastly,
    ...by
  }: { source: string; clones: string; version: string; cli: string; trial: Trial; lastly?: string },
): Promise<Converted> {
  rmSync(source, { recursive: true, force: true });
  await extract(await clone(app, clones), app, source);
  const node = await convert(source, 'node', by);
  const inPlace =
    lastly !== undefined && isRefused(node)
      ? await convert(source, 'node', { ...by, more: ['--no-typecheck', lastly] })
      : null;
  return {
    ...{ date: today(), version, lines: linesIn(source) },
    ...{ node, workers: await convert(source, 'workers', by) },
    ...(inPlace !== null && !isRefused(inPlace) && { inPlace }),
  };
}
