import { z } from 'zod';
import { RouteLimit } from './changeset.ts';
import { Cell } from './comparison.ts';
import { Effects, StateProof } from './effects.ts';
import { LatencySection } from './latency.ts';
import { Probes } from './probes.ts';
import { NotCompared, RuleUse, SideReport } from './verdict.ts';
import { WaiverUse } from './waiver.ts';

/** One share of a run split by session: `index` of `of`, from 1. */
export const Shard = z.object({ index: z.int().min(1), of: z.int().min(1) });
export type Shard = z.infer<typeof Shard>;

/** Service times in ms, one entry an exchange; the three lists run in step. */
export const Times = z.object({
  old: z.array(z.number()),
  again: z.array(z.number()),
  new: z.array(z.number()),
});
export type Times = z.infer<typeof Times>;

/**
 * A cell as it is counted: `key` names it across runs. The paired counts say how the old side's own repeat behaved:
 * `b` only new differs, `c` only the repeat does, `both` both do.
 */
export const CountedCell = Cell.extend({
  key: z.string(),
  b: z.int().min(0),
  c: z.int().min(0),
  both: z.int().min(0),
});
export type CountedCell = z.infer<typeof CountedCell>;

/** Exchanges of one route with exactly these unexplained differences. `first` is the earliest of them. */
export const Pattern = z.object({
  route: z.string(),
  items: z.array(z.object({ cell: z.string(), title: z.string() })),
  exchanges: z.int().min(1),
  first: z.int().min(1),
});
export type Pattern = z.infer<typeof Pattern>;

export const RouteCounts = z.object({
  route: z.string(),
  declared: z.boolean(),
  /** The first exchange that reached it; 0 when none did. */
  first: z.int().min(0),
  recorded: z.int().min(0),
  compared: z.int().min(0),
  /** Compared, and the old side's repeat answered too. */
  calibrated: z.int().min(0),
  /** All differences explained. */
  explained: z.int().min(0),
  statuses: z.record(z.string(), z.int()),
  /** Refusing answers (status 400 and above) of the old side by what their page is, whatever address was asked. */
  pages: z.record(z.string(), z.int()).optional(),
  reasons: z.array(z.string()),
  limit: RouteLimit.nullable(),
  times: Times,
  /** Samples taken again because the first ones looked slow; no part of the whole run's percentiles. */
  retimed: Times,
});
export type RouteCounts = z.infer<typeof RouteCounts>;

/** A fault planted into an answer of a route, and whether the comparison saw it. */
export const Plant = z.object({
  fault: z.string(),
  route: z.string(),
  exchange: z.int().min(1),
  seen: z.boolean(),
});
export type Plant = z.infer<typeof Plant>;

/**
 * What the sides did before the first exchange. Every shard of a split run starts its own sides, so this is the same in
 * each of them and counts once. `uses`: how often rules and waivers were applied to it, by id.
 */
export const StartEffects = Effects.pick({
  ...{ counts: true, same: true, explained: true, different: true, rows: true },
}).extend({ cells: z.array(CountedCell), uses: z.record(z.string(), z.int()) });
export type StartEffects = z.infer<typeof StartEffects>;

/**
 * Everything a shadow run counted, before it is judged. Aggregates of disjoint shards merge by sums and unions, and the
 * report is a function of the merged aggregate alone. Written to `.migrate/runs/<id>/aggregate.json`.
 */
export const Aggregate = z.object({
  schema: z.literal('migrate/shadow-aggregate'),
  version: z.literal(1),
  id: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  interrupted: z.boolean(),
  shards: z.array(Shard),
  sides: z.object({ old: SideReport, new: SideReport }),
  againCrash: z.string().nullable(),
  traffic: z.object({
    source: z.string(),
    file: z.string(),
    exchanges: z.int().min(0),
    sessions: z.int().min(0),
    /** Exchanges of the whole file, before sharding. */
    total: z.int().min(0),
    /** Days (UTC) on which they were recorded; absent where the source does not tell. */
    days: z.array(z.string()).optional(),
  }),
  writes: z.enum(['refused', 'isolated']),
  minCoverage: z.number(),
  counts: z.object({
    replayed: z.int().min(0),
    compared: z.int().min(0),
    excluded: z.int().min(0),
    explained: z.int().min(0),
    identical: z.int().min(0),
  }),
  calibration: z.object({ compared: z.int().min(0), differing: z.int().min(0) }),
  cells: z.array(CountedCell),
  noise: z.array(CountedCell),
  patterns: z.array(Pattern),
  routes: z.array(RouteCounts),
  /** Pages that the old side gives for addresses no route has, named as in `routes[].pages`. */
  unknownPages: z.array(z.string()).optional(),
  plants: z.array(Plant),
  rules: z.array(RuleUse),
  waivers: z.array(WaiverUse),
  /** What the sides did beside answering, with its differences; absent where nobody watched. */
  effects: Effects.extend({
    cells: z.array(CountedCell),
    /** Not part of the rest; absent where nothing was done at the start. */
    start: StartEffects.optional(),
  }).optional(),
  /** Probes that were asked for; absent when none were. */
  probes: Probes.extend({ cells: z.array(CountedCell) }).optional(),
  /** The state they began with; absent when none was given. */
  state: StateProof.optional(),
  notCompared: z.array(NotCompared),
  strays: z.object({
    count: z.int().min(0),
    samples: z.array(z.object({ exchange: z.int().min(1), text: z.string() })),
  }),
  dropped: z.int().min(0),
  /** Of an unsplit run only: times of different machines or moments do not add up. */
  latency: LatencySection.optional(),
  warnings: z.array(z.string()),
});
export type Aggregate = z.infer<typeof Aggregate>;
