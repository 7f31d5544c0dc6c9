import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { npmInstall } from './convert.ts';
import type { Case, Step } from './list.ts';

/** One command of a case: what was asked of it, and what is missing; nothing when it is right. */
export interface Told {
  command: string;
  missing: string[];
}

/** Runs what a case expects of `migrate`, in copies of its folders. */
export async function runSteps(
  one: Case,
  { cli, scratch }: { cli: string; scratch: string },
): Promise<Told[]> {
  const folder = join(scratch, one.name);
  mkdirSync(folder, { recursive: true });
  for (const side of ['app', 'old', 'new'].filter((name) => existsSync(join(one.folder, name)))) {
    cpSync(join(one.folder, side), join(folder, side), { recursive: true });
    // What only reads a repository needs nothing installed.
    if (one.steps.some((step) => 'shadow' in step)) await npmInstall(join(folder, side));
  }
  const traffic = join(one.folder, 'traffic.har');
  if (existsSync(traffic)) cpSync(traffic, join(folder, 'traffic.har'));
  const told: Told[] = [];
  for (const step of one.steps) told.push(await runStep(step, folder, cli));
  return told;
}

async function runStep(step: Step, folder: string, cli: string): Promise<Told> {
  const migrate = async (args: readonly string[], cwd: string) =>
    execa(process.execPath, [cli, ...args], { cwd, reject: false, all: true, env: { NO_COLOR: '1' } });
  if ('run' in step) {
    const { all = '' } = await migrate(step.run, join(folder, 'app'));
    const missing = step.says.filter((text) => !all.includes(text)).map((text) => `does not say \`${text}\``);
    return { command: `migrate ${step.run.join(' ')}`, missing };
  }
  let sides = ['old', 'new'];
  if (step.broken !== undefined) {
    sides = ['app', 'broken'];
    cpSync(join(folder, 'app'), join(folder, 'broken'), { recursive: true, verbatimSymlinks: true });
    const file = join(folder, 'broken', 'app.js');
    const text = readFileSync(file, 'utf8');
    const [from, to] = step.broken;
    if (!text.includes(from)) throw new Error(`${file} holds no \`${from}\`.`);
    writeFileSync(file, text.replace(from, to));
  }
  const args = [
    'shadow',
    'run',
    '--old',
    `node@22:${sides[0]}`,
    '--new',
    `node@22:${sides[1]}`,
    ...step.shadow,
  ];
  const { exitCode, all = '' } = await migrate(args, folder);
  const verdict = all.split('\n').find((line) => /^(PASS|FAIL|INCONCLUSIVE|INVALID)\b/.test(line)) ?? '';
  const missing = exitCode === step.exit ? [] : [`ends with ${exitCode}, not ${step.exit}: ${verdict}`];
  return { command: `migrate ${args.join(' ')} → ${verdict}`, missing };
}
