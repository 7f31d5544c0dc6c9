import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { Plan, PlanStage } from '../model/plan.ts';
import { GATES_FILE } from '../plan/gates-file.ts';
import { type StepNow, stageBase, stepsOf } from '../plan/progress.ts';
import { type Code, type Subject, shadowGates, specsOf } from '../promote/index.ts';
import type { Io } from '../report/io.ts';
import { readGates } from '../shadow/index.ts';
import { requireCurrent } from '../steps/guard.ts';
import { findStage, requireReady } from '../steps/select.ts';
import { foreignPaths, headSha, treeHash } from '../workspace/git.ts';
import type { Repository } from '../workspace/repository.ts';
import { readState } from '../workspace/state.ts';
import { redraw } from './draw.ts';
import { openPlanned } from './step-host.ts';

/** A stage of the stored plan on committed code. */
export interface StageHere {
  repository: Repository;
  plan: Plan;
  stage: PlanStage;
  steps: StepNow[];
  now: Code & { tree: string };
  before: Code;
}

/**
 * Opens a stage to be judged or taken back: what an earlier run left is repaired first.
 *
 * @throws MigrateError (exit 3) `NO_PLAN`, `PLAN_STALE`, `STAGE_BLOCKED`, `NOT_A_GIT_REPOSITORY`, `NO_COMMIT`, `DIRTY_TREE`;
 *   `NO_SUCH_STEP` (exit 2)
 */
export async function openStage(io: Io, dir: string, name: string): Promise<StageHere> {
  const { repository, plan } = await openPlanned(io, dir);
  const { root } = repository;
  const stage = findStage(plan, name);
  if (!stage)
    throw new MigrateError('NO_SUCH_STAGE', `The plan has no stage "${name}".`, {
      hint: `It has ${plan.stages.map(({ id }) => id).join(', ')}.`,
      exitCode: ExitCode.usage,
    });
  requireReady(stage);
  const now = await committed(repository);
  const log = readState(root);
  await requireCurrent(root, plan, log, () => redraw(io, root, plan));
  const steps = stepsOf(plan, log).filter((each) => each.stage.id === stage.id);
  const base = stageBase(steps, stage.id) ?? now.commit;
  return {
    ...{ repository, plan, stage, steps, now },
    before: { commit: base, tree: await treeHash(root, base) },
  };
}

/** The commit that everything is of. @throws MigrateError (exit 3) where there is none, or files are not committed */
async function committed({ root, git }: Repository): Promise<StageHere['now']> {
  if (!git)
    throw new MigrateError('NOT_A_GIT_REPOSITORY', `${root} is not in a git repository.`, {
      hint: 'A decision names the commit it is about: run `git init` and commit first.',
    });
  const [commit, tree] = [await headSha(root), await treeHash(root)];
  if (commit === null || tree === null)
    throw new MigrateError('NO_COMMIT', 'There is no commit yet.', {
      hint: 'git add --all, then git commit.',
    });
  const dirty = await foreignPaths(root);
  if (dirty.length > 0)
    throw new MigrateError(
      'DIRTY_TREE',
      `git has uncommitted changes: ${dirty.slice(0, 5).join(', ')}${dirty.length > 5 ? ` and ${dirty.length - 5} more` : ''}.`,
      { hint: 'Evidence is of committed code: commit or stash them first.' },
    );
  return { commit, tree };
}

/** The stage with its gates. @throws MigrateError (exit 3) `GATES_INVALID` naming file:line:column, `NO_GATES` */
export function withGates(here: StageHere): Subject {
  const { repository, plan, stage } = here;
  const gates = readGates(join(repository.root, GATES_FILE), false, GATES_FILE);
  const own = gates.stages?.[stage.id];
  if (!own)
    throw new MigrateError('NO_GATES', `${GATES_FILE} has no gates for the stage ${stage.id}.`, {
      hint: stage.promote
        ? '`migrate plan --rebase` proposes them; what you wrote stays.'
        : `Write them there, under stages, ${stage.id}: see migrate promote --help.`,
    });
  return {
    ...{ ...here, gates: own, shadow: shadowGates(gates, own), specs: specsOf(stage, plan) },
    today: new Date().toISOString().slice(0, 10),
  };
}
