import { z } from 'zod';
import { Cell, Severity } from './comparison.ts';
import { Effects, StateProof } from './effects.ts';
import { LatencySection, RouteTiming } from './latency.ts';
import { Probes } from './probes.ts';
import { WaiverUse } from './waiver.ts';

/** PASS: promote. FAIL: unexplained differences. INCONCLUSIVE: too little was compared. INVALID: the run proves nothing. */
export const Verdict = z.enum(['PASS', 'FAIL', 'INCONCLUSIVE', 'INVALID']);
export type Verdict = z.infer<typeof Verdict>;

/** Percentiles in ms over the answers of one side; null when there were none. */
export const Latency = z.object({
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  samples: z.int().min(0),
});
export type Latency = z.infer<typeof Latency>;

/** A side's process ended by itself during an exchange. `said`: how, and what it said last. */
export const Ending = z.object({
  exchange: z.int().min(1),
  route: z.string(),
  said: z.string(),
  /** It was started again, with the state it began with, and everything before was sent again. */
  startedAgain: z.boolean(),
});
export type Ending = z.infer<typeof Ending>;

/** What ran in front of a side, as given: `workers:./edge`. */
export const LayerReport = z.object({
  given: z.string(),
  runtime: z.string(),
  version: z.string(),
  platform: z.string(),
  compatibilityDate: z.string().optional(),
  compatibilityFlags: z.array(z.string()).optional(),
});
export type LayerReport = z.infer<typeof LayerReport>;

/** Exactly what ran on one side. Sizes in bytes, times in ms; null where the platform does not tell. */
export const SideReport = z.object({
  /** As given on the command line, e.g. `node@22:./app`. */
  given: z.string(),
  runtime: z.string(),
  version: z.string(),
  platform: z.string(),
  compatibilityDate: z.string().optional(),
  compatibilityFlags: z.array(z.string()).optional(),
  /** As given by the user, not made absolute. */
  dir: z.string(),
  entry: z.string(),
  /** Commit of the directory, with `-dirty` appended when it has changes. */
  gitSha: z.string().nullable(),
  /** SHA-256 of the committed files, as `Plan.tree`; null where there were others, or no git. */
  tree: z.string().nullable().optional(),
  /** Run in a scratch copy, so writes never reached `dir`. */
  isolated: z.boolean(),
  /** Environment files it was given as it was started, and the names that each decides. Values are not kept. */
  environmentFiles: z.array(z.object({ file: z.string(), variables: z.array(z.string()) })).optional(),
  /** Stood between it and the clients; absent where nothing did. */
  layer: LayerReport.optional(),
  startMs: z.number().nullable(),
  rssBytes: z.number().nullable(),
  /** Of the old side: the same of its second instance. */
  repeatRssBytes: z.number().nullable().optional(),
  latency: Latency.nullable(),
  /** Of the old side: the same of its second instance. */
  repeatLatency: Latency.nullable().optional(),
  /** Set when the process ended before we stopped it, for good: what it said last. */
  crash: z.string().nullable(),
  /** Every time it ended, in order; absent when it never did. */
  endings: z.array(Ending).optional(),
});
export type SideReport = z.infer<typeof SideReport>;

/**
 * What became of one route. `same`: compared, nothing unexplained; `different`: unexplained differences;
 * `uncovered`: no exchange reached it, none was sent, or all were answered with the page that addresses of no route get; `cannot-run`: known not to run on the target, shown and
 * counted but kept out of PASS/FAIL; `not-compared`: reached, but no pair of answers came back.
 */
export const RouteStatus = z.enum(['same', 'different', 'uncovered', 'cannot-run', 'not-compared']);
export type RouteStatus = z.infer<typeof RouteStatus>;

/** Coverage of one route. `statuses` maps the old side's status codes to how many compared exchanges gave them. */
export const RouteCoverage = z.object({
  route: z.string(),
  /** True: of the application's router table. Otherwise a path that was asked for (a static file, a 404), ids folded. */
  declared: z.boolean().optional(),
  status: RouteStatus,
  recorded: z.int().min(0),
  compared: z.int().min(0),
  different: z.int().min(0),
  explained: z.int().min(0),
  statuses: z.record(z.string(), z.int()),
  /** Compared exchanges that the old side answered with a page that addresses of no route get, too; absent where there are none. */
  unanswered: z.int().min(1).optional(),
  reason: z.string().optional(),
  /** Upper bound of the share of differing answers at 95% confidence when none was seen (exact, about 3/n); null otherwise. */
  defectBound: z.number().nullable(),
  latency: z.object({ old: Latency.nullable(), new: Latency.nullable() }).optional(),
});
export type RouteCoverage = z.infer<typeof RouteCoverage>;

/** Cells that always come together, folded: one thing to look at. `cells` are indices into `RunReport.cells`. */
export const Signature = z.object({
  id: z.string(),
  title: z.string(),
  severity: Severity,
  exchanges: z.int().min(1),
  /** Part of all compared exchanges, 0..1. */
  share: z.number(),
  routes: z.array(z.object({ route: z.string(), exchanges: z.int().min(1) })),
  cells: z.array(z.int().min(0)),
});
export type Signature = z.infer<typeof Signature>;

/** A rule that may explain a difference, and how many exchanges it was applied to in this run. */
export const RuleUse = z.object({
  id: z.string(),
  reason: z.string(),
  allows: z.string(),
  exchanges: z.int().min(0),
});
export type RuleUse = z.infer<typeof RuleUse>;

/** Old against old again: what differs here is noise of the application, not of the migration. */
export const Calibration = z.object({
  compared: z.int().min(0),
  differing: z.int().min(0),
  clean: z.boolean(),
  cells: z.array(Cell),
});
export type Calibration = z.infer<typeof Calibration>;

/** Faults planted into real answers of this run: how many of them the comparison saw. `score` is seen/planted, 0..1. */
export const Detection = z.object({
  planted: z.int().min(0),
  seen: z.int().min(0),
  score: z.number(),
  /** Below this no run can PASS. */
  required: z.number(),
  faults: z.array(z.object({ fault: z.string(), planted: z.int().min(0), seen: z.int().min(0) })),
});
export type Detection = z.infer<typeof Detection>;

/** An exchange that was recorded and yet not compared, with the reason in words. */
export const NotCompared = z.object({
  exchange: z.int().min(1),
  request: z.string(),
  route: z.string(),
  reason: z.string(),
});
export type NotCompared = z.infer<typeof NotCompared>;

/** How differences were given their owners: which corners ran, and what stood in the way. */
export const Attribution = z.object({
  /** Exchanges replayed for it: those of the sessions in which something differed. */
  exchanges: z.int().min(0),
  corners: z.array(
    z.object({
      code: z.enum(['old', 'new']),
      /** `newest`: the newest release of the new side's runtime. */
      runtime: z.enum(['old', 'new', 'newest']),
      /** In words, `old code on bun 1.4.5`. */
      title: z.string(),
      /** Why it could not be run or does not tell; null when it did. */
      failed: z.string().nullable(),
    }),
  ),
  changeSets: z.int().min(0),
});
export type Attribution = z.infer<typeof Attribution>;

/** The result of a shadow run: all a report needs. Written to `.migrate/runs/<id>/report.json`. */
export const RunReport = z.object({
  schema: z.literal('migrate/shadow-run'),
  version: z.literal(1),
  id: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  verdict: Verdict,
  /** Why, one sentence each; never empty. */
  reasons: z.array(z.string()),
  interrupted: z.boolean(),
  /** Present when the report covers a part of a split run only: the shards that are in it. */
  shards: z.array(z.object({ index: z.int().min(1), of: z.int().min(1) })).optional(),
  sides: z.object({ old: SideReport, new: SideReport }),
  traffic: z.object({
    source: z.string(),
    file: z.string(),
    exchanges: z.int().min(0),
    sessions: z.int().min(0),
    /** Days (UTC) on which they were recorded; absent where the source does not tell. */
    days: z.array(z.string()).optional(),
  }),
  writes: z.enum(['refused', 'isolated']),
  counts: z.object({
    recorded: z.int().min(0),
    /** Sent to both sides. */
    replayed: z.int().min(0),
    /** A pair of outcomes was compared (a failed answer counts: it is a difference). */
    compared: z.int().min(0),
    /** Compared, on a route that cannot run on the target: outside the verdict. */
    excluded: z.int().min(0),
    notCompared: z.int().min(0),
    /** Exchanges with at least one unexplained difference. */
    differing: z.int().min(0),
    /** Exchanges whose differences are all explained. */
    explained: z.int().min(0),
    identical: z.int().min(0),
    routes: z.int().min(0),
    uncovered: z.int().min(0),
  }),
  /** With 0 differing in n, the defect rate is below 1 − 0.05^(1/n) at 95% confidence (about 3/n). Null when something differed or n = 0. */
  defectBound: z.number().nullable(),
  calibration: Calibration,
  detection: Detection,
  rules: z.array(RuleUse),
  waivers: z.array(WaiverUse),
  /** Worst first: severity, then traffic. */
  signatures: z.array(Signature),
  /** Unexplained and explained, in the order of severity and traffic. */
  cells: z.array(Cell),
  routes: z.array(RouteCoverage),
  /** Service times while comparing, one request at a time; for latency under load see `latency`. */
  timing: z.array(RouteTiming),
  /** Present when the run had a latency phase. */
  latency: LatencySection.optional(),
  /** Present when owners were looked for. */
  attribution: Attribution.optional(),
  /** What the sides did beside answering; absent where nobody watched. */
  effects: Effects.optional(),
  /** Probes that were asked for; absent when none were. */
  probes: Probes.optional(),
  /** The state both began with; absent when none was given. */
  state: StateProof.optional(),
  notCompared: z.array(NotCompared),
  warnings: z.array(z.string()),
});
export type RunReport = z.infer<typeof RunReport>;
