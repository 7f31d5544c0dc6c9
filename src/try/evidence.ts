import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Try, type TryIdentity } from '../model/try.ts';
import { writeFileAtomic } from '../workspace/atomic.ts';
import { stateFolder } from '../workspace/state.ts';

const FOLDER = ['.migrate', 'evidence', 'tries'];

/**
 * Keeps what a try found, under `.migrate/evidence/tries/`.
 *
 * @returns the path relative to the root
 */
export function writeTry(root: string, found: Try): string {
  const folder = join(stateFolder(root), 'evidence', 'tries');
  mkdirSync(folder, { recursive: true });
  writeFileAtomic(join(folder, `${found.id}.json`), `${JSON.stringify(found, null, 2)}\n`);
  return [...FOLDER, `${found.id}.json`].join('/');
}

/** Where a try stands towards the repository as it is now. */
export interface TryNow {
  found: Try;
  /** Why it says nothing of the repository as it is; null where it does. */
  stale: string | null;
}

/** The newest try that was kept; null where there is none. A file that is no such document is passed over. */
export function latestTry(root: string): Try | null {
  const folder = join(root, ...FOLDER);
  if (!existsSync(folder)) return null;
  for (const name of readdirSync(folder).sort().reverse()) {
    if (!name.endsWith('.json')) continue;
    try {
      const parsed = Try.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      if (parsed.success) return parsed.data;
    } catch {
      // Torn or edited: no evidence.
    }
  }
  return null;
}

/** Holds a try against the repository as it is now: another lockfile or another tree is another application. */
export function freshness(found: Try, now: TryIdentity): TryNow {
  const { lockfile, tree, commit } = found.identity;
  const day = found.madeAt.slice(0, 10);
  if (lockfile?.sha256 !== now.lockfile?.sha256) {
    const name = now.lockfile?.file ?? lockfile?.file;
    return { found, stale: `the try of ${day} was made with another ${name}` };
  }
  if (tree === now.tree) return { found, stale: null };
  const at =
    commit === null ? 'other files' : `other files (commit ${commit.replace(/^(.{8})[0-9a-f]*/, '$1')})`;
  return { found, stale: `the try of ${day} was made of ${at}` };
}
