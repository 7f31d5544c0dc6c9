import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import lt from 'semver/functions/lt.js';
import minVersion from 'semver/ranges/min-version.js';
import validRange from 'semver/ranges/valid.js';

/** What a transform reads of a package.json. */
export interface Manifest {
  /** Where it is: relative to the repository in a run of ours, absolute in one of jscodeshift's. */
  path: string;
  text: string;
  scripts: Readonly<Record<string, string>>;
  /** The declared range of each dependency, of every kind. */
  ranges: Readonly<Record<string, string>>;
  engine: string | null;
}

/** What one file alone does not say. */
export interface Surroundings {
  /** The nearest package.json. */
  manifest: Manifest | null;
  /** Modules that some file replaces by name (`jest.mock('fs')`), with the place. */
  replaced: ReadonlyMap<string, string>;
  /** Why the start of a file cannot be changed with it; null where it can. Absent where one file is all that is seen. */
  starts?: (path: string) => string | null;
  /**
   * Why a file of tests stays with its runner (empty: it is none of that runner's), and whether it is the only one. Absent
   * where one file is all that is seen.
   */
  tests?: (path: string) => { kept: string | null; alone: boolean };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strings = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

/** Reads a package.json; null where it is no JSON object. */
export function readManifest(path: string, text: string): Manifest | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
  if (!isRecord(raw)) return null;
  const { scripts, dependencies, devDependencies, peerDependencies, optionalDependencies, engines } = raw;
  return {
    ...{ path, text, scripts: strings(scripts) },
    ranges: {
      ...strings(peerDependencies),
      ...strings(optionalDependencies),
      ...strings(devDependencies),
      ...strings(dependencies),
    },
    engine: strings(engines).node ?? null,
  };
}

/** What the disk says around a file, for a transform that jscodeshift runs alone. */
export function surroundingsOnDisk(file: string): Surroundings {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path))
      return { manifest: readManifest(path, readFileSync(path, 'utf8')), replaced: new Map() };
    if (dirname(folder) === folder) return { manifest: null, replaced: new Map() };
  }
}

/** The major version that a declared range begins with; null where it is not known. */
export function majorOf(manifest: Manifest | null, name: string): number | null {
  const range = manifest?.ranges[name];
  return range !== undefined && validRange(range) !== null ? (minVersion(range)?.major ?? null) : null;
}

/** The oldest Node.js that a package.json allows, where that is older than what is needed; null where it is new enough or not said. */
export function olderThan(manifest: Manifest | null, needed: string): string | null {
  const engine = manifest?.engine ?? null;
  if (engine === null || validRange(engine) === null) return null;
  const oldest = minVersion(engine);
  return oldest !== null && lt(oldest, needed) ? engine : null;
}
