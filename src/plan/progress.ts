import type { Plan, PlanStage, PlanStep } from '../model/plan.ts';
import { type StateEntry, StepRecord, type StepState } from '../model/state.ts';
import type { RepositoryStatus } from '../model/status.ts';

/** A step with where it stands. */
export interface StepNow {
  stage: PlanStage;
  step: PlanStep;
  state: StepState;
  /** When it was done or skipped. */
  at: string | null;
  /** What was done; null unless it is done. */
  record: StepRecord | null;
}

/** Every step of the stages of a plan that has steps, in order, with what the log says of it. */
export function stepsOf(plan: Plan, log: readonly StateEntry[]): StepNow[] {
  const last = new Map<string, Pick<StepNow, 'state' | 'at' | 'record'>>();
  for (const { event, detail, at } of log) {
    const step = typeof detail.step === 'string' ? detail.step : null;
    if (step === null) continue;
    if (event === 'step-done')
      last.set(step, { state: 'done', at, record: StepRecord.safeParse(detail).data ?? null });
    else if (event === 'step-skipped') last.set(step, { state: 'skipped', at, record: null });
    else if (event === 'undone') last.set(step, OPEN);
  }
  return plan.stages.flatMap((stage) =>
    stage.steps.map((step) => ({ stage, step, ...(last.get(step.id) ?? OPEN) })),
  );
}

/** The commit before the first step of a stage that made one; null when none has. */
export const stageBase = (steps: readonly StepNow[], stage: string): string | null =>
  steps.find((each) => each.stage.id === stage && each.record?.commit)?.record?.base ?? null;

const OPEN = { state: 'open' as const, at: null, record: null };

/** What `status` says of the steps, and the commands to run next: a stage is next until its last step is done. */
export function progressOf(
  plan: Plan,
  log: readonly StateEntry[],
): Pick<NonNullable<RepositoryStatus['plan']>, 'steps' | 'next'> {
  const steps = stepsOf(plan, log);
  return {
    steps: steps.map(({ stage, step, state, at }) => ({
      ...{ id: step.id, stage: stage.id, title: step.title, state, at },
    })),
    next: plan.next.flatMap((command) => {
      const id = /^migrate apply (\S+)$/.exec(command)?.[1];
      if (id === undefined) return [command];
      const open = steps.filter(({ stage, state }) => stage.id === id && state === 'open');
      const stage = plan.stages.find((one) => one.id === id);
      if (stage?.promote && open.every((each) => isLater(each)) && !isPromoted(stage, log))
        return [`migrate promote ${id}`];
      return open.length > 0 ? [command] : [];
    }),
  };
}

/** Whether a step follows the promotion of its stage. */
const isLater = ({ stage, step }: Pick<StepNow, 'stage' | 'step'>): boolean =>
  stage.promote?.later?.includes(step.id.slice(stage.id.length + 1)) ?? false;

/** Whether a stage was promoted since its steps were last carried out or taken back. */
function isPromoted(stage: PlanStage, log: readonly StateEntry[]): boolean {
  const before = new Set(stage.steps.filter((step) => !isLater({ stage, step })).map(({ id }) => id));
  const promoted = log.findLastIndex(
    ({ event, detail }) => event === 'promoted' && detail.stage === stage.id,
  );
  const moved = log.findLastIndex(
    ({ event, detail }) =>
      event !== 'step-failed' && typeof detail.step === 'string' && before.has(detail.step),
  );
  return promoted > moved;
}
