import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import semver from 'semver';
import { z } from 'zod';
import { makerLives } from '../../workspace/alive.ts';

/** Written last into a runtime's folder: without it, or with an executable of another size, nothing is there. */
const Manifest = z.object({
  schema: z.literal('migrate/runtime-cache'),
  version: z.literal(1),
  runtime: z.string(),
  runtimeVersion: z.string(),
  platform: z.string(),
  executable: z.string(),
  size: z.int(),
});
type Manifest = z.infer<typeof Manifest>;

const MANIFEST = 'migrate-runtime.json';

/** A runtime in the cache. `home` holds its `node_modules`. */
export interface CachedRuntime {
  version: string;
  home: string;
  binary: string;
}

/** `MIGRATE_CACHE`, or the platform's cache directory for `migrate`. */
export function cacheFolder(): string {
  const given = process.env.MIGRATE_CACHE;
  return given ? resolve(given) : envPaths('migrate', { suffix: '' }).cache;
}

/** `<cache>/runtimes/<name>/<version>-<platform>`. */
export const runtimeHome = (name: string, version: string, platform: string): string =>
  join(cacheFolder(), 'runtimes', name, `${version}-${platform}`);

/** The complete versions of a runtime for a platform, newest first. */
export async function cachedVersions(name: string, platform: string): Promise<CachedRuntime[]> {
  const parent = join(cacheFolder(), 'runtimes', name);
  const names = await readdir(parent).catch(() => []);
  const homes = names.filter((one) => one.endsWith(`-${platform}`) && !one.startsWith('.'));
  const found = await Promise.all(homes.map((one) => readCached(join(parent, one))));
  return found
    .filter((one): one is CachedRuntime => one !== null)
    .sort((a, b) => semver.rcompare(a.version, b.version));
}

/** The runtime in a cache folder, `null` when there is none or it is not complete. */
export async function readCached(home: string): Promise<CachedRuntime | null> {
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(join(home, MANIFEST), 'utf8')));
    const binary = join(home, ...manifest.executable.split('/'));
    const { size } = await stat(binary);
    return size === manifest.size ? { version: manifest.runtimeVersion, home, binary } : null;
  } catch {
    return null;
  }
}

/** A folder to install into, beside the final place so that the rename stays on one file system. */
export async function scratchFolder(name: string, version: string): Promise<string> {
  const parent = join(cacheFolder(), 'runtimes', name);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const folder = join(parent, `.part-${version}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`);
  await mkdir(folder);
  return folder;
}

/**
 * Marks a scratch folder as complete and moves it into place in one step. When another process was faster, its
 * result is taken and ours thrown away; an incomplete folder that is in the way is replaced.
 */
export async function publish(
  scratch: string,
  home: string,
  about: Pick<Manifest, 'runtime' | 'runtimeVersion' | 'platform' | 'executable'>,
): Promise<CachedRuntime> {
  const { size } = await stat(join(scratch, ...about.executable.split('/')));
  const manifest: Manifest = { schema: 'migrate/runtime-cache', version: 1, ...about, size };
  await writeFile(join(scratch, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  try {
    await rename(scratch, home);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const theirs = await readCached(home);
    if (!theirs) {
      await rm(home, { recursive: true, force: true });
      await rename(scratch, home);
    }
  }
  await rm(scratch, { recursive: true, force: true });
  const cached = await readCached(home);
  if (!cached) throw new Error(`the runtime in ${home} vanished while it was put there`);
  return cached;
}

/** Folders of installs whose process is gone. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^\.part-.*-(\d+)-[a-z0-9]+$/.exec(name)?.[1];
    const scratch = join(parent, name);
    if (pid && !makerLives(Number(pid), scratch)) await rm(scratch, { recursive: true, force: true });
  }
}
