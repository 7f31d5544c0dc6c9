import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangeSet, FileChange } from '../model/changeset.ts';
import { writeFileAtomic } from '../workspace/atomic.ts';
import { headSha } from '../workspace/git.ts';
import { applyWrites, type PlannedWrite } from '../workspace/journal.ts';
import type { Repository } from '../workspace/repository.ts';
import { appendState, stateFolder } from '../workspace/state.ts';
import { readWaivers } from '../workspace/waivers/read.ts';
import { addWaivers, WAIVERS_FILE } from '../workspace/waivers/write.ts';

/** Files that applying a change set writes, creates or deletes. */
export const touched = (changeSet: ChangeSet): string[] =>
  changeSet.files.filter((file) => file.oldText !== file.newText).map((file) => file.path);

/**
 * Applies a change set through the journal, all or nothing, logs it in `.migrate/state.jsonl` and keeps it as
 * `.migrate/evidence/changesets/<journal id>.json`: every later difference in an answer can then be traced to an edit. The
 * waivers it prepared are added to `.migrate/waivers.yaml`.
 * Call it inside `withLock`.
 *
 * @returns the change set with the id of its journal entry; as it was when it changes nothing
 * @throws MigrateError `CHANGED_SINCE`, `WAIVERS_INVALID`, or the signal's reason after every byte is back
 */
export async function applyChangeSet(
  repository: Repository,
  changeSet: ChangeSet,
  signal: AbortSignal,
  onStep?: (step: string) => void,
): Promise<ChangeSet> {
  const writes = changeSet.files
    .filter((file) => file.oldText !== file.newText)
    .map((file): PlannedWrite => ({ path: file.path, before: file.oldText, after: file.newText }));
  if (writes.length === 0) return changeSet;
  if (changeSet.waivers) readWaivers(join(repository.root, WAIVERS_FILE));
  const label = `codemod ${changeSet.codemod}`;
  const entry = await applyWrites(repository.root, writes, { label, signal, ...(onStep && { onStep }) });
  return keepChangeSet(
    repository.root,
    entry.id,
    changeSet,
    repository.git ? await headSha(repository.root) : null,
  );
}

/**
 * Logs an applied change set and keeps it as evidence, with the waivers it prepared.
 *
 * @param head the commit that is checked out
 * @returns it with the id of its journal entry
 */
export function keepChangeSet(
  root: string,
  journal: string,
  changeSet: ChangeSet,
  head: string | null,
): ChangeSet {
  appendState(root, 'codemod-applied', {
    codemod: changeSet.codemod,
    options: changeSet.options,
    ...{ journal, head, files: touched(changeSet), left: changeSet.leftForYou.length },
  });
  if (changeSet.waivers) addWaivers(root, journal, changeSet.waivers);
  const applied = { ...changeSet, journal };
  const folder = join(stateFolder(root), 'evidence', 'changesets');
  mkdirSync(folder, { recursive: true });
  // What an earlier run wrote is this one's now, also where it is as it was.
  const isOurs = ({ oldText, newText, original }: FileChange) =>
    oldText !== newText || original !== undefined;
  const kept = { ...applied, files: applied.files.filter(isOurs) };
  writeFileAtomic(join(folder, `${journal}.json`), `${JSON.stringify(kept)}\n`);
  return applied;
}
