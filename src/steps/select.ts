import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { Plan, PlanStage } from '../model/plan.ts';
import type { StateEntry } from '../model/state.ts';
import { type StepNow, stepsOf } from '../plan/progress.ts';

/**
 * The open steps that are asked for, in order.
 *
 * @param what a stage (`full-switch`, `stage-3`), a step (`full-switch/convert`, or its last word), or nothing: the stages
 *   that the plan says are next
 * @param to the last step to carry out
 * @throws MigrateError `NO_SUCH_STEP` (exit 2), `STAGE_BLOCKED`, `STEP_BEFORE` (exit 3)
 */
export function selectSteps(plan: Plan, log: readonly StateEntry[], what?: string, to?: string): StepNow[] {
  const steps = stepsOf(plan, log);
  const last = to === undefined ? null : findStep(steps, to);
  const stage = what === undefined ? null : findStage(plan, what);
  if (what !== undefined && !stage) {
    const one = findStep(steps, what);
    requireReady(one.stage);
    if (last && last !== one) throw wrong(`${what} is one step; --to ${to} needs a stage.`);
    const before = steps.find((each) => each.stage === one.stage && each.state === 'open');
    if (one.state === 'open' && before && before !== one)
      throw new MigrateError('STEP_BEFORE', `${before.step.id} comes before ${one.step.id} and is open.`, {
        hint: `migrate apply ${one.stage.id} --to ${one.step.id} does both; migrate skip ${before.step.id} --reason "…" leaves it out.`,
      });
    return one.state === 'open' ? [one] : [];
  }
  if (stage) requireReady(stage);
  const stages = stage ? [stage] : leading(plan, last?.stage);
  const within = steps.filter((each) => stages.includes(each.stage));
  const end = last === null ? within.length : within.indexOf(last) + 1;
  if (end === 0) throw wrong(`--to ${to} is not in ${stage?.id ?? 'the stages that are next'}.`);
  return within.slice(0, end).filter(({ state }) => state === 'open');
}

/** The stages whose commands the plan names next, and the one of the last step asked for. */
const leading = (plan: Plan, last?: PlanStage): PlanStage[] => {
  const named = plan.stages.filter((stage) => plan.next.includes(`migrate apply ${stage.id}`));
  return last && !named.includes(last) ? [last] : named;
};

/** A stage by its id or number; null when it is none. */
export function findStage({ stages }: Plan, name: string): PlanStage | null {
  const number = /^(?:stage-?)?(\d+)$/.exec(name)?.[1];
  if (number === undefined) return stages.find(({ id }) => id === name) ?? null;
  const counted = stages.filter(({ optional }) => !optional);
  return (
    (Number(number) === 0 ? stages.find(({ optional }) => optional) : counted[Number(number) - 1]) ?? null
  );
}

/** A step by its whole name, or by its last word where only one has it. @throws MigrateError (exit 2) */
export function findStep(steps: readonly StepNow[], name: string): StepNow {
  const found = steps.filter(({ step }) => step.id === name || step.id.endsWith(`/${name}`));
  const [one, other] = found;
  if (one && !other) return one;
  if (one && other) throw wrong(`${name} is several steps: ${found.map(({ step }) => step.id).join(', ')}.`);
  throw wrong(`The plan has no stage or step "${name}".`);
}

export function requireReady({ id, status, why }: PlanStage): void {
  if (status === 'ready' || status === 'unknown') return;
  const reasons = why.map(({ sentence }) => sentence).join('; ');
  const says = status === 'blocked' ? `is blocked by ${why.length}` : 'does not apply';
  throw new MigrateError('STAGE_BLOCKED', `The stage ${id} ${says}: ${reasons}.`, {
    hint: 'Reasons and remedies: migrate plan --explain.',
  });
}

const wrong = (sentence: string): MigrateError =>
  new MigrateError('NO_SUCH_STEP', sentence, {
    hint: 'migrate status lists the steps.',
    exitCode: ExitCode.usage,
  });
