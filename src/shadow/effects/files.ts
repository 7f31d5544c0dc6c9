import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { digestFile } from '../../workspace/digest.ts';
import { type Effect, INSIDE } from './effect.ts';

/** What stands in a folder: path with `/` to state. */
export type Snapshot = ReadonlyMap<string, FileState>;

interface FileState {
  size: number;
  mtimeMs: number;
  ctimeMs: number;
  sha256: string;
}

/** Linked, not copied: what is in there is not the side's own. */
const NOT_OWN = new Set(['node_modules', '.git']);

/** Every file and link below a folder, with its hash. Links are not followed; a folder that is not there is empty. */
export async function snapshot(folder: string, known: Snapshot = new Map()): Promise<Snapshot> {
  const out = new Map<string, FileState>();
  await walk(folder, '', async (path, stats) => {
    const before = known.get(path);
    // A changed file has another change time, whatever was done to its modification time.
    const same = before && before.size === stats.size && before.ctimeMs === stats.ctimeMs;
    const sha256 = same ? before.sha256 : await digest(join(folder, path), stats);
    if (sha256 !== null)
      out.set(path, { size: stats.size, mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs, sha256 });
  });
  return out;
}

/** What was written, changed and deleted since a snapshot. A file that was only touched is none of it. */
export async function fileEffects(folder: string, before: Snapshot, prefix = ''): Promise<Effect[]> {
  const after = await snapshot(folder, before);
  const out: Effect[] = [];
  for (const [path, { size, mtimeMs, sha256 }] of after) {
    const known = before.get(path);
    if (known?.sha256 === sha256) continue;
    const bytes = size <= INSIDE ? await readFile(join(folder, path)).catch(() => null) : null;
    out.push({
      store: 'file',
      place: prefix + path,
      did: known ? 'changed' : 'written',
      size,
      sha256,
      bytes,
      at: mtimeMs,
    });
  }
  for (const path of before.keys())
    if (!after.has(path))
      out.push({
        store: 'file',
        place: prefix + path,
        did: 'deleted',
        size: 0,
        sha256: '',
        bytes: null,
        at: null,
      });
  return out;
}

/** One digest of a whole snapshot: two folders with the same digest hold the same. */
export function digestOf(files: Iterable<readonly [path: string, state: { sha256: string }]>): string {
  const hash = createHash('sha256');
  for (const [path, { sha256 }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0${sha256}\n`);
  return hash.digest('hex');
}

async function walk(
  root: string,
  below: string,
  visit: (path: string, stats: Stats) => Promise<void>,
): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (NOT_OWN.has(entry.name)) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, path, visit);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      // Gone between the listing and the look: the application deleted it this moment.
      const stats = await lstat(join(root, path)).catch(() => null);
      if (stats) await visit(path, stats);
    }
  }
}

async function digest(file: string, stats: Stats): Promise<string | null> {
  try {
    if (!stats.isSymbolicLink()) return await digestFile(file);
    return createHash('sha256')
      .update(`link to ${await readlink(file)}`)
      .digest('hex');
  } catch {
    return null;
  }
}
