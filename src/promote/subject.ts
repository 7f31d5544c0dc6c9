import semver from 'semver';
import type { Gates, StageGates } from '../model/gates.ts';
import type { Plan, PlanStage } from '../model/plan.ts';
import type { PromotionCheck } from '../model/promotion.ts';
import type { TryRuntime } from '../model/try.ts';
import type { StepNow } from '../plan/progress.ts';
import type { Repository } from '../workspace/repository.ts';

/** Committed code: the commit, and its files as `Plan.tree`. */
export interface Code {
  commit: string;
  tree: string | null;
}

/** A stage with all that its gates are asked about. */
export interface Subject {
  repository: Repository;
  plan: Plan;
  stage: PlanStage;
  /** Of the stage, in order. */
  steps: readonly StepNow[];
  gates: StageGates;
  /** What is asked of its shadow runs; null where nothing is. */
  shadow: Gates | null;
  now: Code & { tree: string };
  before: Code;
  /** The runtimes of both sides, as its steps name them. */
  specs: { old: string | null; new: string; layer: string | null; code: 'before-stage' | 'now' };
  /** `YYYY-MM-DD`. */
  today: string;
}

/** What is asked of the stage's shadow runs: what stands outside of the stages, and over it what stands in this one. */
export function shadowGates({ stages: _, ...common }: Gates, { shadow }: StageGates): Gates | null {
  if (!shadow) return null;
  return { ...common, ...shadow, routes: { ...common.routes, ...shadow.routes } };
}

/** The runtimes that the stage's own comparison names, else the target; and which code it takes for the old one. */
export function specsOf(stage: PlanStage, plan: Plan): Subject['specs'] {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const shadow = stage.steps.flatMap(({ actions }) => actions).find((action) => action.do === 'shadow');
  return {
    ...{ old: text(shadow?.old), new: text(shadow?.new) ?? plan.target.spec, layer: text(shadow?.layer) },
    code: shadow === undefined || shadow.code === 'before-stage' ? 'before-stage' : 'now',
  };
}

/** A gate that holds. */
export const holds = (gate: string, why: string, subject = 'all'): PromotionCheck => ({
  ...{ gate, subject, outcome: 'PASS', why, next: null },
});

/** A gate about which nothing is known, and what would tell. */
export const open = (gate: string, why: string, next: string, subject = 'all'): PromotionCheck => ({
  ...{ gate, subject, outcome: 'INCONCLUSIVE', why, next },
});

/** A gate that does not hold. */
export const fails = (gate: string, why: string, next: string | null, subject = 'all'): PromotionCheck => ({
  ...{ gate, subject, outcome: 'FAIL', why, next },
});

/** Whether what ran is what a spec asks for. */
export function isOn(runtime: TryRuntime | null, spec: string): boolean {
  const [name, range] = spec.split('@');
  if (runtime?.name !== name) return false;
  return name === 'workers' || range === undefined || semver.satisfies(runtime?.version ?? '', range);
}
