import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { normalise, type Places } from './normalise.ts';

/** Installed packages and what tools keep beside them are no result of a script. */
const LEFT_OUT = new Set(['node_modules', '.git', '.migrate']);
/** Larger files are compared byte by byte. */
const MOST_TEXT = 5_000_000;

/** What lies in a folder, told apart by size, time and inode: a file that is written has another one of them. */
export type Snapshot = ReadonlyMap<string, string>;

export function snapshot(dir: string): Snapshot {
  const found = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(dir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (LEFT_OUT.has(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else {
        const { size, mtimeMs, ino } = lstatSync(join(dir, path));
        found.set(path, `${size} ${mtimeMs} ${ino}`);
      }
    }
  };
  walk('');
  return found;
}

/**
 * Files that are other ones than before, by path: what they hold now, or null for those that are gone.
 *
 * @param reference a folder that holds what was there before
 */
export function writtenSince(
  dir: string,
  before: Snapshot,
  reference: string,
  places: Places,
): Map<string, string | null> {
  const now = snapshot(dir);
  const written = new Map<string, string | null>();
  for (const [path, mark] of now) {
    const was = before.get(path);
    if (was === mark) continue;
    const digest = digestOf(join(dir, path), places);
    // Written again with what it held: nothing came of it.
    if (was === undefined || digestOf(join(reference, path), places) !== digest) written.set(path, digest);
  }
  for (const path of before.keys()) if (!now.has(path)) written.set(path, null);
  return new Map([...written].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** SHA-256 of what a file holds; times, paths and the like in a text do not count. */
function digestOf(file: string, places: Places): string {
  const hash = createHash('sha256');
  if (lstatSync(file).isSymbolicLink()) return hash.update(`link ${readlinkSync(file)}`).digest('hex');
  const bytes = readFileSync(file);
  const isText = bytes.length <= MOST_TEXT && !bytes.subarray(0, 8_000).includes(0);
  return hash.update(isText ? normalise(bytes.toString('utf8'), places) : bytes).digest('hex');
}
