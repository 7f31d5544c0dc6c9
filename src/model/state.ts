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
});
export type JournalEntry = z.infer<typeof JournalEntry>;
