import { z } from 'zod';
import { StageGates } from './gates.ts';
import { NotChecked } from './inventory.ts';
import { Known, Location } from './location.ts';

export const TargetName = z.enum(['bun', 'deno', 'workers', 'node', 'not-sure']);
export type TargetName = z.infer<typeof TargetName>;

/** Where the application should run, as answered. */
export const PlanTarget = z.object({
  name: TargetName,
  /** `bun@1.4`, `node@24`; for `not-sure` the runtime the plan settled on. */
  spec: z.string(),
  answeredBy: z.enum(['flag', 'prompt', 'recommendation']),
});
export type PlanTarget = z.infer<typeof PlanTarget>;

export const Risk = z.enum(['low', 'medium', 'high']);
export type Risk = z.infer<typeof Risk>;

/** A sentence with the place it is about. */
export const Reason = z.object({
  sentence: z.string(),
  location: Location.nullable(),
  known: Known,
  /** Where a rule's data comes from and when it was true. */
  source: z.string().optional(),
  asOf: z.string().optional(),
});
export type Reason = z.infer<typeof Reason>;

/** Something known that stops a stage, or that will be different after it. */
export const Incompatibility = Reason.extend({
  id: z.string(),
  severity: z.enum(['blocks', 'differs']),
  stages: z.array(z.string()),
  remedy: z.string().nullable(),
  /** Every place it applies to, `location` first. */
  places: z.array(Location).default([]),
  /** The command that does what `remedy` says, where one does. */
  command: z.string().nullable().default(null),
});
export type Incompatibility = z.infer<typeof Incompatibility>;

/** One thing a stage would move: a script, a route, the application. */
export const StageItem = z.object({
  name: z.string(),
  location: Location.nullable(),
  moves: z.boolean(),
  reasons: z.array(Reason),
  /** The text to write instead, where the tool knows it. */
  becomes: z.string().optional(),
});
export type StageItem = z.infer<typeof StageItem>;

/** One thing a step does, by the name of its kind; the rest is what that kind is told. */
export const PlanAction = z.looseObject({
  do: z.string(),
  /** The same in words. */
  says: z.string(),
});
export type PlanAction = z.infer<typeof PlanAction>;

export const PlanStep = z.object({
  /** `scripts-to-bun/rewrite`. */
  id: z.string(),
  title: z.string(),
  instructions: z.string(),
  risk: Risk,
  /** What `migrate apply` does, in order. */
  actions: z.array(PlanAction).min(1),
  /** What must hold of the result before it is committed. */
  check: z.array(PlanAction),
  rollback: z.string(),
});
export type PlanStep = z.infer<typeof PlanStep>;

export const PlanStage = z.object({
  id: z.string(),
  title: z.string(),
  /** The playbook it comes from: `scripts-to-bun.yaml`, `.migrate/playbooks/ours.yaml`. */
  playbook: z.string(),
  /** `unknown`: what decides was not read or not measured, so it is not called ready. */
  status: z.enum(['ready', 'blocked', 'unknown', 'not-applicable']),
  why: z.array(Reason),
  unit: z.string(),
  items: z.array(StageItem),
  risk: Risk,
  saves: z.string().nullable(),
  gates: z.array(z.string()),
  rollback: z.string(),
  /** The gates that are proposed for it. */
  promote: StageGates.optional(),
  /** The runtime on which the application must start once the stage is taken back. */
  startsOn: z.string().optional(),
  steps: z.array(PlanStep),
  /** Stage 0: nothing leads through it. */
  optional: z.literal(true).optional(),
});
export type PlanStage = z.infer<typeof PlanStage>;

/** The reviewable plan, written to `.migrate/plan.json` and committed by the user. Holds no path of a machine. */
/** One question of the decision, with the fact that answered it. */
export const Decision = z.object({
  question: z.string(),
  answer: z.enum(['yes', 'no', 'unknown']),
  fact: z.string(),
  location: Location.nullable(),
  /** What a yes leads to. */
  leadsTo: z.string().nullable(),
});
export type Decision = z.infer<typeof Decision>;

export const Plan = z.object({
  schema: z.literal('migrate/plan'),
  version: z.literal(1),
  drawnAt: z.iso.datetime(),
  /** SHA-256 of the facts the plan was drawn from: another hash means another repository state. */
  inputHash: z.string(),
  /** SHA-256 of the committed files it was drawn from; null where there were others, or no git. */
  tree: z.string().nullable().default(null),
  project: z.object({ name: z.string(), summary: z.string(), files: z.int() }),
  target: PlanTarget,
  recommended: z.object({ name: TargetName, spec: z.string(), reason: z.string() }),
  verdict: z.object({
    /** `unknown`: nothing known stops the move, and what would say that it works was not read or not measured. */
    kind: z.enum(['move', 'move-after-blockers', 'unknown', 'stay']),
    sentence: z.string(),
    because: z.array(Reason),
  }),
  /** The way the decision took: each question with its fact. */
  decision: z.array(Decision).default([]),
  stages: z.array(PlanStage),
  blockers: z.array(Incompatibility),
  differences: z.array(Incompatibility),
  /** What is worth doing beside it, where the repository shows the need. */
  advice: z.array(Reason).default([]),
  notChecked: z.array(NotChecked),
  /** Commands to run next, in order. */
  next: z.array(z.string()),
});
export type Plan = z.infer<typeof Plan>;
