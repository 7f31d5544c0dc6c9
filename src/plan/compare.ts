import type { Plan, PlanStep } from '../model/plan.ts';
import type { StateEntry } from '../model/state.ts';
import { stepsOf } from './progress.ts';

/** What is different in the steps that are still open, one sentence each. */
export function changedSteps(before: Plan, after: Plan, log: readonly StateEntry[]): string[] {
  const open = (plan: Plan) => stepsOf(plan, log).filter(({ state }) => state === 'open');
  const was = new Map(open(before).map(({ step }) => [step.id, step]));
  const is = new Map(open(after).map(({ step }) => [step.id, step]));
  const gone = [...was.keys()].filter((id) => !is.has(id)).map((id) => `${id} is no longer a step`);
  const added = [...is.keys()].filter((id) => !was.has(id)).map((id) => `${id} is a new step`);
  const other = [...is.values()].flatMap((step) => {
    const old = was.get(step.id);
    return old && content(old) !== content(step) ? [`${step.id} does something else now`] : [];
  });
  return [...gone, ...added, ...other];
}

/** What is different between two plans: the verdict, the stages, and the steps that are open. */
export function changedPlan(before: Plan, after: Plan, log: readonly StateEntry[]): string[] {
  const verdict =
    before.verdict.sentence === after.verdict.sentence
      ? []
      : [`the verdict was: ${before.verdict.sentence}`, `the verdict is: ${after.verdict.sentence}`];
  const stages = after.stages.flatMap(({ id, status }) => {
    const old = before.stages.find((stage) => stage.id === id);
    if (!old) return [`${id} is a new stage`];
    return old.status === status ? [] : [`${id} was ${old.status} and is ${status}`];
  });
  return [...verdict, ...stages, ...changedSteps(before, after, log)];
}

const content = ({ actions, check }: PlanStep): string => JSON.stringify(sorted([actions, check]));

/** With the fields of each object in one order: a plan that was read has them in another than one that was drawn. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const fields = Object.entries(value).map(([key, each]) => [key, sorted(each)] as const);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
