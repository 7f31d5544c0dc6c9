import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeSet } from '../model/changeset.ts';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { PlanAction } from '../model/plan.ts';
import type { ActionReport } from '../model/state.ts';
import type { StepNow } from '../plan/progress.ts';
import type { ActionKind, StepContext } from './contract.ts';
import { type Proposal, proposalOf } from './proposal.ts';
import { addWorktree, type Worktree } from './worktree.ts';

/** What a step needs from whoever runs it. */
export interface StepHost
  extends Pick<
    StepContext,
    'home' | 'migrate' | 'ask' | 'writes' | 'traffic' | 'latency' | 'signal' | 'progress'
  > {
  kinds: ReadonlyMap<string, ActionKind>;
}

/** A step as it would be: carried out in scratch, nothing of the user's touched. */
export interface Attempt {
  actions: ActionReport[];
  proposal: Proposal | null;
  changeSets: ChangeSet[];
  /** Runs the checks. @throws MigrateError `STEP_FAILED` */
  check(): Promise<ActionReport[]>;
  /** Removes everything in scratch. */
  drop(): Promise<void>;
}

/**
 * Carries a step out: in a worktree of the commit `head` where it changes files.
 *
 * @param base the commit its stage started from
 * @throws MigrateError `STEP_FAILED` (exit 4 where something was changed in scratch, else 1), and of the actions
 */
export async function attempt(
  { step }: StepNow,
  host: StepHost,
  { head, base }: { head: string | null; base: string | null },
): Promise<Attempt> {
  const { home, kinds } = host;
  const worktrees: Worktree[] = [];
  const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'migrate-step-notes-'));
  const drop = async () => {
    for (const each of worktrees.splice(0)) await each.drop();
    rmSync(scratch, { recursive: true, force: true });
  };
  const checkedOut = async (commit: string): Promise<string> => {
    const made = await addWorktree(home, commit);
    worktrees.push(made);
    return made.root;
  };
  const known = new Map<string, Promise<string>>();
  const codeAt = (commit: string | null): Promise<string> => {
    if (commit === null) return Promise.resolve(home);
    const found = known.get(commit) ?? checkedOut(commit);
    known.set(commit, found);
    return found;
  };
  try {
    const changing = step.actions.some((action) => kindOf(kinds, action).changes(plain(action)));
    const root = changing && head !== null ? await checkedOut(head) : home;
    const context: StepContext = {
      ...host,
      ...{ root, scratch },
      beforeStep: () => (changing ? codeAt(head) : Promise.resolve(home)),
      beforeStage: () => (base === head && !changing ? Promise.resolve(home) : codeAt(base ?? head)),
    };
    const failing = changing ? ExitCode.reverted : ExitCode.findings;
    const run = async (actions: readonly PlanAction[]) => {
      const reports: ActionReport[] = [];
      const changeSets: ChangeSet[] = [];
      for (const action of actions) {
        host.signal.throwIfAborted();
        host.progress(action.says);
        const { changeSet, detail = {}, ...result } = await kindOf(kinds, action).run(plain(action), context);
        host.signal.throwIfAborted();
        reports.push({ do: action.do, says: action.says, ...result, detail });
        if (changeSet) changeSets.push(changeSet);
        if (result.outcome === 'failed') throw new StepFailed(step.id, reports, failing);
      }
      return { reports, changeSets };
    };
    const { reports, changeSets } = await run(step.actions);
    const written = [
      ...changeSets.flatMap(({ files }) =>
        files.filter((each) => each.oldText !== each.newText).map(({ path }) => path),
      ),
      ...step.actions.flatMap(({ do: kind, file }) =>
        kind === 'config' && typeof file === 'string' ? [file] : [],
      ),
    ];
    const proposal = changing ? await proposalOf(home, root, written) : null;
    return {
      actions: reports,
      changeSets,
      proposal,
      drop,
      check: async () => (await run(step.check)).reports,
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** An action or a check of a step that did not come out as it must. */
export class StepFailed extends MigrateError {
  readonly reports: readonly ActionReport[];
  constructor(step: string, reports: readonly ActionReport[], exitCode: ExitCode) {
    const last = reports.at(-1);
    super('STEP_FAILED', `${step}: ${last?.summary}`, {
      hint: `Nothing was committed; every file is as it was. Then: migrate resume, or migrate skip ${step} --reason "…".`,
      exitCode,
    });
    this.reports = reports;
  }
}

/** An action as its kind knows it. */
const plain = ({ says: _, ...action }: PlanAction): Omit<PlanAction, 'says'> => action;

function kindOf(kinds: ReadonlyMap<string, ActionKind>, { do: name }: PlanAction): ActionKind {
  const kind = kinds.get(name);
  if (kind) return kind;
  throw new MigrateError(
    'NO_SUCH_ACTION',
    `The plan asks for "${name}", which this version of migrate has not.`,
    {
      hint: 'migrate plan --rebase draws the plan with what there is.',
    },
  );
}
