import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import type { ScriptComparison } from '../../src/model/scripts.ts';

/**
 * Measures what the rows of `playbooks/data/scripts-on-bun.yaml` say of programs: a small package with one script for
 * each is installed in scratch, and `migrate scripts compare` runs it. `npm run bench:programs -- --only with-jest`
 * asks one of them again; results are kept in `bench/script-programs/results.json`.
 */
const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true, default: [] }, scratch: { type: 'string' } },
});

// The same from bench/script-programs/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const here = join(root, 'bench', 'script-programs');
process.env.MIGRATE_CACHE ??= join(root, '.cache');

const PACKAGES = [
  ...['ava@6', 'c8@10', 'concurrently@9', 'cross-env@10', 'eslint@9', 'jest@30', 'knex@3', 'mocha@11'],
  ...['nodemon@3', 'npm-run-all@4', 'nyc@17', 'pm2@6', 'prettier@3', 'prisma@6', 'rimraf@6', 'ts-node@10'],
  ...['tsx@4', 'typeorm@0.3', 'reflect-metadata@0.2', 'typescript@5', 'vitest@4'],
];

interface Result {
  script: string;
  date: string;
  command: string;
  becomes: string;
  on: string;
  versions: Record<string, string>;
  outcome: string;
  says: string[];
  /** CPU time in ms, npm's or Bun's own start with it. */
  cpu: { today: number | null; bun: number | null };
}

const scratch = values.scratch ?? mkdtempSync(join(tmpdir(), 'migrate-programs-'));
const file = join(here, 'results.json');
try {
  cpSync(join(here, '__fixtures__'), scratch, { recursive: true });
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  if (values.scratch === undefined) await execa('npm', [...install, ...PACKAGES], { cwd: scratch });
  const { scripts } = JSON.parse(readFileSync(join(scratch, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const names = values.only.length > 0 ? values.only : Object.keys(scripts);
  const cli = join(root, 'dist', 'src', 'cli.js');
  const args = ['scripts', 'compare', ...names, '--json', '--today', 'node@22', '--timeout', '300'];
  const { stdout } = await execa(process.execPath, [cli, ...args], {
    ...{ cwd: scratch, reject: false, stderr: 'inherit', maxBuffer: 100_000_000 },
  });
  const found = JSON.parse(stdout) as ScriptComparison;
  const asked = new Set(names);
  const before = JSON.parse(readFileSync(file, 'utf8')) as Result[];
  const results = new Map(before.map((one) => [one.script, one]));
  for (const one of found.scripts.filter(({ name }) => asked.has(name)))
    results.set(one.name, {
      ...{ script: one.name, date: found.madeAt.slice(0, 10), command: one.command, becomes: one.becomes },
      on: `node ${found.runtimes.today.version}, bun ${found.runtimes.bun.version}`,
      versions: versionsOf(one.name, one.command),
      outcome: one.outcome,
      says: [
        ...(one.reason ? [one.reason] : []),
        ...one.differences.map(({ kind, sentence }) => `${kind}: ${sentence}`),
      ],
      cpu: { today: one.today?.cpuMs ?? null, bun: one.bun?.cpuMs ?? null },
    });
  const rows = Object.keys(scripts).flatMap((name) => results.get(name) ?? []);
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
} finally {
  if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
}

/** Exact versions of the packages a script is about: those named in it, or in its own name. */
function versionsOf(script: string, command: string): Record<string, string> {
  const names = PACKAGES.map((each) => each.slice(0, each.lastIndexOf('@')));
  const about = names.filter((name) => script.endsWith(`-${name}`) || command.split(/\s+/).includes(name));
  if (command.startsWith('tsc')) about.push('typescript');
  return Object.fromEntries(
    about.map((name) => {
      const manifest = readFileSync(join(scratch, 'node_modules', name, 'package.json'), 'utf8');
      return [name, (JSON.parse(manifest) as { version: string }).version];
    }),
  );
}
