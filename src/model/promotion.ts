import { z } from 'zod';
import { StepState } from './state.ts';
import { TryRuntime } from './try.ts';
import { Verdict } from './verdict.ts';

/** One gate of a stage, asked. */
export const PromotionCheck = z.object({
  /** By which it is waived: `steps`, `latency`, `days`. */
  gate: z.string(),
  /** A step, a route, a script, or `all`. */
  subject: z.string(),
  outcome: Verdict,
  why: z.string(),
  /** What a person does so that it can pass; null where it passes. */
  next: z.string().nullable(),
  /** Who let it be all the same, and why. */
  waived: z.object({ by: z.string(), reason: z.string() }).optional(),
});
export type PromotionCheck = z.infer<typeof PromotionCheck>;

/** A file of evidence as it was read. */
export const EvidenceFile = z.object({
  kind: z.enum(['shadow', 'try', 'scripts', 'rollback', 'monitoring']),
  /** Relative to the repository. */
  file: z.string(),
  sha256: z.string(),
  madeAt: z.string(),
  /** Why it does not count; null where it does. */
  left: z.string().nullable(),
});
export type EvidenceFile = z.infer<typeof EvidenceFile>;

/** What was decided, about which code, on which evidence. Written to `.migrate/decisions/<date>-<stage>.json`. */
export const Decision = z.object({
  schema: z.literal('migrate/decision'),
  version: z.literal(1),
  stage: z.string(),
  title: z.string(),
  decidedAt: z.iso.datetime(),
  /** Who ran the command, as git has them. */
  by: z.string().nullable(),
  tool: z.string(),
  outcome: z.enum(['promoted', 'promoted-with-waivers', 'refused']),
  code: z.object({
    commit: z.string(),
    /** The name git has for the tree of that commit, and SHA-256 of the committed files without our own. */
    gitTree: z.string(),
    tree: z.string(),
    /** The same of the code before the stage. */
    before: z.object({ commit: z.string(), tree: z.string().nullable() }),
    lockfile: z.object({ file: z.string(), sha256: z.string() }).nullable(),
  }),
  runtimes: z.object({ old: TryRuntime.nullable(), new: TryRuntime.nullable() }),
  /** SHA-256 of the gates and of the plan as they were judged by. */
  gates: z.string(),
  plan: z.string(),
  steps: z.array(
    z.object({ id: z.string(), state: StepState, at: z.string().nullable(), by: z.string().nullable() }),
  ),
  checks: z.array(PromotionCheck),
  evidence: z.array(EvidenceFile),
});
export type Decision = z.infer<typeof Decision>;

/** `migrate promote --json`. */
export const PromotionDocument = Decision.extend({
  schema: z.literal('migrate/promotion'),
  /** The record that was written; null where it was refused, or only asked. */
  written: z.array(z.string()).nullable(),
  /** What a person does next, in order. */
  next: z.array(z.string()),
});
export type PromotionDocument = z.infer<typeof PromotionDocument>;

/** What `migrate rollback --rehearse` found. Written to `.migrate/evidence/rollbacks/<id>.json`. */
export const Rehearsal = z.object({
  schema: z.literal('migrate/rollback-rehearsal'),
  version: z.literal(1),
  id: z.string(),
  madeAt: z.iso.datetime(),
  tool: z.string(),
  stage: z.string(),
  /** What was taken back, and to what: commits, and the committed files as `Plan.tree`. */
  code: z.object({ commit: z.string(), tree: z.string() }),
  before: z.object({ commit: z.string(), tree: z.string().nullable() }),
  /** In the order they were taken back: the last one first. */
  steps: z.array(
    z.object({
      step: z.string(),
      /** `files`: its files were restored; `nothing`: it had changed none, and is open again. */
      takes: z.enum(['files', 'nothing']),
      files: z.array(z.string()),
    }),
  ),
  /** `whole`: every file is as before the stage; `files`: those of the steps are, others were changed by other commits. */
  equal: z.enum(['whole', 'files', 'no']),
  /** Files that are not what they were. */
  different: z.array(z.string()),
  /** Whether it starts; null where the stage does not ask. */
  start: z
    .object({
      spec: z.string(),
      runtime: TryRuntime.nullable(),
      ms: z.number().nullable(),
      failed: z.string().nullable(),
    })
    .nullable(),
  outcome: Verdict,
  /** One sentence each; never empty. */
  reasons: z.array(z.string()),
});
export type Rehearsal = z.infer<typeof Rehearsal>;

/** `migrate rollback`: what was taken back. */
export const RolledBackDocument = z.object({
  schema: z.literal('migrate/rolled-back'),
  version: z.literal(1),
  stage: z.string(),
  rehearsal: Rehearsal,
  /** In the order they were taken back. */
  steps: z.array(z.object({ step: z.string(), commit: z.string().nullable() })),
});
export type RolledBackDocument = z.infer<typeof RolledBackDocument>;
