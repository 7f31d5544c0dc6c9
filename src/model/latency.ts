import { z } from 'zod';
import { Owner } from './comparison.ts';

/** A value with its two-sided confidence interval. */
export const Interval = z.object({ low: z.number(), at: z.number(), high: z.number() });
export type Interval = z.infer<typeof Interval>;

/** A quantile against that of the old side: the ratio, and the difference in ms. */
export const Against = z.object({ ratio: Interval, extra: Interval });
export type Against = z.infer<typeof Against>;

export const QuantileTiming = z.object({
  quantile: z.enum(['p50', 'p95', 'p99']),
  old: Interval.nullable(),
  again: Interval.nullable(),
  new: Interval.nullable(),
  needed: z.int().min(1),
  /** Measured on paired blocks, at 95%: what `new` and the old side's repeat are against `old`. */
  against: z.object({ new: Against, again: Against }).optional(),
});
export type QuantileTiming = z.infer<typeof QuantileTiming>;

/** Times of one route in ms with an interval a side; null where fewer than `needed` samples were there. */
export const RouteTiming = z.object({
  route: z.string(),
  samples: z.int().min(1),
  quantiles: z.array(QuantileTiming),
});
export type RouteTiming = z.infer<typeof RouteTiming>;

/** Something measured, or in words why it was not. */
const measured = <T extends z.ZodType>(value: T) =>
  z.union([z.object({ measured: value }), z.object({ notMeasured: z.string() })]);
export type Measured<T> = { measured: T } | { notMeasured: string };

/** Memory at one moment: seconds since the first sample, bytes of all processes of the side, requests it had answered. */
export const MemoryPoint = z.object({ at: z.number(), bytes: z.number(), requests: z.int().min(0) });
export type MemoryPoint = z.infer<typeof MemoryPoint>;

/** Resident memory over the measured blocks, whether the side was under load or idle. */
export const MemoryTrend = z.object({
  points: z.array(MemoryPoint),
  /** Median of the last third of the points, bytes. */
  end: z.number(),
  /** Bytes a second of wall-clock time, at 95%. */
  slope: Interval,
  /** Bytes for every thousand requests answered, at 95%. */
  perThousand: Interval,
});
export type MemoryTrend = z.infer<typeof MemoryTrend>;

/** How late a 10 ms timer inside the side fired while the side was under load, ms. */
export const LoopDelay = z.object({
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  samples: z.int().min(1),
});
export type LoopDelay = z.infer<typeof LoopDelay>;

/** One side under load. Times in ms. */
export const LoadedSide = z.object({
  sent: z.int().min(0),
  /** Sent, and no whole answer came. */
  failed: z.int().min(0),
  /** Never sent, because too many requests were without an answer. */
  dropped: z.int().min(0),
  /** From sending to the end of the answer. */
  service: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable(),
  /** From the intended moment to sending: what the measuring process itself was late by. */
  lag: z.object({ p50: z.number(), p99: z.number(), max: z.number() }).nullable(),
  /** How many ms later answers come for every second of load; clearly above 0 the side does not keep up. */
  backlog: Interval.nullable(),
  /** Upper edge in ms, and the share of responses, 0..1, that took no longer. For a chart. */
  curve: z.array(z.object({ ms: z.number(), share: z.number() })),
  /** From the start of the process to its first answer, several starts, files in the page cache. */
  coldStart: measured(z.object({ median: Interval, starts: z.array(z.number()) })),
  memory: measured(MemoryTrend),
  /** CPU time of all its processes for one request under load, at 95%. */
  cpu: measured(Interval),
  loop: measured(LoopDelay),
});
export type LoadedSide = z.infer<typeof LoadedSide>;

/** Where the time of one route's requests goes, asked one after the other. Means in ms. */
export const RouteShare = z.object({
  route: z.string(),
  /** Part of the load, 0..1. */
  traffic: z.number(),
  old: z.object({ service: z.number(), cpu: z.number() }),
  new: z.object({ service: z.number(), cpu: z.number() }),
  /** Part of the old side's service time that is CPU time of its processes, 0..1: no runtime can save more. */
  share: z.number(),
});
export type RouteShare = z.infer<typeof RouteShare>;

/** How much of a request is the process's at all. */
export const RuntimeShare = z.object({
  /** Weighted by traffic. */
  all: RouteShare,
  routes: z.array(RouteShare),
});
export type RuntimeShare = z.infer<typeof RuntimeShare>;

/** How the load was made. */
export const LoadPlan = z.object({
  /** Requests a second on the side whose turn it is. */
  rate: z.number().gt(0),
  /** Of each side, warm-up left out. */
  seconds: z.number().gt(0),
  arrivals: z.enum(['poisson', 'fixed']),
  /** Blocks of each side; in one round each side has one, with the same requests at the same moments. */
  blocks: z.int().min(1),
  /** Blocks of each side before them, not counted. */
  warmUp: z.int().min(0),
  seed: z.int(),
  cores: z.int().min(1),
});
export type LoadPlan = z.infer<typeof LoadPlan>;

/** The latency phase of a shadow run: an open-loop load on each side in turn, and what the sides used for it. */
export const LatencySection = z.object({
  schema: z.literal('migrate/shadow-latency'),
  version: z.literal(1),
  plan: LoadPlan,
  /** PASS, FAIL, INCONCLUSIVE or INVALID, of this phase alone. */
  outcome: z.enum(['PASS', 'FAIL', 'INCONCLUSIVE', 'INVALID']),
  /** One sentence each; never empty. */
  reasons: z.array(z.string()),
  /** The margin it was judged by. */
  margin: z.object({ quantile: z.enum(['p50', 'p95', 'p99']), ratio: z.number(), floorMs: z.number() }),
  /** Different requests in the load, and those left out with the reason. */
  requests: z.int().min(0),
  leftOut: z.array(z.object({ reason: z.string(), requests: z.int().min(1) })),
  sides: z.object({ old: LoadedSide, again: LoadedSide, new: LoadedSide }),
  /** Response times from the intended start: first `all`, whole blocks resampled; then each route, by order statistics. */
  timing: z.array(RouteTiming),
  share: measured(RuntimeShare),
  /** Of a FAIL: who caused it, or in words why nobody looked. */
  owner: Owner.pick({ kind: true, why: true }).optional(),
});
export type LatencySection = z.infer<typeof LatencySection>;
