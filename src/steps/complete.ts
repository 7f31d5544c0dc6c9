import { existsSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { keepChangeSet } from '../codemod/apply.ts';
import { ChangeSet } from '../model/changeset.ts';
import { PlanAction } from '../model/plan.ts';
import { type JournalEntry, type StateEntry, StepRecord } from '../model/state.ts';
import { git, headSha, treeHash } from '../workspace/git.ts';
import { entries, entryFolder, setStage } from '../workspace/journal.ts';
import { appendState, readState } from '../workspace/state.ts';
import { takeOutWaivers } from '../workspace/waivers/write.ts';

/**
 * What remains to be written down once a step, or its undo, is committed. It lies beside the journal's entry from before the
 * commit, so that a run that was cut off behind it is completed by the next.
 */
export const Pending = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('done'),
    record: StepRecord,
    changeSets: z.array(ChangeSet),
    settle: z.array(PlanAction),
  }),
  z.object({
    kind: z.literal('undone'),
    step: z.string(),
    /** The journal's entry of what is undone. */
    undoes: z.string(),
    by: z.string().nullable(),
    settle: z.array(PlanAction),
  }),
]);
export type Pending = z.infer<typeof Pending>;

/** A committed change, and what is still to be done in the user's folder. */
export interface Completed {
  logged: StateEntry;
  settle: readonly PlanAction[];
}

/** Writes down what a committed change did. Doing it twice is doing it once. */
export async function complete(root: string, entry: JournalEntry): Promise<Completed | null> {
  const file = join(entryFolder(root, entry.id), 'step.json');
  if (!existsSync(file)) return null;
  const pending = Pending.parse(JSON.parse(readFileSync(file, 'utf8')));
  const log = readState(root);
  if (log.some(({ detail }) => detail.change === entry.id)) return null;
  const [commit, tree] = [await commitOf(root, entry), await treeHash(root)];
  if (pending.kind === 'undone') {
    const undone = entries(root).find(({ id }) => id === pending.undoes);
    if (undone?.stage === 'committed') setStage(root, undone, 'undone');
    for (const folder of [...(undone?.madeDirectories ?? [])].reverse()) removeEmpty(join(root, folder));
    takeOutWaivers(root, pending.undoes);
    const { step, undoes, by } = pending;
    return {
      logged: appendState(root, 'undone', { step, journal: undoes, change: entry.id, commit, tree, by }),
      settle: pending.settle,
    };
  }
  for (const changeSet of pending.changeSets)
    if (!log.some(({ event, detail }) => event === 'codemod-applied' && detail.journal === entry.id))
      keepChangeSet(root, entry.id, changeSet, commit);
  const record: StepRecord = { ...pending.record, journal: entry.id, commit, tree };
  return { logged: appendState(root, 'step-done', { ...record, change: entry.id }), settle: pending.settle };
}

/** Completes every change that was committed by a run that ended before it wrote that down. */
export async function completeAll(root: string): Promise<Completed[]> {
  const done: Completed[] = [];
  for (const entry of entries(root)) {
    const completed = entry.stage === 'committed' ? await complete(root, entry) : null;
    if (completed) done.push(completed);
  }
  return done;
}

async function commitOf(root: string, { id, base }: JournalEntry): Promise<string | null> {
  const found = await git(root, [
    ...['log', '--format=%H', '--fixed-strings', `--grep=Migrate-Change: ${id}`, `${base}..HEAD`],
  ]);
  return found.out.trim().split('\n').at(-1) || headSha(root);
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty, or gone.
  }
}
