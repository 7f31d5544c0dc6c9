import type { RouteCounts } from '../model/aggregate.ts';
import type { RouteTiming } from '../model/verdict.ts';
import { timesOf } from './coverage.ts';
import { quantileInterval, samplesForQuantile } from './statistics.ts';

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
/**
 * Each side's interval has 97.5%: a ratio of the two then lies between their quotients with at least 95% (Bonferroni),
 * without an assumption about the distribution.
 */
const CONFIDENCE = 0.975;

/** Confidence intervals of the service times of each route, for the routes that have any. */
export function timing(routes: readonly RouteCounts[]): RouteTiming[] {
  return routes.flatMap((row) => {
    const times = timesOf(row);
    if (times.new.length === 0) return [];
    const sorted = {
      old: times.old.toSorted((a, b) => a - b),
      again: times.again.toSorted((a, b) => a - b),
      new: times.new.toSorted((a, b) => a - b),
    };
    const quantiles = Object.entries(QUANTILES).map(([name, q]) => ({
      quantile: name as keyof typeof QUANTILES,
      old: quantileInterval(sorted.old, q, CONFIDENCE),
      again: quantileInterval(sorted.again, q, CONFIDENCE),
      new: quantileInterval(sorted.new, q, CONFIDENCE),
      needed: samplesForQuantile(q, CONFIDENCE),
    }));
    return [{ route: row.route, samples: sorted.new.length, quantiles }];
  });
}
