import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { Inventory } from '../model/inventory.ts';
import { entryFile } from '../plan/project.ts';
import { findEntry } from '../runtimes/index.ts';
import { isolatedCopy, runCommand } from '../shadow/index.ts';

/** What is asked for, as far as it concerns the application. */
export interface Given {
  /** The user's folder, absolute. */
  root: string;
  inventory: Inventory;
  entry?: string;
  /** `--setup`: programs with arguments, run in order. */
  setup: readonly (readonly [string, ...string[]])[];
  /** What `--env-file` names hold. */
  env: Readonly<Record<string, string>>;
}

/** The application in scratch, set up, from which every row is made. */
export interface Base {
  dir: string;
  /** The file that production starts, relative to it. */
  entry: string;
}

/**
 * Copies the application and sets the copy up.
 *
 * @throws MigrateError NO_ENTRY, NOT_BUILT, NOT_INSTALLED, STATE_COMMAND_FAILED (exit code 3)
 */
export async function prepareBase(given: Given, into: string, signal: AbortSignal): Promise<Base> {
  const { root, inventory } = given;
  const dir = await isolatedCopy(root, into, signal);
  requireInstalled(dir, inventory);
  await setUp(given, dir, signal);
  return { dir, entry: await entryOf(given, dir) };
}

/** Runs what `--setup` names in a copy. */
export async function setUp({ setup }: Given, dir: string, signal: AbortSignal): Promise<void> {
  for (const command of setup) await runCommand('--setup', command, dir, signal);
}

/**
 * The file that production starts: as asked for, as the Dockerfile, Procfile or start script says, or a usual name.
 *
 * @throws MigrateError NO_ENTRY, NOT_BUILT (exit code 3)
 */
export async function entryOf({ entry, inventory }: Given, dir: string): Promise<string> {
  if (entry !== undefined) return findEntry(dir, 'node', entry);
  const named = entryFile(inventory);
  const isThere = (path: string) => statSync(join(dir, path), { throwIfNoEntry: false })?.isFile();
  // A Dockerfile may name a file as it is called in the image; a script then says where it is built.
  const points = inventory.entryPoints.filter(
    ({ kind, name, file }) => file === named || kind === 'main' || (kind === 'script' && /^start/.test(name)),
  );
  points.sort((one, other) => Number(other.file === named) - Number(one.file === named));
  const found = points
    .flatMap(({ file }) => [file, `${file}.js`, `${file}/index.js`])
    .find((path) => isThere(path));
  if (found) return found;
  const built = points.find(({ file, source }) => source !== null && source !== file);
  if (built && inventory.scripts.some(({ name }) => name === 'build'))
    throw new MigrateError('NOT_BUILT', `Production starts ${built.file}, which is not there.`, {
      hint: 'Build it in the scratch copy: --setup "npm run build"; or name another file: --entry <file>.',
    });
  return findEntry(dir, 'node');
}

/** With nothing installed every row would fail for the same reason. */
function requireInstalled(dir: string, { applicationPackages, packageManager }: Inventory): void {
  const first = (applicationPackages ?? []).find((name) => !isBuiltin(name));
  if (first === undefined || existsSync(join(dir, 'node_modules'))) return;
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
