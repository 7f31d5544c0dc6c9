import { Try, type TryIdentity } from '../../model/try.ts';
import { keepEvidence, readEvidence } from './files.ts';

/** The folder of `.migrate/evidence` with what tries found. */
export const TRIES = 'tries';

/** Keeps what a try found. @returns the path relative to the root */
export const writeTry = (root: string, found: Try): string => keepEvidence(root, TRIES, found);

/** Where a try stands towards the repository as it is now. */
export interface TryNow {
  found: Try;
  /** Why it says nothing of the repository as it is; null where it does. */
  stale: string | null;
}

/** Every try that was kept, oldest first. A file that is no such document is passed over. */
export const readTries = (root: string): Try[] => readEvidence(root, TRIES, Try).map(({ found }) => found);

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
