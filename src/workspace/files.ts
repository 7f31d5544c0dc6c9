import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Never part of the user's sources, whether or not git tracks them. */
const NEVER = /(^|\/)(node_modules|\.git|\.migrate)(\/|$)/;
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

/** What is at a listed path: a file to read, or the reason it is not one. `null`: nothing is there. */
export function classify(root: string, path: string): 'file' | { reason: string } | null {
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

export const isNeverListed = (path: string): boolean => NEVER.test(path);

/** Files below `root` for a directory without git: generated folders are left out, linked directories not entered. */
export function walk(root: string): string[] {
  const files: string[] = [];
  const visit = (folder: string, prefix: string) => {
    const entries = readdirSync(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory()) {
        if (!GENERATED.has(entry.name)) visit(join(folder, entry.name), `${path}/`);
      } else files.push(path);
    }
  };
  visit(root, '');
  return files;
}
