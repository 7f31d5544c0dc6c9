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

/** What is asked of a shadow run. Shares are 0..1. What is absent is not asked for. */
const ShadowGates = z.strictObject({
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

/**
 * What must hold before a stage is promoted, beside what always must: its steps are done or skipped, no waiver is over its
 * date, and evidence is of the code as it is.
 */
export const StageGates = z.strictObject({
  /** Steps that may not be skipped, by their last word. */
  required: z.array(z.string()).optional(),
  /** Steps that follow the promotion, by their last word. */
  later: z.array(z.string()).optional(),
  /** Of the shadow runs; over and above what stands outside of the stages. */
  shadow: ShadowGates.partial().optional(),
  /** Days on which the compared requests were recorded. */
  days: z.int().min(1).optional(),
  /** `migrate try`: it starts on the target and answers the same. */
  try: z.literal('same').optional(),
  /** `migrate scripts compare`: each script that moves does the same. */
  scripts: z.literal('same').optional(),
  /** What production starts is as it was before the stage. */
  production: z.literal('unchanged').optional(),
  /** `migrate observe`: monitoring is told by the new side what today's tells it. */
  observability: z.literal('seen').optional(),
  /** `migrate rollback --rehearse` took the stage back. */
  rollback: z.literal('rehearsed').optional(),
});
export type StageGates = z.infer<typeof StageGates>;

/** The file `.migrate/gates.yaml`. */
export const Gates = ShadowGates.extend({
  /** By the stage's id; `migrate promote` asks them. */
  stages: z.record(z.string(), StageGates).optional(),
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
