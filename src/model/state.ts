import { z } from 'zod';

/** One line of `.migrate/state.jsonl`: something that was done to the repository. Lines are only ever added. */
export const StateEntry = z.object({
  version: z.literal(1),
  /** ISO 8601, UTC. */
  at: z.string(),
  /** What happened, e.g. `codemod-applied`, `undone`, `recovered`, `step-done`. */
  event: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type StateEntry = z.infer<typeof StateEntry>;

/** Where a step of the plan stands. `open` is also one that was undone. */
export const StepState = z.enum(['open', 'done', 'skipped']);
export type StepState = z.infer<typeof StepState>;

/** What one action of a step came to. `not-checked`: there was nothing to check, which is no success. */
export const ActionReport = z.object({
  do: z.string(),
  says: z.string(),
  outcome: z.enum(['done', 'passed', 'not-checked', 'failed']),
  /** What was found, in one sentence. */
  summary: z.string(),
  detail: z.record(z.string(), z.unknown()).default({}),
});
export type ActionReport = z.infer<typeof ActionReport>;

/** The detail of a `step-done` line: what a step did, by whom, and from what to what. */
export const StepRecord = z.object({
  step: z.string(),
  /** `inputHash` of the plan. */
  plan: z.string(),
  /** Name and address as git has them; null when it has none. */
  by: z.string().nullable(),
  /** The version of migrate. */
  tool: z.string(),
  /** The commit it started from, and its own; null for a step that changes no file. */
  base: z.string().nullable(),
  commit: z.string().nullable(),
  journal: z.string().nullable(),
  /** The committed files after it, as `Plan.tree`. */
  tree: z.string().nullable(),
  /** SHA-256 of the patch as it was shown; null for a step that changes no file. */
  patch: z.string().nullable(),
  actions: z.array(ActionReport),
  check: z.array(ActionReport),
});
export type StepRecord = z.infer<typeof StepRecord>;

/** What one file was before and becomes after a journalled change. Hashes are SHA-256 hex; null = no such file. */
export const JournalFile = z.object({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Permission bits to keep; absent for a file that is created. */
  mode: z.int().optional(),
  /** Where a symbolic link pointed that this change removes. */
  link: z.string().optional(),
});
export type JournalFile = z.infer<typeof JournalFile>;

/**
 * Stage of a journalled change. `prepared` and `undoing` are what a crash leaves: both are recovered by restoring the
 * bytes before.
 */
export const JournalStage = z.enum(['prepared', 'committed', 'undoing', 'undone', 'rolled-back']);
export type JournalStage = z.infer<typeof JournalStage>;

/** `.migrate/journal/<id>/entry.json`. The bytes lie beside it in `before/<n>` and `after/<n>`. */
export const JournalEntry = z.object({
  schema: z.literal('migrate/journal'),
  version: z.literal(1),
  id: z.string(),
  /** What was done, for people: `codemod express-to-hono`. */
  label: z.string(),
  at: z.string(),
  stage: JournalStage,
  files: z.array(JournalFile),
  /** Directories this change made, outermost first. */
  madeDirectories: z.array(z.string()),
  /** The commit that the change is to be committed on; absent for one that is only written. */
  base: z.string().optional(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;
