import { z } from 'zod';
import { Owner } from './comparison.ts';
import { Interval } from './latency.ts';
import { CpuProfile } from './profile.ts';

/** Something measured, or in words why it was not. */
const measured = <T extends z.ZodType>(value: T) =>
  z.union([z.object({ measured: value }), z.object({ notMeasured: z.string() })]);

/** Differences that always come together: what differs, how often, where, and who caused it. */
export const TryCause = z.object({
  title: z.string(),
  requests: z.int().min(1),
  routes: z.array(z.string()),
  /** By the other rows: the same code on the old runtime, the old code on the same runtime. `unknown` where those did not run. */
  owner: Owner.shape.kind,
  /** The first request that shows it, with both answers; secrets replaced. */
  example: z
    .object({ request: z.string(), old: z.string().nullable(), new: z.string().nullable() })
    .nullable(),
});
export type TryCause = z.infer<typeof TryCause>;

/** The answers of a row, compared with those of the baseline. Requests on routes in `limits` are not in `of`. */
export const TryAnswers = z.object({
  same: z.int().min(0),
  of: z.int().min(0),
  causes: z.array(TryCause),
  /** Routes known not to run on the target, with the requests that reached them. */
  limits: z.array(z.object({ reason: z.string(), requests: z.int().min(0), routes: z.array(z.string()) })),
});
export type TryAnswers = z.infer<typeof TryAnswers>;

/** Requests a second. `atLeast`: the measuring process was what could not do more. */
export const Throughput = Interval.extend({ atLeast: z.boolean() });
export type Throughput = z.infer<typeof Throughput>;

/** Of one request, asked alone: until its answer was there, and CPU time of the application's processes. Means in ms. */
export const Share = z.object({ service: Interval, cpu: Interval, share: Interval });
export type Share = z.infer<typeof Share>;

/** What an application asked Deno for while it answered. */
export const TryPermissions = z.object({
  /** By Deno's own words: `read`, `net`; `values` is null where no single value was asked for. Paths are relative to the application. */
  allow: z.array(z.object({ kind: z.string(), values: z.array(z.string()).nullable() })),
  /** The same as Deno takes it: `--allow-read=./public`. */
  flags: z.array(z.string()),
  /** Requests that it answered with these alone, with the same status as with all, of how many. */
  same: z.int().min(0),
  of: z.int().min(0),
});
export type TryPermissions = z.infer<typeof TryPermissions>;

/** How one way does, with 95% intervals over its starts. Times in ms, memory in bytes. */
export const TryFigures = z.object({
  firstAnswer: measured(Interval),
  p50: measured(Interval),
  p99: measured(Interval),
  perSecond: measured(Throughput),
  memory: measured(Interval),
  share: measured(Share),
});
export type TryFigures = z.infer<typeof TryFigures>;

/** The exact identity that ran. */
export const TryRuntime = z.object({
  spec: z.string(),
  name: z.string(),
  version: z.string(),
  platform: z.string(),
  compatibilityDate: z.string().optional(),
  compatibilityFlags: z.array(z.string()).optional(),
});
export type TryRuntime = z.infer<typeof TryRuntime>;

/** `as-is`: the application's own code; `converted`: what a codemod makes of it. */
export const TryCode = z.enum(['as-is', 'converted']);
export type TryCode = z.infer<typeof TryCode>;

/** One row: a code on a runtime. */
export const TryWay = z.object({
  /** As it was asked for: `bun`, `node@24`. */
  spec: z.string(),
  code: TryCode,
  /** The row that everything is held against. */
  baseline: z.boolean(),
  /** Null where the runtime could not be had. */
  runtime: TryRuntime.nullable(),
  /** Null: it starts. Otherwise why not, one sentence. */
  failed: z.string().nullable(),
  /** Null where it does not start, and of the baseline. */
  answers: TryAnswers.nullable(),
  /** What it said last, where it does not start; secrets replaced. */
  said: z.array(z.string()),
  figures: TryFigures.nullable(),
  /** Of Deno, where it was asked for. */
  permissions: TryPermissions.optional(),
  /** What the reader should know of this row. */
  notes: z.array(z.string()),
});
export type TryWay = z.infer<typeof TryWay>;

/** What exactly was tried: another hash is another application. */
export const TryIdentity = z.object({
  /** The commit, with `-dirty` where files differ from it; null outside git. */
  commit: z.string().nullable(),
  /** SHA-256 over the names and contents of all files of the repository. */
  tree: z.string(),
  lockfile: z.object({ file: z.string(), sha256: z.string() }).nullable(),
});
export type TryIdentity = z.infer<typeof TryIdentity>;

/** What one `migrate try` found. Written to `.migrate/evidence/tries/<id>.json`. */
export const Try = z.object({
  schema: z.literal('migrate/try'),
  version: z.literal(1),
  id: z.string(),
  madeAt: z.iso.datetime(),
  durationMs: z.int().min(0),
  /** The version of migrate that made it. */
  tool: z.string(),
  machine: z.object({ platform: z.string(), cores: z.int().min(1), cpu: z.string() }),
  project: z.object({ name: z.string(), routes: z.int().min(0), entry: z.string() }),
  identity: TryIdentity,
  requests: z.object({
    source: z.string(),
    file: z.string(),
    sha256: z.string(),
    /** Asked of every row. */
    asked: z.int().min(0),
    /** Of them in the load. */
    load: z.int().min(0),
    leftOut: z.array(z.object({ reason: z.string(), requests: z.int().min(1) })),
  }),
  load: z.object({
    /** Of each row, in seconds, warm-up included. */
    seconds: z.number(),
    /** Starts of each row; they take turns. */
    rounds: z.int().min(0),
    /** Requests under way at once. */
    atOnce: z.int().min(1),
  }),
  ways: z.array(TryWay),
  /** Where the CPU time of the baseline goes, or why that is not known; absent where it was not asked for. */
  profile: measured(CpuProfile).optional(),
  warnings: z.array(z.string()),
});
export type Try = z.infer<typeof Try>;
