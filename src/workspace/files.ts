import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, sep } from 'node:path';

/** Never part of the user's sources, whether or not git tracks them. */
const NEVER = /(^|\/)(\.git|\.migrate)(\/|$)/;
/** Each folder of packages on the way to a path. */
const PACKAGES = /(?<=^|\/)node_modules\//g;
/** What package managers leave in a folder of packages that they fill. */
const FILLED = /^(?:\.bin|\.package-lock\.json|\.yarn-integrity|\.modules\.yaml|\.pnpm)(?:\/|$)/;
/** Outside git nothing says what is generated; these are by convention. */
const GENERATED = new Set([
  'node_modules',
  '.git',
  '.migrate',
  'dist',
  'build',
  'coverage',
  '.next',
  '.turbo',
  '.cache',
]);

/** Listed files from which on a folder is read as a whole: one call instead of one a file. */
const MANY = 8;

/**
 * What is at a listed path: a file to read, or the reason it is not one. `null`: nothing is there.
 *
 * @param listed the paths that will be asked for
 */
export function createClassifier(
  root: string,
  listed: readonly string[],
): (path: string) => 'file' | { reason: string } | null {
  const counts = new Map<string, number>();
  for (const path of listed) {
    const folder = posix.dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const folders = new Map<string, ReadonlyMap<string, Dirent>>();
  const entriesOf = (folder: string): ReadonlyMap<string, Dirent> => {
    let known = folders.get(folder);
    if (known === undefined) {
      known = new Map(entries(join(root, folder)).map((entry) => [entry.name, entry]));
      folders.set(folder, known);
    }
    return known;
  };
  return (path) => {
    const folder = posix.dirname(path);
    const isMany = (counts.get(folder) ?? 0) >= MANY;
    const entry = isMany ? entriesOf(folder).get(posix.basename(path)) : undefined;
    return entry?.isFile() ? 'file' : classify(root, path);
  };
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function classify(root: string, path: string): 'file' | { reason: string } | null {
  const absolute = join(root, path);
  const entry = lstatSync(absolute, { throwIfNoEntry: false });
  if (!entry) return null;
  if (entry.isFile()) return 'file';
  if (!entry.isSymbolicLink()) return { reason: entry.isDirectory() ? 'a submodule' : 'not a regular file' };
  let target: string;
  try {
    target = realpathSync(absolute);
  } catch {
    return { reason: 'a symbolic link to nothing, or a loop' };
  }
  if (!isInside(root, target)) return { reason: 'a symbolic link that leaves the repository' };
  return statSync(target).isFile() ? 'file' : { reason: 'a symbolic link to a directory' };
}

/** Whether an absolute path is `root` or below it. Both must be real paths. */
export const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

/**
 * Those of listed paths that may be the user's sources. What lies below `node_modules` is, where no package manager puts
 * packages: beside the folder lies no package.json, and nothing in it was installed. Node finds what a repository keeps
 * in `packages/node_modules` by its name.
 */
export function ownPaths(root: string, listed: readonly string[]): string[] {
  const foldersOf = (path: string) => [...path.matchAll(PACKAGES)].map(({ index }) => path.slice(0, index));
  const inside = listed.flatMap((path) => foldersOf(path).map((folder) => ({ folder, path })));
  const all = new Set(listed);
  const installed = new Set<string>();
  for (const { folder, path } of inside)
    if (
      !installed.has(folder) &&
      (folder === '' ||
        all.has(`${folder}package.json`) ||
        wasInstalled(root, path, path.slice(`${folder}node_modules/`.length)))
    )
      installed.add(folder);
  return listed.filter((path) => !NEVER.test(path) && !foldersOf(path).some((each) => installed.has(each)));
}

/** Whether a path in a folder of packages is a package manager's, or a manifest that npm 6 and older wrote into. */
function wasInstalled(root: string, path: string, name: string): boolean {
  if (FILLED.test(name)) return true;
  if (!/^(?:@[^/]+\/)?[^/]+\/package\.json$/.test(name)) return false;
  try {
    return '_resolved' in JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return false;
  }
}

/** In the order of their names; none where the folder went away since its parent was listed. */
function sortedEntries(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Files below `root` for a directory without git: generated folders are left out, linked directories not entered. */
export function walk(root: string): string[] {
  const files: string[] = [];
  const visit = (folder: string, prefix: string) => {
    for (const entry of sortedEntries(folder)) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        if (!GENERATED.has(entry.name)) visit(join(folder, entry.name), `${path}/`);
      } else files.push(path);
    }
  };
  visit(root, '');
  return files;
}
