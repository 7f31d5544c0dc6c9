import type { RouteCounts } from '../model/aggregate.ts';
import type { QuantileTiming, RouteTiming } from '../model/latency.ts';
import { timesOf } from './coverage.ts';
import type { RouteTimes } from './latency.ts';
import { quantileInterval, samplesForQuantile } from './statistics.ts';

export const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
/**
 * Each side's interval has 97.5%: a ratio of the two then lies between their quotients with at least 95% (Bonferroni),
 * without an assumption about the distribution.
 */
const CONFIDENCE = 0.975;

/** Confidence intervals of the service times of each route, for the routes that have any. */
export function timing(routes: readonly RouteCounts[]): RouteTiming[] {
  return routes.flatMap((row) => {
    const times = timesOf(row);
    return times.new.length === 0
      ? []
      : [{ route: row.route, samples: times.new.length, quantiles: quantileTimings(times) }];
  });
}

/** Order statistics of each side's times, ms. @param confidence of each interval */
export function quantileTimings(times: RouteTimes, confidence = CONFIDENCE): QuantileTiming[] {
  const ascending = (list: readonly number[]) => list.toSorted((a, b) => a - b);
  const sorted = { old: ascending(times.old), again: ascending(times.again), new: ascending(times.new) };
  return Object.entries(QUANTILES).map(([name, q]) => ({
    quantile: name as keyof typeof QUANTILES,
    old: quantileInterval(sorted.old, q, confidence),
    again: quantileInterval(sorted.again, q, confidence),
    new: quantileInterval(sorted.new, q, confidence),
    needed: samplesForQuantile(q, confidence),
  }));
}
