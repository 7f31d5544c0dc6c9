import semver from 'semver';
import { MigrateError } from '../../model/errors.ts';
import type { Runtime, RuntimeSource, RuntimeSpec } from '../contract.ts';
import { cacheFolder } from './cache.ts';
import { publishedVersions } from './npm.ts';

/**
 * The newest published version that satisfies a spec.
 *
 * @throws MigrateError UNKNOWN_VERSION, naming the versions near it
 */
export async function resolveVersion(
  runtime: Runtime,
  spec: RuntimeSpec,
  source: RuntimeSource,
  options: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<string> {
  const { name } = source.packages[0];
  const { signal, timeoutMs } = options;
  const published = await publishedVersions(name, { cwd: cacheFolder(), signal, timeoutMs });
  const versions = semver.rsort(published.filter((one) => semver.valid(one)));
  const hit =
    versions.find((one) => !semver.prerelease(one) && runtime.satisfies(one, spec.range)) ??
    versions.find((one) => one === spec.range);
  if (hit) return hit;
  if (runtime.rangeKind === 'compatibility-date') {
    const identity = runtime.identity?.(versions[0] ?? '', undefined);
    throw new MigrateError(
      'UNKNOWN_VERSION',
      `No release of ${runtime.title} supports the date ${spec.range} yet.`,
      {
        hint: `The newest compatibility date is ${identity?.compatibilityDate}.`,
      },
    );
  }
  throw new MigrateError('UNKNOWN_VERSION', `There is no ${runtime.title} ${spec.range} for this platform.`, {
    hint: `Versions near it: ${near(versions, spec.range ?? '').join(', ')}.`,
  });
}

/** The newest release of the lines next to what was asked for. */
function near(versions: string[], range: string): string[] {
  const asked = semver.coerce(range)?.major ?? 0;
  const newest = new Map<number, string>();
  for (const one of versions) {
    const major = semver.major(one);
    if (!semver.prerelease(one) && !newest.has(major)) newest.set(major, one);
  }
  const majors = [...newest.keys()].sort((a, b) => Math.abs(a - asked) - Math.abs(b - asked));
  const sameLine = versions
    .filter((one) => semver.major(one) === asked && !semver.prerelease(one))
    .slice(0, 3);
  return [...new Set([...sameLine, ...majors.slice(0, 4).flatMap((major) => newest.get(major) ?? [])])];
}
