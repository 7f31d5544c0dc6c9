import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import type { Rehearsal } from '../../model/promotion.ts';
import type { Verdict } from '../../model/verdict.ts';
import { git } from '../../workspace/git.ts';
import { applyWrites, entries, inverse } from '../../workspace/journal.ts';
import { changedAgainst } from '../proposal.ts';
import type { UndoableStep } from '../undo.ts';
import { addWorktree } from '../worktree.ts';
import { startCheck } from './start.ts';

/** What is rehearsed: the steps of a stage that were done, the last one first. */
export interface WayBack {
  root: string;
  stage: string;
  steps: readonly UndoableStep[];
  now: Rehearsal['code'];
  before: Rehearsal['before'];
  /** The runtime on which the application must start afterwards; null where nothing is asked. */
  startsOn: string | null;
  tool: string;
  signal: AbortSignal;
  progress(text: string): void;
}

/**
 * Takes every step of a stage back in a worktree of the commit, in reverse order, holds the files against those from before
 * the stage byte for byte, and starts the application. Nothing of the user's is touched.
 *
 * @throws MigrateError `GIT_REFUSED` (exit 3)
 */
export async function rehearse(way: WayBack): Promise<Rehearsal> {
  const { root, stage, steps, now, before, startsOn, tool, signal } = way;
  const worktree = await addWorktree(root, now.commit);
  try {
    const taken: Rehearsal['steps'] = [];
    const wrong: string[] = [];
    for (const step of steps) {
      signal.throwIfAborted();
      way.progress(`taking back ${step.step}`);
      const found = await takeBack(root, worktree.root, step);
      taken.push({ step: step.step, takes: step.journal === null ? 'nothing' : 'files', files: found.files });
      if (found.wrong !== null) wrong.push(`${step.step} cannot be taken back: ${found.wrong}`);
      if (found.wrong !== null) break;
    }
    const touched = new Set(taken.flatMap(({ files }) => files));
    const all = await changedAgainst(worktree.root, before.commit);
    const different = all.filter((path) => touched.has(path));
    const equal = wrong.length > 0 || different.length > 0 ? 'no' : all.length === 0 ? 'whole' : 'files';
    const start =
      startsOn === null || equal === 'no'
        ? null
        : await startCheck(worktree.root, startsOn, {
            ...{ signal, progress: way.progress },
            manifestChanged: await manifestDiffers(root, worktree.root),
          });
    const verdict = judged({ taken, equal, different, wrong, start, before: before.commit });
    return {
      ...{ schema: 'migrate/rollback-rehearsal', version: 1, id: nameOf(stage), stage, tool },
      ...{ madeAt: new Date().toISOString(), code: now, before, steps: taken, equal, different, start },
      ...verdict,
    };
  } finally {
    await worktree.drop();
  }
}

/** Restores the files of one step in the worktree; a sentence where it cannot be done. */
async function takeBack(
  root: string,
  tree: string,
  { journal }: UndoableStep,
): Promise<{ files: string[]; wrong: string | null }> {
  if (journal === null) return { files: [], wrong: null };
  const entry = entries(root).find(({ id }) => id === journal);
  if (!entry) return { files: [], wrong: 'its bytes are not in .migrate/journal here.' };
  const files = entry.files.map(({ path }) => path);
  try {
    await applyWrites(tree, inverse(root, entry), { label: 'rehearsal' });
    return { files, wrong: null };
  } catch (error) {
    if (error instanceof MigrateError) return { files, wrong: error.message };
    throw error;
  }
}

const manifestDiffers = async (home: string, tree: string): Promise<boolean> => {
  const shown = await git(home, ['show', 'HEAD:./package.json']);
  return shown.out !== readFileSync(join(tree, 'package.json'), 'utf8');
};

function judged({
  taken,
  equal,
  different,
  wrong,
  start,
  before,
}: Pick<Rehearsal, 'equal' | 'different' | 'start'> & {
  taken: Rehearsal['steps'];
  wrong: readonly string[];
  before: string;
}): { outcome: Verdict; reasons: string[] } {
  const changing = taken.filter(({ takes }) => takes === 'files').length;
  const count = (n: number) => `${n} ${n === 1 ? 'step' : 'steps'}`;
  const commit = before.slice(0, 8);
  const bytes = {
    whole: `Every file is byte for byte as in ${commit}.`,
    files: `The files of the stage are byte for byte as in ${commit}; others were changed by other commits and stay.`,
    no: `Not as in ${commit}: ${different.slice(0, 5).join(', ') || 'a step stands in the way'}.`,
  }[equal];
  const reasons = [
    `${count(taken.length)} taken back, ${changing} of them with files.`,
    ...wrong,
    bytes,
    ...(start ? [started(start)] : []),
  ];
  const failed = equal === 'no' || (start !== null && start.failed !== null);
  const nothing = changing === 0 && start === null;
  return { outcome: failed ? 'FAIL' : nothing ? 'INCONCLUSIVE' : 'PASS', reasons };
}

const started = ({ spec, runtime, failed, ms }: NonNullable<Rehearsal['start']>): string =>
  failed === null
    ? `It starts on ${runtime?.name ?? spec} ${runtime?.version ?? ''} and answers${ms === null ? '' : ` after ${Math.round(ms)} ms`}.`
    : `It does not start on ${spec}: ${failed}`;

const nameOf = (stage: string): string =>
  `${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}-${stage}`;
