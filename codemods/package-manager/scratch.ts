import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { CodemodInput } from '../../src/codemod/contract.ts';
import { MigrateError } from '../../src/model/errors.ts';
import { ExitCode } from '../../src/model/exit.ts';
import type { Manager } from './managers.ts';

/** What package managers read of a project. */
const READ =
  /(?:^|\/)(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lock|bunfig\.toml|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs)$|\.patch$/;
const MINUTES = 10;

/** A folder in scratch with what a package manager reads of the project, or with all of it. */
export async function scratchCopy(
  input: CodemodInput,
  whole: boolean,
): Promise<{ root: string; drop(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), `migrate-packages-${process.pid}-`));
  for (const path of input.paths.filter((each) => whole || READ.test(each))) {
    const target = join(root, 'app', path);
    await mkdir(dirname(target), { recursive: true });
    const text = await input.read(path);
    if (text !== null) await writeFile(target, text.replace(/^\uFEFF/, ''));
    else await cp(join(input.root, path), target);
  }
  return { root: join(root, 'app'), drop: () => rm(root, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Runs a package manager. @throws MigrateError `INSTALL_FAILED` (exit code 3) */
export async function runManager(
  { name, command, cache }: Manager,
  args: readonly string[],
  root: string,
  signal: AbortSignal,
): Promise<void> {
  const [program, ...first] = command;
  const env = { ...cache(join(dirname(root), `cache-${name}`)), CI: '1', NO_COLOR: '1' };
  try {
    await execa(program, [...first, ...args], {
      ...{ cwd: root, env, cancelSignal: signal, stdin: 'ignore', all: true, timeout: MINUTES * 60_000 },
      forceKillAfterDelay: 2_000,
    });
  } catch (error) {
    signal.throwIfAborted();
    const { all, shortMessage } = error as { all?: string; shortMessage?: string };
    const said = (all ?? '').trim().split('\n').slice(-3).join(' ');
    throw new MigrateError('INSTALL_FAILED', `${name} ${args[0]} failed in a copy: ${said || shortMessage}`, {
      hint: 'Run it in the project to see more. Nothing was changed.',
      exitCode: ExitCode.precondition,
      cause: error,
    });
  }
}

/** Installs twice, with an empty cache and with a full one; ms. What was installed stays. */
export async function timedInstall(
  manager: Manager,
  root: string,
  signal: AbortSignal,
): Promise<{ cold: number; warm: number }> {
  const once = async () => {
    await rm(join(root, 'node_modules'), { recursive: true, force: true });
    const from = performance.now();
    await runManager(manager, manager.install, root, signal);
    return Math.round(performance.now() - from);
  };
  return { cold: await once(), warm: await once() };
}
