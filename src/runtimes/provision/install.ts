import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { lock } from 'proper-lockfile';
import { MigrateError } from '../../model/errors.ts';
import type { Runtime, RuntimeSource } from '../contract.ts';
import { type CachedRuntime, publish, readCached, scratchFolder } from './cache.ts';
import { diskError } from './disk-error.ts';
import { installPackages } from './npm.ts';
import { currentPlatform, platformName } from './platform.ts';

interface InstallOptions {
  signal?: AbortSignal;
  progress?: (text: string) => void;
}

/**
 * Fetches one version into the cache: into a folder of its own first, moved into place only when it is complete and
 * starts. Two processes may do this at once.
 */
export async function installRuntime(
  runtime: Runtime,
  source: RuntimeSource,
  version: string,
  home: string,
  { signal, progress }: InstallOptions,
): Promise<CachedRuntime> {
  const [main, ...rest] = source.packages;
  const release = await acquire(home, `${runtime.title} ${version}`, signal, progress);
  let scratch: string | undefined;
  try {
    const theirs = await readCached(home);
    if (theirs) return theirs;
    progress?.(`fetching ${runtime.title} ${version} with npm`);
    scratch = await scratchFolder(runtime.name, version);
    await installPackages([{ name: main.name, range: version }, ...rest], { cwd: scratch, signal });
    const executable = ['node_modules', main.name, source.executable].join('/');
    await assertRuns(runtime, version, join(scratch, ...executable.split('/')), signal);
    const about = {
      runtime: runtime.name,
      runtimeVersion: version,
      platform: platformName(currentPlatform()),
      executable,
    };
    return await publish(scratch, home, about);
  } catch (error) {
    throw diskError(error);
  } finally {
    if (scratch) await rm(scratch, { recursive: true, force: true });
    await release();
  }
}

/** Two processes never fetch the same version at once; the second waits for the first and uses its result. */
async function acquire(
  home: string,
  what: string,
  signal: AbortSignal | undefined,
  progress: InstallOptions['progress'],
): Promise<() => Promise<void>> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      await mkdir(dirname(home), { recursive: true });
      return await lock(home, { realpath: false, stale: 10_000, update: 2_000, onCompromised: () => {} });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw diskError(error);
      progress?.(`waiting for another migrate that is fetching ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function assertRuns(
  runtime: Runtime,
  version: string,
  binary: string,
  signal?: AbortSignal,
): Promise<void> {
  const cancel = signal ? { cancelSignal: signal } : {};
  const asked = await execa(binary, runtime.versionArgs, {
    reject: false,
    timeout: 20_000,
    stdin: 'ignore',
    ...cancel,
  });
  signal?.throwIfAborted();
  if (!asked.failed) return;
  throw new MigrateError(
    'RUNTIME_BROKEN',
    `${runtime.title} ${version} was fetched but does not start here.`,
    {
      hint: `${asked.shortMessage}. Nothing was put in the cache.`,
    },
  );
}
