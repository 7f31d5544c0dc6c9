import { minVersion } from 'semver';

/** The major release of a package that a package.json asks for; null where it says none. */
export function majorIn(manifest: string, name: string): number | null {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(manifest.replace(/^\uFEFF/, '')) as Record<
    string,
    Record<string, string>
  >;
  const range = dependencies[name] ?? devDependencies[name];
  try {
    return range === undefined ? null : (minVersion(range)?.major ?? null);
  } catch {
    return null;
  }
}
