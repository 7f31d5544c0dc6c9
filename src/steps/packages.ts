import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { MigrateError } from '../model/errors.ts';
import { addModules, guardMark, parseSpec, provisionRuntime } from '../runtimes/index.ts';
import type { PackageJson } from '../workspace/package-json.ts';

/** A package manager by its lockfile: how it writes only that, and how it installs. */
interface Manager {
  name: string;
  lockfile: string;
  /** Null: it has no such way, so that packages are installed to get one. */
  lockOnly: readonly string[] | null;
  install: readonly string[];
}

const MANAGERS: readonly Manager[] = [
  {
    ...{ name: 'npm', lockfile: 'package-lock.json', install: ['install', '--no-audit', '--no-fund'] },
    lockOnly: ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'],
  },
  {
    ...{ name: 'pnpm', lockfile: 'pnpm-lock.yaml', install: ['install', '--no-frozen-lockfile'] },
    lockOnly: ['install', '--lockfile-only', '--ignore-scripts', '--no-frozen-lockfile'],
  },
  { name: 'yarn', lockfile: 'yarn.lock', install: ['install'], lockOnly: null },
  { name: 'bun', lockfile: 'bun.lock', install: ['install'], lockOnly: ['install', '--lockfile-only'] },
  { name: 'bun', lockfile: 'bun.lockb', install: ['install'], lockOnly: ['install', '--lockfile-only'] },
];
/** Without a lockfile none is made. */
const UNLOCKED: Manager = {
  ...{ name: 'npm', lockfile: '', lockOnly: [] },
  install: ['install', '--no-package-lock', '--no-audit', '--no-fund'],
};

const managerOf = (root: string): Manager =>
  MANAGERS.find(({ lockfile }) => existsSync(join(root, lockfile))) ?? UNLOCKED;

/**
 * Brings the lockfile of a scratch checkout up to its package.json.
 *
 * @returns what was done, in words
 * @throws MigrateError `INSTALL_FAILED` (exit 3)
 */
export async function lockOnly(root: string, signal: AbortSignal): Promise<string> {
  const manager = managerOf(root);
  if (manager.lockOnly?.length === 0) return 'no lockfile to bring up';
  // Its modules are a link to the user's, which is not to be installed into.
  if (manager.lockOnly === null) await rm(join(root, 'node_modules'), { force: true, recursive: true });
  await run(manager.name, manager.lockOnly ?? manager.install, root, signal);
  return `${manager.lockfile} brought up by ${manager.name}`;
}

/** Installs in the user's folder, as its package manager does. @throws MigrateError `INSTALL_FAILED` (exit 3) */
export const install = (root: string, signal: AbortSignal): Promise<void> =>
  run(managerOf(root).name, managerOf(root).install, root, signal);

/** Gives a scratch checkout every package that its manifest asks for; those of the user are linked. */
export const giveModules = (
  root: string,
  { dependencies = {}, devDependencies = {} }: PackageJson,
  signal: AbortSignal,
): Promise<void> => addModules(root, { ...devDependencies, ...dependencies }, signal);

async function run(name: string, args: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  // Bun need not be installed: the one that migrate has does as well.
  const program = name === 'bun' ? (await provisionRuntime(await parseSpec('bun'), { signal })).binary : name;
  try {
    await execa(program, args, {
      cwd,
      env: await guardMark(),
      cancelSignal: signal,
      stdin: 'ignore',
      all: true,
    });
  } catch (error) {
    signal.throwIfAborted();
    const { all, shortMessage } = error as { all?: string; shortMessage?: string };
    const said = (all ?? '').trim().split('\n').slice(0, 3).join(' ');
    throw new MigrateError('INSTALL_FAILED', `${name} ${args[0]} failed: ${said || shortMessage}`, {
      hint: 'Run it yourself to see more; then `migrate resume`.',
      cause: error,
    });
  }
}
