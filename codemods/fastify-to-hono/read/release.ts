import { minVersion } from 'semver';

/** The major release of Fastify that a package.json asks for; null for another one than 4 and 5, and for none. */
export function releaseIn(manifest: string): 4 | 5 | null {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(manifest.replace(/^\uFEFF/, '')) as Record<
    string,
    Record<string, string>
  >;
  const range = dependencies.fastify ?? devDependencies.fastify;
  try {
    const major =
      range === undefined
        ? null
        : (minVersion(range.replace(/^npm:.*@/, '').replace(/^workspace:/, ''))?.major ?? null);
    return major === 4 || major === 5 ? major : null;
  } catch {
    return range === 'latest' || range === '*' ? 5 : null;
  }
}
