import type { Plan, PlanAction } from '../model/plan.ts';
import type { ActionReport, StepRecord } from '../model/state.ts';
import { type StepNow, stageBase, stepsOf } from '../plan/progress.ts';
import { applyAndCommit } from '../workspace/commit.ts';
import { treeHash, whoCommits } from '../workspace/git.ts';
import { withLock } from '../workspace/lock.ts';
import type { Repository } from '../workspace/repository.ts';
import { appendState, readState } from '../workspace/state.ts';
import { type Attempt, attempt, StepFailed, type StepHost } from './attempt.ts';
import { type Completed, complete, type Pending } from './complete.ts';
import { requireSame, requireStanding } from './guard.ts';
import { messageOf } from './message.ts';
import { dropLeftWorktrees } from './worktree.ts';

/** What is decided once the exact patch was seen. */
export type Decision = 'apply' | 'stop';

/** How a step is carried out. */
export interface CarryOut {
  plan: Plan;
  repository: Pick<Repository, 'root' | 'git'>;
  host: StepHost;
  /** The version of migrate. */
  tool: string;
  /** Put before the subject of the commit. */
  prefix: string;
  /** Shows the patch and decides. A dry run stops here. */
  decide(step: StepNow, found: Attempt): Promise<Decision>;
  /** Told what a check found, before the commit. */
  checked?(reports: readonly ActionReport[]): void;
}

/** What became of a step. */
export interface CarriedOut {
  record: StepRecord;
  patch: string;
}

/**
 * Carries one step out: in scratch, shown, checked, and committed as one commit on the user's branch.
 *
 * @returns null when it was decided to stop
 * @throws MigrateError `STEP_FAILED` and `COMMIT_REFUSED` (exit 4), `DIRTY_TREE`, `BRANCH_MOVED` (exit 3), and of the actions;
 *   the user's tree is as it was then
 */
export const carryOut = (now: StepNow, how: CarryOut): Promise<CarriedOut | null> =>
  withLock(how.repository.root, `apply ${now.step.id}`, async () => {
    const { plan, repository, host, tool } = how;
    const { root } = repository;
    const { step } = now;
    const changing = step.actions.some(({ says: _, ...action }) =>
      host.kinds.get(action.do)?.changes(action),
    );
    await dropLeftWorktrees(root);
    const standing = changing ? await requireStanding(repository) : null;
    const found = await attempt(now, host, {
      head: standing?.head ?? null,
      base: stageBase(stepsOf(plan, readState(root)), now.stage.id) ?? standing?.head ?? null,
    }).catch((error) => failed(root, step.id, error));
    try {
      host.progress('');
      if ((await how.decide(now, found)) === 'stop') return null;
      const check = await found.check().catch((error) => failed(root, step.id, error));
      how.checked?.(check);
      const record: StepRecord = {
        ...{ step: step.id, plan: plan.inputHash, by: await whoCommits(root), tool },
        ...{ base: standing?.head ?? null, commit: null, journal: null, tree: null },
        ...{ patch: found.proposal?.hash ?? null, actions: found.actions, check },
      };
      const { proposal } = found;
      if (!standing || !proposal || proposal.writes.length === 0) {
        const tree = repository.git ? await treeHash(root) : null;
        appendState(root, 'step-done', { ...record, tree });
        return { record: { ...record, tree }, patch: '' };
      }
      await requireSame(repository, standing);
      const pending: Pending = { kind: 'done', record, changeSets: found.changeSets, settle: step.actions };
      const { entry } = await applyAndCommit(root, proposal.writes, {
        ...{
          label: `step ${step.id}`,
          message: messageOf(step, record, how.prefix),
          pending,
          signal: host.signal,
        },
      });
      const completed = await complete(root, entry);
      await settle(completed, host);
      return { record: { ...record, ...completed?.logged.detail } as StepRecord, patch: proposal.patch };
    } finally {
      await found.drop();
    }
  });

/** Does in the user's folder what is not part of a commit: packages are installed. */
export async function settle(
  completed: Completed | null,
  { kinds, home, signal, progress }: Pick<StepHost, 'kinds' | 'home' | 'signal' | 'progress'>,
): Promise<void> {
  const actions: readonly PlanAction[] = completed?.settle ?? [];
  for (const { says: _, ...action } of actions)
    await kinds.get(action.do)?.settle?.(action, { home, signal, progress });
}

/** A failure is remembered: `status` and a later reader see what was tried. */
function failed(root: string, step: string, error: unknown): never {
  if (error instanceof StepFailed) appendState(root, 'step-failed', { step, why: error.message });
  throw error;
}
