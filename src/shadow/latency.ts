import type { Exchange } from '../model/exchange.ts';
import type { Latency } from '../model/verdict.ts';

/** Percentiles (nearest rank) of service times in ms; null without samples. */
export function percentiles(samples: readonly number[]): Latency | null {
  if (samples.length === 0) return null;
  const sorted = Float64Array.from(samples).sort();
  const at = (q: number) => round(sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), samples: samples.length };
}

const round = (ms: number): number => Math.round(ms * 100) / 100;

/** Service times of one route, ms. */
export interface RouteTimes {
  old: number[];
  again: number[];
  new: number[];
}

/** With fewer samples a stall of the machine looks like a slow route. */
export const ENOUGH_SAMPLES = 5;
const FACTOR = 3;
const FLOOR_MS = { enough: 100, few: 1000 };

/**
 * Whether a route became slower beyond doubt: its median is three times that of the old side, in both of its instances,
 * and at least 100 ms above it (1 s with fewer than five samples). A practical floor, not a test of significance: a few
 * milliseconds are a matter for a benchmark.
 */
export function slower(times: RouteTimes): { old: number; new: number } | null {
  const floor = times.new.length >= ENOUGH_SAMPLES ? FLOOR_MS.enough : FLOOR_MS.few;
  return exceeds(times, floor);
}

/** Whether more samples of a route could show that it became slower. */
export const suspicious = (times: RouteTimes): boolean =>
  times.new.length < ENOUGH_SAMPLES && exceeds(times, FLOOR_MS.enough) !== null;

function exceeds({ old, again, new: next }: RouteTimes, floor: number): { old: number; new: number } | null {
  const [a, b, after] = [percentiles(old), percentiles(again), percentiles(next)];
  if (!a || !b || !after) return null;
  const before = Math.max(a.p50, b.p50);
  return after.p50 > before * FACTOR && after.p50 - before >= floor ? { old: a.p50, new: after.p50 } : null;
}

/** So many exchanges of a route are always timed, and one in so many of the rest: enough for a p99 with its interval. */
const TIMED = { first: 500, oneIn: 20 };

/**
 * Which exchanges are timed: for these the sides are asked in turn, which takes longer than asking them at once.
 * The rest is picked by its number, spread so that no rhythm of the traffic falls in with it.
 */
export function timedOf(routeOf: (exchange: Exchange) => string): (exchange: Exchange) => boolean {
  const seen = new Map<string, number>();
  return (exchange) => {
    const route = routeOf(exchange);
    const before = seen.get(route) ?? 0;
    seen.set(route, before + 1);
    return before < TIMED.first || (Math.imul(exchange.index, GOLDEN) >>> 16) % TIMED.oneIn === 0;
  };
}

/** 2^32 divided by the golden ratio: multiples of it are spread evenly (Knuth, TAOCP 3, 6.4). */
const GOLDEN = 0x9e3779b1;
