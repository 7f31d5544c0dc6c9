import { mkdir } from 'node:fs/promises';
import { MigrateError } from '../../model/errors.ts';
import type { ProvisionedRuntime, Runtime, RuntimeSpec } from '../contract.ts';
import { findRuntime } from '../registry.ts';
import { cachedVersions, cacheFolder, readCached, runtimeHome } from './cache.ts';
import { diskError } from './disk-error.ts';
import { installRuntime } from './install.ts';
import { programsOnPath } from './on-path.ts';
import { currentPlatform, platformName } from './platform.ts';
import { resolveVersion } from './resolve.ts';

export interface ProvisionOptions {
  signal?: AbortSignal;
  /** One line about what is being done, for a progress display. */
  progress?: (text: string) => void;
  /** One sentence the user should read: the registry did not answer and an older version is used. */
  notice?: (text: string) => void;
  /** Never use the network. */
  offline?: boolean;
  /** Take the newest version the registry has, even when the cache or PATH satisfies the spec. */
  refresh?: boolean;
  /** How long the registry may take to say which versions there are. Default 600 000 ms. */
  askTimeoutMs?: number;
}

/**
 * Makes a runtime ready to launch: the newest version in the cache that satisfies the spec, else one on PATH, else
 * the newest the npm registry has, fetched into the cache. `origin` tells which.
 *
 * @throws MigrateError UNKNOWN_VERSION, NO_BUILD, NOT_CACHED, NO_NPM, REGISTRY_UNREACHABLE, DISK_FULL, RUNTIME_BROKEN (exit code 3)
 */
export async function provisionRuntime(
  spec: RuntimeSpec,
  options: ProvisionOptions = {},
): Promise<ProvisionedRuntime> {
  const runtime = await findRuntime(spec.name, spec.raw);
  const platform = currentPlatform();
  const known = await locate(runtime, spec);
  if (known && !options.refresh) return known;
  const source = runtime.source(platform);
  if (typeof source === 'string') {
    if (known) return known;
    throw new MigrateError('NO_BUILD', source, {
      hint: `See ${runtime.homepage} for how to install it yourself.`,
    });
  }
  if (options.offline) {
    if (known) return known;
    throw notCached(spec, 'the network was ruled out');
  }
  await mkdir(cacheFolder(), { recursive: true }).catch((error) => {
    throw diskError(error);
  });
  options.progress?.(`${spec.raw}: asking the npm registry which versions there are`);
  const { signal, askTimeoutMs: timeoutMs } = options;
  const version = await resolveVersion(runtime, spec, source, { signal, timeoutMs }).catch((error) => {
    if (!(error instanceof MigrateError) || !['REGISTRY_UNREACHABLE', 'NO_NPM'].includes(error.code))
      throw error;
    if (!known) throw notCached(spec, error.message.replace(/\.$/, ''), error);
    options.notice?.(`${spec.raw}: ${error.message} Version ${known.version} is here already and stays.`);
    return null;
  });
  if (version === null) return known ?? Promise.reject(notCached(spec, 'the registry was not reached'));

  const home = runtimeHome(runtime.name, version, platformName(platform));
  const cached = await readCached(home);
  const ready = cached ?? (await installRuntime(runtime, source, version, home, options));
  return describe(runtime, spec, ready, cached ? 'cache' : 'registry');
}

/** What satisfies a spec without the network: the cache first, then PATH. */
export async function locate(runtime: Runtime, spec: RuntimeSpec): Promise<ProvisionedRuntime | null> {
  const cached = await cachedVersions(runtime.name, platformName(currentPlatform()));
  const hit = cached.find(({ version }) => runtime.satisfies(version, spec.range));
  if (hit) return describe(runtime, spec, hit, 'cache');
  if (!runtime.onPath) return null;
  const program = (await programsOnPath(runtime.onPath)).find(({ version }) =>
    runtime.satisfies(version, spec.range),
  );
  return program ? describe(runtime, spec, program, 'path') : null;
}

/** What is known of a runtime that is here. */
export function describe(
  runtime: Runtime,
  spec: RuntimeSpec,
  found: { version: string; binary: string; home?: string },
  origin: ProvisionedRuntime['origin'],
): ProvisionedRuntime {
  const { version, binary, home } = found;
  const platform = platformName(currentPlatform());
  return {
    ...{ spec, version, platform, binary, origin },
    ...(home ? { home } : {}),
    ...runtime.identity?.(version, spec.range),
  };
}

function notCached(spec: RuntimeSpec, why: string, cause?: unknown): MigrateError {
  return new MigrateError('NOT_CACHED', `${spec.raw} is neither in the cache nor on PATH: ${why}.`, {
    hint: `Run \`migrate runtimes install ${spec.raw}\` once with a network; after that it works without one.`,
    cause,
  });
}
