import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Try, type TryIdentity } from '../../model/try.ts';
import { writeFileAtomic } from '../atomic.ts';
import { stateFolder } from '../state.ts';

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

/** Every try that was kept, oldest first. A file that is no such document is passed over. */
export function readTries(root: string): Try[] {
  const folder = join(root, ...FOLDER);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    try {
      const parsed = Try.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      return parsed.success ? [parsed.data] : [];
    } catch {
      // Torn or edited: no evidence.
      return [];
    }
  });
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
