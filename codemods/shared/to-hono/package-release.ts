import { dirname, posix } from 'node:path';
import semver from 'semver';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import { nearestManifest } from '../edit/manifest.ts';

/** The release of a package that is installed for the package.json of a repository; null when none is. */
export async function releaseOf(input: CodemodInput, manifest: string, name: string): Promise<string | null> {
  for (const home of new Set([dirname(manifest), '.'])) {
    const text = await input.read(posix.join(home, 'node_modules', name, 'package.json')).catch(() => null);
    const version = /"version"\s*:\s*"([^"]+)"/.exec(text ?? '')?.[1];
    if (version !== undefined) return version;
  }
  return null;
}

/** The release of a package that a file gets: what is installed, else the lowest that package.json asks for. */
export async function packageRelease(
  input: CodemodInput,
  path: string,
  name: string,
): Promise<string | null> {
  const manifest = await nearestManifest(input, path);
  const installed = await releaseOf(input, manifest, name);
  if (installed !== null) return semver.valid(installed);
  const range = rangeIn(await input.read(manifest), name);
  return range !== null && semver.validRange(range) !== null
    ? (semver.minVersion(range)?.version ?? null)
    : null;
}

function rangeIn(text: string | null, name: string): string | null {
  try {
    const { dependencies, devDependencies } = JSON.parse((text ?? '{}').replace(/^\uFEFF/, ''));
    const range: unknown = dependencies?.[name] ?? devDependencies?.[name];
    return typeof range === 'string' ? range : null;
  } catch {
    return null;
  }
}
