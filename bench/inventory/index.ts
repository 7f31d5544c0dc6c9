import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { Inventory } from '../../src/model/inventory.ts';
import { fillTemplate } from '../../src/shadow/sources/_template.ts';
import { READERS } from '../../src/workspace/server/readers/index.ts';
import { readApplications, readResults } from '../public-applications.ts';
import { askPublic, writeAnswers } from './answers.ts';
import { fetched, installed, RoutedApplication } from './applications.ts';
import { writeTruth } from './cases.ts';
import { type Compared, compareAnswers, compareRoutes } from './compare.ts';
import { heldOf } from './held.ts';
import { page, type Row } from './page.ts';
import { tryOne } from './tries.ts';

/**
 * Routes that `migrate inventory` reads beside those that run: with `--cases`, the truth about the readers' cases is
 * written beside them; else public applications are installed, started and asked, and `docs/inventory.md` is made.
 */
const { values } = parseArgs({
  options: {
    app: { type: 'string', multiple: true, default: [] },
    cases: { type: 'boolean', default: false },
    clones: { type: 'string' },
    scratch: { type: 'string' },
    // `try`: each application is started and asked by `migrate try`, too; its routes are as measured before.
    depth: { type: 'string', default: 'routes' },
    'page-only': { type: 'boolean', default: false },
  },
});

// The same from bench/inventory/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const here = join(root, 'bench', 'inventory');
const probe = join(here, 'probe.cjs');
const cli = join(root, 'dist', 'src', 'cli.js');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
const scratch = resolve(values.scratch ?? mkdtempSync(join(tmpdir(), 'migrate-inventory-')));
const clones = resolve(values.clones ?? join(scratch, 'clones'));

try {
  if (values.cases) {
    await writeTruth(root, join(scratch, 'cases'), probe, values.app);
    if (values.app.length === 0 || values.app.includes('http'))
      await writeAnswers(root, join(scratch, 'cases'));
  } else await compareAll();
} finally {
  if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
}

async function compareAll(): Promise<void> {
  const list = readApplications(RoutedApplication, join(here, 'applications.yaml'), values.app);
  const file = join(here, 'results.json');
  const results = readResults<Row>(file);
  for (const app of list) {
    if (values['page-only'] || (values.app.length > 0 && !values.app.includes(app.name))) continue;
    process.stdout.write(`${app.name}\n`);
    const before = results.get(app.name);
    const isTry = values.depth === 'try';
    const routes = isTry && before ? before : await rowOf(app).catch((error: Error) => failedRow(app, error));
    const tried = isTry
      ? await tryOne(app, await ready(app), { cli, scratch, today: today() })
      : before?.tried;
    const row = { ...routes, ...(tried && { tried }) };
    results.set(app.name, row);
    process.stdout.write(`  ${values.depth === 'try' ? toldOf(row) : figuresOf(row)}\n`);
    const rows = list.flatMap(({ name }) => results.get(name) ?? []);
    writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  }
  writeFileSync(
    join(root, 'docs', 'inventory.md'),
    page(
      list.flatMap(({ name }) => results.get(name) ?? []),
      new Map(list.flatMap(({ name, heldOut }) => (heldOut ? [[name, heldOut] as const] : []))),
      JSON.parse(readFileSync(join(here, 'counted.json'), 'utf8')),
    ),
  );
}

function figuresOf({ failed, same, missed, extra }: Row): string {
  return failed ?? `${same} of ${same + missed.length}, ${extra.length} more`;
}

function toldOf({ tried }: Row): string {
  return tried === undefined ? 'not tried' : `${tried.asked} asked, ${tried.reason ?? 'complete'}`;
}

function failedRow({ name, framework, repository, commit, what }: RoutedApplication, error: Error): Row {
  const nothing = { same: 0, missed: [], extra: [], ofPackages: 0, notChecked: 0 };
  const said = error.message.replaceAll(scratch, '').split('\n');
  const failed = said.find((line) => line.trim() !== '') ?? 'it did not start';
  return { ...{ name, framework, repository, commit, what, date: today() }, ...nothing, failed };
}

async function rowOf(app: RoutedApplication): Promise<Row> {
  const folder = await fetched(app, clones, scratch);
  const { stdout } = await execa(process.execPath, [cli, 'inventory', '--json'], {
    ...{ cwd: folder, maxBuffer: 1e8 },
  });
  const inventory: Inventory = JSON.parse(stdout);
  // Functions behind a gateway may hand their requests to applications of any framework.
  const read = inventory.routes.filter(
    ({ framework }) => app.framework === 'aws-lambda' || framework === app.framework,
  );
  const found = await compared(app, await ready(app), read);
  const { name, framework, repository, commit, what } = app;
  return {
    ...{ name, framework, repository, commit, what, date: today(), ...found },
    notChecked: inventory.notChecked.length,
  };
}

/** Its own routes, beside what was read of them. */
async function compared(
  app: RoutedApplication,
  folder: string,
  read: Inventory['routes'],
): Promise<Compared> {
  if (app.framework === 'node:http') {
    const started = { folder, args: [app.entry], port: app.port ?? 3000, env: app.env };
    const made = read.flatMap(({ path }) =>
      path.includes('\\') ? [] : (fillTemplate(path, {})?.path ?? []),
    );
    return compareAnswers(read, await askPublic(started, [...new Set([...app.asks, ...made])]));
  }
  const held = await heldOf(app, folder, { probe, programOf, serverless });
  const template =
    READERS.find(({ framework }) => framework === app.framework)?.template ?? ((path: string) => path);
  return compareRoutes(
    read.map(({ method, path }) => `${method} ${path}`),
    held.routes.map((route) => route.replace(/ (\/.*)$/, (_, path: string) => ` ${template(path)}`)),
  );
}

function ready(app: RoutedApplication): Promise<string> {
  return installed(app, clones, scratch, join(here, 'fonts.cjs'));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Where Serverless is installed, which says what it makes of a manifest. */
async function serverless(): Promise<string> {
  const folder = join(scratch, 'serverless');
  if (existsSync(join(folder, 'node_modules', 'serverless'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  await execa('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'serverless@3'], {
    cwd: folder,
  });
  return folder;
}

/** The program of a runtime, fetched where it is not there. */
async function programOf(spec: string): Promise<string> {
  // What discovers files beside itself must run from where it was built.
  const runtimes = await import(pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href);
  const { binary } = await runtimes.provisionRuntime(await runtimes.parseSpec(spec));
  return binary;
}
