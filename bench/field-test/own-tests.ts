import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Application } from './list.ts';

/** What an application's own tests said. `failed` counts tests; null: the run said no number. */
export interface TestResult {
  passed: number | null;
  failed: number | null;
  exitCode: number;
  /** The last lines of a run that failed, for a person to read. */
  tail: string[];
}

/** Counts as Jest, Vitest, Mocha, node:test and Jasmine print them. */
const COUNTS: readonly [passed: RegExp, failed: RegExp][] = [
  [/^Tests:.*?(\d+) passed/m, /^Tests:.*?(\d+) failed/m],
  [/^\s*Tests\s.*?(\d+) passed/m, /^\s*Tests\s.*?(\d+) failed/m],
  [/^\s*(\d+) passing/m, /^\s*(\d+) failing/m],
  [/^[#ℹ] pass (\d+)/m, /^[#ℹ] fail (\d+)/m],
  [/^(\d+) specs?, 0 failures/m, /^\d+ specs?, (\d+) failures?/m],
];

const cleanEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$)/.test(name)));

/** Errors that the project's own TypeScript names; null where it has no tsconfig.json, or no compiler that runs. */
export async function typeErrors(folder: string): Promise<number | null> {
  const compiler = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  if (![join(folder, 'tsconfig.json'), compiler].every((each) => existsSync(each))) return null;
  const { stdout, exitCode } = await execa(process.execPath, [compiler, '--noEmit', '--pretty', 'false'], {
    ...{ cwd: folder, env: cleanEnvironment(), extendEnv: false, reject: false, timeout: 300_000 },
  });
  const errors = stdout.split('\n').filter((line) => /\berror TS\d+:/.test(line)).length;
  return exitCode === 0 || errors > 0 ? errors : null;
}

/** Runs an application's own tests in a folder, unedited but for what the codemod did to them. */
export async function runOwnTests({ test, env }: Application, folder: string): Promise<TestResult | null> {
  if (test === null) return null;
  const [program = 'npm', ...args] = test;
  const { all, exitCode } = await execa(program, args, {
    ...{
      cwd: folder,
      env: { ...cleanEnvironment(), ...env, CI: 'true', NO_COLOR: '1', FORCE_COLOR: '0' },
      extendEnv: false,
    },
    ...{ all: true, reject: false, timeout: 300_000, stdin: 'ignore' },
  });
  const text = String(all ?? '');
  const number = (pattern: RegExp) => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? null : Number(found);
  };
  const counts = COUNTS.map(([passed, failed]) => ({ passed: number(passed), failed: number(failed) })).find(
    ({ passed, failed }) => passed !== null || failed !== null,
  );
  return {
    passed: counts?.passed ?? (counts === undefined ? null : 0),
    failed: counts?.failed ?? (counts === undefined ? null : 0),
    exitCode: exitCode ?? -1,
    tail: exitCode === 0 ? [] : text.replaceAll(folder, '…').trimEnd().split('\n').slice(-40),
  };
}
