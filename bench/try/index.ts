import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { Try } from '../../src/model/try.ts';
import { clone, extract } from '../field-test/prepare.ts';
import { readApplications, readResults } from '../public-applications.ts';
import { machine } from '../section.ts';
import { Application } from './list.ts';
import { page, type Row } from './page.ts';

/**
 * `migrate try` on public applications that we did not write. Results are kept in `bench/try/results.json`, so that one
 * application can be tried again; `docs/try.md` is made from them. `npm run bench:try [-- --app <name> --clones <folder>]`
 */
const { values } = parseArgs({
  options: {
    app: { type: 'string', multiple: true, default: [] },
    clones: { type: 'string' },
    scratch: { type: 'string' },
    time: { type: 'string', default: '6' },
    'page-only': { type: 'boolean', default: false },
  },
});

// The same from bench/try/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const here = join(root, 'bench', 'try');
const cli = join(root, 'dist', 'src', 'cli.js');
process.env.MIGRATE_CACHE ??= join(root, '.cache');

const everyone = readApplications(Application, join(here, 'applications.yaml'), values.app);
const scratch = resolve(values.scratch ?? mkdtempSync(join(tmpdir(), 'migrate-bench-try-')));
const clones = resolve(values.clones ?? join(scratch, 'clones'));
const resultsFile = join(here, 'results.json');
const results = readResults<Row>(resultsFile);
try {
  for (const app of everyone) {
    if (values['page-only'] || (values.app.length > 0 && !values.app.includes(app.name))) continue;
    const row = await tryOne(app);
    results.set(app.name, row);
    const found = row.tries[0]?.ways.filter(({ failed }) => failed === null).length;
    process.stdout.write(
      `${app.name}: ${row.failed ?? `${found} of ${row.tries[0]?.ways.length} rows start`}\n`,
    );
    write();
  }
  write();
} finally {
  if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
}

async function tryOne(app: Application): Promise<Row> {
  const whole = join(scratch, app.name);
  const folder = join(whole, app.folder);
  if (!existsSync(whole)) {
    await extract(await clone(app, clones), { commit: app.commit, folder: '.' }, whole);
    await install(folder, app);
  }
  for (const [program = '', ...args] of app.before) await execa(program, args, { cwd: folder });
  const har = join(scratch, `${app.name}.har`);
  if (app.traffic) writeFileSync(har, JSON.stringify(harOf(app.traffic)));
  if (app.env !== undefined) writeFileSync(join(scratch, `${app.name}.env`), app.env);
  const shown = [
    ...(app.today ? ['--today', app.today] : []),
    ...app.setup.flatMap((command) => ['--setup', command]),
    ...(app.env === undefined ? [] : ['--env-file', `${app.name}.env`]),
    ...(app.traffic ? ['--traffic', `${app.name}.har`, '--writes', 'isolated'] : []),
  ];
  const { name, repository, commit, what } = app;
  const quoted = shown.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ');
  const row: Row = {
    ...{
      name,
      repository,
      commit,
      what,
      date: new Date().toISOString().slice(0, 10),
      failed: null,
      tries: [],
    },
    checked: app.checked,
    command: `migrate try ${quoted}`.trim(),
  };
  // Twice, where it starts: to see whether the figures can be repeated.
  for (let turn = 0; turn < 2; turn++) {
    const args = ['try', folder, '--json', '--time', values.time, ...shown];
    const ran = await execa(process.execPath, [cli, ...args], { cwd: scratch, reject: false });
    const document = JSON.parse(ran.stdout || 'null') as
      | Try
      | { schema: 'migrate/error'; message: string }
      | null;
    if (document === null || document.schema === 'migrate/error')
      return { ...row, failed: saidOf(document) ?? ran.stderr.split('\n')[0] ?? 'nothing was said' };
    // What a process said names paths of this machine.
    row.tries.push({ ...document, ways: document.ways.map((way) => ({ ...way, said: [] })) });
    if (document.ways[0]?.failed !== null) break;
  }
  return row;
}

async function install(cwd: string, { lock, production }: Application): Promise<void> {
  if (lock && existsSync(join(cwd, 'pnpm-lock.yaml'))) {
    await execa('npx', ['--yes', 'pnpm@9', 'install', '--frozen-lockfile'], { cwd });
    return;
  }
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--legacy-peer-deps'];
  const what = [...(lock ? [] : ['--no-package-lock']), ...(production ? ['--omit=dev'] : [])];
  await execa('npm', ['install', ...flags, ...what], { cwd });
}

/** Traffic of the list as a recording. */
function harOf(traffic: NonNullable<Application['traffic']>) {
  return {
    log: {
      version: '1.2',
      entries: traffic.map(({ method, path, headers, json }) => ({
        request: {
          ...{ method, url: `http://localhost${path}` },
          headers: [
            ...Object.entries(headers).map(([name, value]) => ({ name, value })),
            ...(json === undefined ? [] : [{ name: 'Content-Type', value: 'application/json' }]),
          ],
          ...(json !== undefined && {
            postData: { mimeType: 'application/json', text: JSON.stringify(json) },
          }),
        },
        response: { status: 200, statusText: 'OK', headers: [], content: {} },
      })),
    },
  };
}

interface Failure {
  schema: 'migrate/error';
  message: string;
  hint?: string;
}

/** The error, and the line of what was printed that says why. */
function saidOf(error: Failure | null): string | null {
  const why = error?.hint?.split(' | ').find((line) => /\b(error|failed)\b/i.test(line));
  return error && `${error.message}${why ? ` ${why.trim()}` : ''}`;
}

function write(): void {
  const rows = everyone.flatMap(({ name, checked }) => {
    const row = results.get(name);
    return row ? [{ ...row, checked }] : [];
  });
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(rows, null, 1)}\n`);
  writeFileSync(join(root, 'docs', 'try.md'), page(rows, everyone.length, machine()));
}
