import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { Inventory } from '../../model/inventory.ts';
import { isolatedCopy, runCommand } from '../../shadow/index.ts';
import { buildOf, notBuilt, runBuild } from './build.ts';
import type { Given } from './given.ts';
import { findStart } from './start.ts';

/** The application in scratch, set up, from which every row is made. */
export interface Base {
  dir: string;
  /** The file that production starts, relative to it. */
  entry: string;
  /** As it was given, with the build that it takes. */
  given: Given;
  /** What was done to have it start, in sentences. */
  notes: string[];
}

/**
 * Copies the application and sets the copy up. Where the project's own build makes what production starts, and it is
 * not there, that build is run in the copy.
 *
 * @throws MigrateError NO_ENTRY, NOT_BUILT, NOT_INSTALLED, STATE_COMMAND_FAILED (exit code 3)
 */
export async function prepareBase(
  given: Given,
  into: string,
  { signal, progress }: { signal: AbortSignal; progress(text: string): void },
): Promise<Base> {
  const dir = await isolatedCopy(given.root, into, signal);
  requireInstalled(dir, given.inventory);
  await setUp(given, dir, signal);
  const start = await findStart(given, dir);
  if (start.entry !== null) return { dir, entry: start.entry, given, notes: start.notes };
  const build = buildOf(given.inventory);
  if (build === null) throw notBuilt(start.unbuilt);
  progress(`building it: ${build.join(' ')}`);
  const built = { ...given, build };
  await runBuild(built, dir, signal);
  const again = await findStart(built, dir);
  if (again.entry === null) throw notBuilt(start.unbuilt);
  const notes = [`It was built in the scratch copy first: ${build.join(' ')}.`, ...again.notes];
  return { dir, entry: again.entry, given: built, notes };
}

/** Runs what `--setup` names in a copy, and the build that the application takes. */
export async function setUp(given: Given, dir: string, signal: AbortSignal): Promise<void> {
  for (const command of given.setup) await runCommand('--setup', command, dir, signal);
  if (given.build) await runBuild(given, dir, signal);
}

/** With nothing installed every row would fail for the same reason. */
function requireInstalled(dir: string, { applicationPackages, packageManager }: Inventory): void {
  const first = (applicationPackages ?? []).find((name) => !isBuiltin(name));
  // Functions without a package above them have their own each.
  if (first === undefined || !existsSync(join(dir, 'package.json'))) return;
  if (existsSync(join(dir, 'node_modules'))) return;
  if (existsSync(join(dir, '..', 'node_modules')) || existsSync(join(dir, '.pnp.cjs'))) return;
  throw new MigrateError('NOT_INSTALLED', `There is no node_modules, and the application loads ${first}.`, {
    hint: `Install first: ${packageManager.name ?? 'npm'} install.`,
  });
}

/**
 * The variables of environment files that were named.
 *
 * @throws MigrateError USAGE (exit code 2) for one that cannot be read
 */
export function readEnvFiles(cwd: string, files: readonly string[]): Record<string, string> {
  const env: Record<string, string> = {};
  for (const file of files) {
    try {
      Object.assign(env, parseEnv(readFileSync(resolve(cwd, file), 'utf8')));
    } catch (error) {
      throw new MigrateError('USAGE', `--env-file ${file} cannot be read: ${(error as Error).message}.`, {
        exitCode: ExitCode.usage,
      });
    }
  }
  return env;
}

/** What `.env` in a copy holds: Wrangler gives it to a Worker, which has no disk to read it from. */
export function dotEnv(dir: string): Record<string, string> {
  const file = join(dir, '.env');
  return existsSync(file) ? (parseEnv(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}
