import { MigrateError } from '../model/errors.ts';
import type { PlanAction } from '../model/plan.ts';
import type { JournalEntry, StateEntry } from '../model/state.ts';
import { applyAndCommit } from '../workspace/commit.ts';
import { whoCommits } from '../workspace/git.ts';
import { entries, inverse } from '../workspace/journal.ts';
import { withLock } from '../workspace/lock.ts';
import type { Repository } from '../workspace/repository.ts';
import { appendState } from '../workspace/state.ts';
import { type Completed, complete, type Pending } from './complete.ts';
import { requireStanding } from './guard.ts';
import { undoMessage } from './message.ts';

/** A step that was done or skipped and not undone since, by the log. */
export interface UndoableStep {
  step: string;
  journal: string | null;
  commit: string | null;
}

/**
 * The steps that can be undone, oldest first.
 *
 * @param log the whole of it
 */
export function undoable(log: readonly StateEntry[]): UndoableStep[] {
  const found = new Map<string, UndoableStep>();
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  for (const { event, detail } of log) {
    const step = text(detail.step);
    if (step === null || !/^(step-done|step-skipped|undone)$/.test(event)) continue;
    found.delete(step);
    if (event !== 'undone')
      found.set(step, { step, journal: text(detail.journal), commit: text(detail.commit) });
  }
  return [...found.values()];
}

/**
 * Takes a step back: the bytes from before it, as one commit on the user's branch. What was only asked, looked at or skipped
 * is open again.
 *
 * @param settling what is to be done in the user's folder afterwards
 * @returns the journal's entry of the undo, and what remains to be done; null when the step had changed no file
 * @throws MigrateError `CHANGED_SINCE`, `DIRTY_TREE` (exit 3), `COMMIT_REFUSED` (exit 4); nothing is changed then
 */
export const undoStep = (
  repository: Pick<Repository, 'root' | 'git'>,
  { step, journal, commit }: UndoableStep,
  settling: readonly PlanAction[],
  { prefix, signal }: { prefix: string; signal: AbortSignal },
): Promise<{ entry: JournalEntry; completed: Completed | null } | null> =>
  withLock(repository.root, `undo ${step}`, async () => {
    const { root } = repository;
    const by = await whoCommits(root);
    if (journal === null) {
      appendState(root, 'undone', { step, by });
      return null;
    }
    await requireStanding(repository);
    const done = entries(root).find(({ id }) => id === journal);
    if (!done) throw lost(step, commit);
    const pending: Pending = { kind: 'undone', ...{ step, undoes: journal, by }, settle: [...settling] };
    const { entry } = await applyAndCommit(root, inverse(root, done), {
      ...{ label: `undo of ${step}`, message: undoMessage(step, commit, prefix), pending, signal },
    });
    return { entry, completed: await complete(root, entry) };
  });

/** The journal is not committed: another clone has the log and not the bytes. */
const lost = (step: string, commit: string | null): MigrateError =>
  new MigrateError('NO_JOURNAL', `The bytes from before ${step} are not in .migrate/journal here.`, {
    hint: commit ? `git revert ${commit}` : 'Take its commit back with git revert.',
  });
