import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { diskError } from './disk-error.ts';
import { installPackages } from './npm.ts';

/**
 * Packages of npm with what they depend on, in a folder of the cache: fetched once, and no scripts are run.
 *
 * @param wanted name to range
 * @returns the `node_modules` that holds them
 * @throws MigrateError NO_NPM, NO_PACKAGE, REGISTRY_UNREACHABLE, DISK_FULL (exit code 3)
 */
export async function fetchPackages(
  wanted: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<string> {
  const packages = Object.entries(wanted).map(([name, range]) => ({ name, range }));
  const key = createHash('sha256').update(JSON.stringify(packages.map(Object.values).sort()));
  const parent = join(cacheFolder(), 'packages');
  const home = join(parent, key.digest('hex').slice(0, 16));
  if (existsSync(home)) return join(home, 'node_modules');
  let scratch: string | undefined;
  try {
    await mkdir(parent, { recursive: true });
    scratch = await mkdtemp(join(parent, '.part-'));
    await installPackages(packages, { cwd: scratch, ...(signal && { signal }) });
    await rename(scratch, home).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster, with the same.
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code ?? '')) throw error;
    });
    return join(home, 'node_modules');
  } catch (error) {
    throw diskError(error);
  } finally {
    if (scratch) await rm(scratch, { recursive: true, force: true });
  }
}
