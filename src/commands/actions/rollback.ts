import { MigrateError } from '../../model/errors.ts';
import { ExitCode } from '../../model/exit.ts';
import type { PlanAction } from '../../model/plan.ts';
import type { Rehearsal } from '../../model/promotion.ts';
import type { Io } from '../../report/io.ts';
import { printRehearsal, printRolledBack } from '../../report/promotion/rollback.ts';
import { settle } from '../../steps/carry-out.ts';
import { requireStanding } from '../../steps/guard.ts';
import { rehearse } from '../../steps/rollback/rehearse.ts';
import { type UndoableStep, undoable, undoStep } from '../../steps/undo.ts';
import { dropLeftWorktrees } from '../../steps/worktree.ts';
import { keepRehearsal } from '../../workspace/evidence/rehearsals.ts';
import { withLock } from '../../workspace/lock.ts';
import { appendState, readState } from '../../workspace/state.ts';
import { openStage, type StageHere } from '../judged-stage.ts';
import { EXIT } from '../shadow-group.ts';
import { openSteps } from '../step-host.ts';
import { ownVersion } from '../version.ts';

export interface Options {
  rehearse?: boolean;
  start: boolean;
  yes?: boolean;
  prefix: string;
  dir: string;
  json?: boolean;
}

/** `migrate rollback`: the way back of a stage, rehearsed in a worktree, and performed unless `--rehearse` is given. */
export async function rollback(io: Io, name: string, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const here = await openStage(io, options.dir, name);
  const { root } = here.repository;
  const own = new Set(here.stage.steps.map(({ id }) => id));
  const steps = undoable(readState(root))
    .filter(({ step }) => own.has(step))
    .reverse();
  if (steps.length === 0)
    throw new MigrateError(
      'NOTHING_TO_UNDO',
      `No step of ${here.stage.id} is done: there is nothing to take back.`,
    );
  if (!options.rehearse) await requireStanding(here.repository);
  const rehearsal = await rehearsed(io, here, steps, options);
  io.progress(null);
  if (!io.json) printRehearsal(io, rehearsal, here.stage);
  if (options.rehearse) {
    const file = await withLock(root, `rehearse ${here.stage.id}`, async () => {
      appendState(root, 'rollback-rehearsed', { stage: here.stage.id, outcome: rehearsal.outcome });
      return keepRehearsal(root, rehearsal);
    });
    if (io.json) io.document(rehearsal);
    else io.line(`Written   ${file}`);
    return EXIT[rehearsal.outcome];
  }
  if (rehearsal.equal === 'no')
    throw new MigrateError('CANNOT_GO_BACK', `Nothing was taken back: ${rehearsal.reasons.join(' ')}`, {
      hint: 'Take back the commits that stand in the way with git revert, then run it again.',
    });
  if (!(await agreed(io, here, options))) return ExitCode.ok;
  return perform(io, here, steps, rehearsal, options);
}

/** In the lock, so that nothing changes the journal meanwhile. */
const rehearsed = async (
  io: Io,
  { repository, stage, now, before }: StageHere,
  steps: readonly UndoableStep[],
  { start, rehearse: only }: Options,
): Promise<Rehearsal> => {
  const { root } = repository;
  const tool = await ownVersion();
  return withLock(root, `rehearse ${stage.id}`, async () => {
    await dropLeftWorktrees(root);
    return rehearse({
      ...{ root, stage: stage.id, steps, now, before, tool, signal: io.signal },
      // Who must go back now is not kept waiting.
      startsOn: only && start ? (stage.startsOn ?? null) : null,
      progress: (text) => io.progress(text),
    });
  });
};

async function agreed(io: Io, { stage }: StageHere, { yes }: Options): Promise<boolean> {
  if (yes) return true;
  if (!io.interactive || io.json)
    throw new MigrateError(
      'ANSWER_NEEDED',
      `${stage.id} is to be taken back, and there is no terminal to ask on.`,
      {
        hint: 'Give --yes to take it back, or --rehearse to only try it.',
        exitCode: ExitCode.answerNeeded,
      },
    );
  const { select } = await import('../questions/prompt.ts');
  return select<boolean>(
    io,
    `Take back the stage ${stage.id}? Each step is one commit more.`,
    [
      { name: 'Stop here', value: false },
      { name: 'Take it back', value: true },
    ],
    false,
  );
}

async function perform(
  io: Io,
  { stage }: StageHere,
  steps: readonly UndoableStep[],
  rehearsal: Rehearsal,
  { prefix, dir }: Options,
): Promise<ExitCode> {
  const { repository, host } = await openSteps(io, { dir, writes: 'refused' });
  const { root } = repository;
  const done: { step: string; commit: string | null }[] = [];
  for (const step of steps) {
    io.progress(`taking back ${step.step}`);
    const actions: readonly PlanAction[] = stage.steps.find(({ id }) => id === step.step)?.actions ?? [];
    const undone = await undoStep(repository, step, actions, { prefix, signal: io.signal });
    await settle(undone?.completed ?? null, host);
    const commit = undone ? readState(root).findLast(({ event }) => event === 'undone')?.detail.commit : null;
    done.push({ step: step.step, commit: typeof commit === 'string' ? commit : null });
  }
  io.progress(null);
  appendState(root, 'rolled-back', { stage: stage.id, steps: done.length });
  if (io.json)
    io.document({
      schema: 'migrate/rolled-back',
      version: 1,
      ...{ stage: stage.id, rehearsal, steps: done },
    });
  else printRolledBack(io, done, stage);
  return ExitCode.ok;
}
