import semver from 'semver';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import { nearestManifest } from '../../shared/edit/manifest.ts';
import { releaseOf } from '../parity/releases.ts';

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
