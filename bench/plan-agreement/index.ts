import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ChangeSet } from '../../src/model/changeset.ts';
import type { Plan } from '../../src/model/plan.ts';
import { Application } from '../field-test/list.ts';
import { clone } from '../field-test/prepare.ts';
import { readApplications } from '../public-applications.ts';
import { counted, disagreements } from './disagreements.ts';

/**
 * Asks the plan and the codemod about the same public applications: those of the field test and ten more. Exits with 1
 * where they say different things of one route. Results are kept in `bench/plan-agreement/results.json`.
 */
const { values } = parseArgs({ options: { clones: { type: 'string' } } });

// The same from bench/plan-agreement/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cli = join(root, 'dist', 'src', 'cli.js');
const More = z.array(
  z.strictObject({ repository: z.string(), commit: z.string(), folder: z.string().default('.') }),
);
const here = join(root, 'bench', 'plan-agreement');
const list = [
  ...readApplications(Application, join(root, 'bench', 'field-test', 'applications.yaml')),
  ...More.parse(parse(readFileSync(join(here, 'applications.yaml'), 'utf8'))),
];
const scratch = mkdtempSync(join(tmpdir(), 'migrate-agreement-'));
const clones = resolve(values.clones ?? join(scratch, 'clones'));
const rows: Record<string, unknown>[] = [];
try {
  for (const [index, app] of list.entries()) {
    const { repository, commit, folder } = app;
    const from = await clone(app, clones);
    const dir = join(scratch, `app-${index}`);
    const archive = join(scratch, 'tree.tar');
    await execa(
      'git',
      ['archive', '--format=tar', `--output=${archive}`, folder === '.' ? commit : `${commit}:${folder}`],
      {
        cwd: from,
      },
    );
    mkdirSync(dir);
    await execa('tar', ['-xf', archive, '-C', dir]);
    const plan = await answer<Plan>(['plan', dir, '--target', 'workers', '--json']);
    const codemod = ['codemod', 'run', 'express-to-hono', '--target', 'workers', '--dir', dir, '--json'];
    const changes = await answer<ChangeSet>(codemod);
    const { moving, of } = counted(plan);
    const date = new Date().toISOString().slice(0, 10);
    const found = disagreements(plan, changes);
    rows.push({
      repository,
      commit,
      folder,
      date,
      routes: of,
      moving,
      verdict: plan.verdict.kind,
      disagreements: found,
    });
    process.stdout.write(
      `${repository}: ${moving} of ${of} routes, ${plan.verdict.kind}, ${found.length} disagreements\n`,
    );
    for (const one of found) process.stdout.write(`  ${one}\n`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (existsSync(here)) writeFileSync(join(here, 'results.json'), `${JSON.stringify(rows, null, 2)}\n`);
const wrong = rows.filter(({ disagreements: found }) => Array.isArray(found) && found.length > 0);
process.stdout.write(`${rows.length} applications, ${wrong.length} on which plan and codemod disagree\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;

async function answer<T>(args: string[]): Promise<T> {
  const { stdout, stderr } = await execa(process.execPath, [cli, ...args], { reject: false, maxBuffer: 1e9 });
  if (stdout === '') throw new Error(`migrate ${args.join(' ')}: ${stderr.slice(0, 1_000)}`);
  return JSON.parse(stdout) as T;
}
