import { z } from 'zod';
import { Location } from './location.ts';
import { TryIdentity, TryRuntime } from './try.ts';

/** Processes of one runtime that ran the same file, as the processes themselves said. */
export const Ran = z.object({
  /** `node`, `bun`. */
  runtime: z.string(),
  version: z.string(),
  /** Relative to the copy where it stands in it; null where there is none (`node -e`). */
  file: z.string().nullable(),
  /** A program that only starts others: a package manager, `cross-env`. */
  starter: z.boolean(),
  processes: z.int().min(1),
});
export type Ran = z.infer<typeof Ran>;

/** Tests by their full names. A name that occurs several times is several tests. */
export const TestsRan = z.object({
  passed: z.array(z.string()),
  failed: z.array(z.string()),
  skipped: z.array(z.string()),
});
export type TestsRan = z.infer<typeof TestsRan>;

/** What one run of a script did. */
export const ScriptRun = z.object({
  /** As it was started: `npm run build`. */
  command: z.string(),
  exitCode: z.int().nullable(),
  /** The time limit that was over before it ended, in ms; null where it ended. */
  stoppedAfter: z.int().nullable(),
  wallMs: z.int().min(0),
  /** CPU time of all its processes that ended; null where it was stopped. */
  cpuMs: z.int().min(0).nullable(),
  /** Files of the copy that are other ones afterwards; `sha256` is null for one that is gone. */
  written: z.array(z.object({ path: z.string(), sha256: z.string().nullable() })),
  ran: z.array(Ran),
  /** Null where it runs no tests, or their names could not be read. */
  tests: TestsRan.nullable(),
});
export type ScriptRun = z.infer<typeof ScriptRun>;

/** One way in which a script does otherwise on Bun. */
export const ScriptDifference = z.object({
  kind: z.enum(['exit', 'output', 'files', 'runtime', 'tests']),
  sentence: z.string(),
});
export type ScriptDifference = z.infer<typeof ScriptDifference>;

/** One script of package.json. */
export const ComparedScript = z.object({
  name: z.string(),
  location: Location.nullable(),
  /** As it is written today. */
  command: z.string(),
  /** What ran on Bun in its place: what would be written. */
  becomes: z.string(),
  /** `same`: nothing differs, and what ran in its place ran on Bun. `none`: it was not run, or not to an end. */
  outcome: z.enum(['same', 'differs', 'none']),
  /** Why there is no comparison; null where there is one. */
  reason: z.string().nullable(),
  /** Why it is not to move all the same, whatever it does on Bun: who runs it, or what it is for. Null: nothing. */
  stays: z.string().nullable(),
  differences: z.array(ScriptDifference),
  /** What the reader should know: what was left out of the comparison. */
  notes: z.array(z.string()),
  today: ScriptRun.nullable(),
  bun: ScriptRun.nullable(),
});
export type ComparedScript = z.infer<typeof ComparedScript>;

/** What one `migrate scripts compare` found. Written to `.migrate/evidence/scripts/<id>.json`. */
export const ScriptComparison = z.object({
  schema: z.literal('migrate/scripts'),
  version: z.literal(1),
  id: z.string(),
  madeAt: z.iso.datetime(),
  durationMs: z.int().min(0),
  /** The version of migrate that made it. */
  tool: z.string(),
  machine: z.object({ platform: z.string(), cores: z.int().min(1) }),
  runtimes: z.object({ today: TryRuntime, npm: z.string(), bun: TryRuntime }),
  identity: TryIdentity,
  /**
   * SHA-256 over all texts that a script may read, whatever their line endings: without the scripts of package.json, which
   * are held against `command` and `becomes`, and without CI workflows.
   */
  sources: z.string(),
  scripts: z.array(ComparedScript),
});
export type ScriptComparison = z.infer<typeof ScriptComparison>;
