import { z } from 'zod';
import { Verdict } from './verdict.ts';

const Share = z.number().gt(0).lte(1);

/** How much slower may be: the ratio new/old of a quantile, where the difference is more than `floorMs` at all. */
export const LatencyGate = z.strictObject({
  quantile: z.enum(['p50', 'p95', 'p99']).default('p95'),
  /** 1.1 allows ten percent more. */
  ratio: z.number().gt(1),
  /** A difference below this many ms is no difference. */
  floorMs: z.number().gte(0).default(5),
});
export type LatencyGate = z.infer<typeof LatencyGate>;

/** How much more memory may be used at the end, and how much faster it may grow under load than on the old side. */
export const MemoryGate = z.strictObject({
  ratio: z.number().gt(1),
  floorMb: z.number().gte(0).default(16),
  /** Asked of runs with a latency phase. */
  growthMbPerMinute: z.number().gte(0).optional(),
});
export type MemoryGate = z.infer<typeof MemoryGate>;

export const RouteGate = z.strictObject({
  defectBound: Share.optional(),
  latency: LatencyGate.nullable().optional(),
  /** Must be compared, whatever the coverage of the others. */
  required: z.boolean().optional(),
});
export type RouteGate = z.infer<typeof RouteGate>;

/** The file `.migrate/gates.yaml`. Shares are 0..1. What is absent is not asked for. */
export const Gates = z.strictObject({
  /** Upper bound of the defect rate over all traffic, at 95% confidence. */
  defectBound: Share.optional(),
  /** The same for each route that is compared. */
  routeDefectBound: Share.optional(),
  latency: LatencyGate.optional(),
  memory: MemoryGate.optional(),
  /** Part of the routes that must be compared. */
  coverage: z.number().gte(0).lte(1).optional(),
  /** Part of the planted faults that must be seen. */
  minDetection: z.number().gte(0).lte(1).optional(),
  /** By `METHOD /template`. */
  routes: z.record(z.string(), RouteGate).default({}),
});
export type Gates = z.infer<typeof Gates>;

/** One gate asked about one thing. `needed` is the number of samples that would decide. */
export const GateCheck = z.object({
  gate: z.enum(['verdict', 'defect-bound', 'latency', 'memory', 'coverage', 'detection', 'required']),
  /** A route, or `all`. */
  subject: z.string(),
  outcome: Verdict,
  why: z.string(),
  needed: z.int().optional(),
});
export type GateCheck = z.infer<typeof GateCheck>;

/** What the gates say about one run: the worst of the run's own verdict and every check. */
export const GateReport = z.object({
  schema: z.literal('migrate/shadow-gate'),
  version: z.literal(1),
  run: z.string(),
  outcome: Verdict,
  checks: z.array(GateCheck),
});
export type GateReport = z.infer<typeof GateReport>;
