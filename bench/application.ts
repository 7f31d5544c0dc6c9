import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Scratch copies of a fixture: the original, and the one a codemod converted, both with their packages installed. */
export interface Application {
  scratch: string;
  original: string;
  converted: string;
}

/** Installs what the package.json of a folder asks for. */
export const install = (cwd: string) =>
  execa('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], { cwd });

/** Copies a fixture without what running it left there. */
export const copyOf = (root: string, name: string, folder: string): void =>
  cpSync(join(root, 'fixtures', name), folder, {
    recursive: true,
    filter: (from) => !/[\\/](node_modules|\.migrate|uploads)$/.test(from),
  });

/** Runs a codemod of the built command on a folder. @returns its change set, as JSON */
export async function convert(
  root: string,
  cwd: string,
  id: string,
  options: readonly string[] = [],
): Promise<string> {
  const args = ['codemod', 'run', id, ...options, '--write', '--allow-dirty', '--json'];
  const { stdout } = await execa(process.execPath, [join(root, 'dist', 'src', 'cli.js'), ...args], {
    cwd,
    maxBuffer: 1e8,
  });
  return stdout;
}

/** @param root the repository, built */
export async function prepareApplication(root: string, name: string): Promise<Application> {
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-faults-'));
  const [original, converted] = [join(scratch, 'original'), join(scratch, 'converted')];
  for (const folder of [original, converted]) copyOf(root, name, folder);
  await convert(root, converted, 'express-to-hono', ['--parity', 'wire']);
  for (const folder of [original, converted]) await install(folder);
  return { scratch, original, converted };
}

/** A conversion of a fixture, and the file with the routes known not to run on Workers, where it is for them. */
export interface Conversion {
  folder: string;
  limits: string | null;
}

/**
 * Converts a copy of a prepared application another way. Packages are those of the first conversion: no way needs others.
 *
 * @param name the fixture
 */
export async function convertAgain(
  root: string,
  name: string,
  { scratch, converted }: Application,
  way: { parity: 'wire' | 'idiomatic'; workers: boolean },
): Promise<Conversion> {
  const folder = join(scratch, `${way.parity}${way.workers ? '-workers' : ''}`);
  rmSync(folder, { recursive: true, force: true });
  copyOf(root, name, folder);
  const target = way.workers ? ['--target', 'workers'] : [];
  let changes = await convert(root, folder, 'express-to-hono', ['--parity', way.parity, ...target]);
  // Its uploads are on the disk otherwise.
  if (way.workers && name === 'express-notes') changes = await convert(root, folder, 'fs-to-r2');
  symlinkSync(join(converted, 'node_modules'), join(folder, 'node_modules'));
  if (!way.workers) return { folder, limits: null };
  const limits = `${folder}-limits.json`;
  writeFileSync(limits, changes);
  return { folder, limits };
}
