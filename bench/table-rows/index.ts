import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { clusters, decorators, environmentFiles, pins, shebang } from './run.ts';
import {
  atLoad,
  clients,
  dispatcher,
  type Found,
  type Ground,
  hashing,
  layOut,
  ON_WORKERS,
  paths,
  type Runtimes,
  stripe,
} from './serve.ts';

/**
 * Measures what the rows of `playbooks/rules` say, in the real runtimes. Results are kept in
 * `bench/table-rows/results.json`, so one question can be asked again: `npm run bench:rows -- --only stripe`.
 */
const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [] }, scratch: { type: 'string' } },
});

// The same from bench/table-rows/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const here = join(root, 'bench', 'table-rows');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
const runtimes = (await import(
  pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href
)) as Runtimes;

const PACKAGES = [
  ...['undici@7', 'stripe@22', 'pg@8', 'mysql2@3', 'ioredis@5', 'redis@5', 'mongodb@7', 'bcryptjs@3'],
  ...['reflect-metadata@0.2', 'tsx@4', 'esbuild@0.28', 'typescript@5'],
];
type Question = (ground: Ground, spec: string) => Promise<Found>;
const SERVERS = ['node@22', 'bun@1.4', 'deno@2', 'workers'];
const QUESTIONS: Record<string, { ask: Question; on: readonly string[] }> = {
  dispatcher: { ask: dispatcher, on: SERVERS.slice(0, 3) },
  stripe: { ask: stripe, on: SERVERS },
  hashing: { ask: hashing, on: SERVERS },
  clients: { ask: clients, on: SERVERS },
  paths: { ask: paths, on: SERVERS },
  'at-load': { ask: atLoad, on: ['workers'] },
  'environment-files': { ask: environmentFiles, on: SERVERS.slice(0, 3) },
  shebang: { ask: shebang, on: ['bun@1.4'] },
  decorators: { ask: decorators, on: SERVERS.slice(0, 3) },
  cluster: { ask: clusters, on: SERVERS.slice(0, 3) },
  pins: { ask: pins, on: ['bun@1.4'] },
};

interface Result {
  question: string;
  date: string;
  packages: Record<string, string>;
  on: Record<string, Found>;
}

const file = join(here, 'results.json');
const results = new Map(
  (JSON.parse(readFileSync(file, 'utf8')) as Result[]).map((one) => [one.question, one]),
);
const unknown = values.only.find((name) => !Object.hasOwn(QUESTIONS, name));
if (unknown !== undefined) throw new Error(`--only: there is no question "${unknown}".`);
const scratch = values.scratch ?? mkdtempSync(join(tmpdir(), 'migrate-rows-'));
try {
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'package.json'), '{ "name": "rows", "private": true, "type": "module" }\n');
  const install = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline', ...PACKAGES];
  await execa('npm', install, { cwd: scratch });
  layOut(join(here, 'served'), scratch, ON_WORKERS);
  for (const [question, { ask, on }] of Object.entries(QUESTIONS)) {
    if (values.only.length > 0 && !values.only.includes(question)) continue;
    const result: Result = {
      question,
      date: new Date().toISOString().slice(0, 10),
      packages: installed(),
      on: {},
    };
    for (const spec of on) {
      const { version } = await runtimes.provisionRuntime(await runtimes.parseSpec(spec), {});
      result.on[`${spec.split('@')[0]} ${version}`] = await ask({ dir: scratch, runtimes }, spec);
    }
    results.set(question, result);
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    const rows = Object.keys(QUESTIONS).flatMap((name) => results.get(name) ?? []);
    writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  }
} finally {
  if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
}

/** Exact versions of the packages the probes used. */
function installed(): Record<string, string> {
  return Object.fromEntries(
    PACKAGES.map((each) => {
      const name = each.slice(0, each.lastIndexOf('@'));
      const manifest = readFileSync(join(scratch, 'node_modules', name, 'package.json'), 'utf8');
      return [name, (JSON.parse(manifest) as { version: string }).version];
    }),
  );
}
