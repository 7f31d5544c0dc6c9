import type { Interval } from '../../model/latency.ts';
import { normalQuantile } from '../statistics.ts';
import { random } from './random.ts';

/**
 * Intervals from whole blocks: what happens to a machine happens to a stretch of time, so that requests of one block are
 * no independent samples and blocks are. Sources: Efron & Tibshirani, An Introduction to the Bootstrap, §8.6 (blocks)
 * and §13.3 (percentile interval); Hesterberg 2015, "What Teachers Should Know About the Bootstrap", §3.3 (an expanded
 * percentile interval, as plain ones are too narrow for few blocks).
 */
const REPEATS = 2_000;

/** Quantile of Student's t with `df` degrees of freedom (Abramowitz & Stegun 26.7.5: good to 1% from df = 3 on). */
export function tQuantile(p: number, df: number): number {
  const z = normalQuantile(p);
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160;
  return z + g1 / df + g2 / df ** 2 + g3 / df ** 3 + g4 / df ** 4;
}

/** Mean of one value a block, with its t interval at 95%; null with fewer than three blocks. */
export function meanInterval(values: readonly number[]): Interval | null {
  const n = values.length;
  if (n < 3) return null;
  const at = values.reduce((a, b) => a + b, 0) / n;
  const spread = Math.sqrt(values.reduce((a, v) => a + (v - at) ** 2, 0) / (n - 1));
  const half = (tQuantile(0.975, n - 1) * spread) / Math.sqrt(n);
  return { low: at - half, at, high: at + half };
}

/** Slope of a straight line through the points with its t interval at 95%; null with fewer than four points. */
export function slopeInterval(points: readonly (readonly [x: number, y: number])[]): Interval | null {
  const n = points.length;
  if (n < 4) return null;
  const mean = (pick: 0 | 1) => points.reduce((a, point) => a + point[pick], 0) / n;
  const [mx, my] = [mean(0), mean(1)];
  const sxx = points.reduce((a, [x]) => a + (x - mx) ** 2, 0);
  if (sxx === 0) return null;
  const at = points.reduce((a, [x, y]) => a + (x - mx) * (y - my), 0) / sxx;
  const rest = points.reduce((a, [x, y]) => a + (y - my - at * (x - mx)) ** 2, 0);
  const half = tQuantile(0.975, n - 2) * Math.sqrt(rest / (n - 2) / sxx);
  return { low: at - half, at, high: at + half };
}

/** A quantile of each side, and of each side against the first. */
export interface Resampled {
  at: Interval;
  /** Absent for the first side. */
  ratio?: Interval;
  extra?: Interval;
}

/**
 * Nearest-rank quantile of each side's pooled samples, and its ratio to and difference from that of the first side, with
 * 95% intervals by resampling rounds: a round is one block of every side, so that drift of the machine hits all of them.
 *
 * @param sides for each side its blocks; all have the same number of them, at least three
 */
export function resampleQuantile(
  sides: readonly (readonly (readonly number[])[])[],
  q: number,
  seed = 1,
): Resampled[] | null {
  const rounds = sides[0]?.length ?? 0;
  if (rounds < 3) return null;
  const pooled = sides.map(pool);
  if (pooled.some(({ values }) => values.length === 0)) return null;
  const once = new Uint16Array(rounds).fill(1);
  const exact = pooled.map((one) => quantileOf(one, once, q));
  const draws = Array.from({ length: sides.length }, () => new Float64Array(REPEATS));
  const next = random(seed);
  for (let i = 0; i < REPEATS; i++) {
    const weights = new Uint16Array(rounds);
    for (let k = 0; k < rounds; k++) {
      const pick = Math.floor(next() * rounds);
      weights[pick] = (weights[pick] ?? 0) + 1;
    }
    for (const [side, one] of pooled.entries()) {
      const list = draws[side];
      if (list) list[i] = quantileOf(one, weights, q);
    }
  }
  const interval = intervalOf(rounds);
  const [base = 0] = exact;
  const [first] = draws;
  return exact.map((at, side) => {
    const own = draws[side] ?? new Float64Array(0);
    const self = interval(at, own);
    if (side === 0 || !first) return { at: self };
    return {
      at: self,
      ratio: interval(
        at / base,
        own.map((value, i) => value / (first[i] ?? 1)),
      ),
      extra: interval(
        at - base,
        own.map((value, i) => value - (first[i] ?? 0)),
      ),
    };
  });
}

interface Pooled {
  /** Ascending. */
  values: Float64Array;
  block: Uint16Array;
}

function pool(blocks: readonly (readonly number[])[]): Pooled {
  const all = blocks.flatMap((list, block) => list.map((value) => ({ value, block })));
  all.sort((a, b) => a.value - b.value);
  return {
    values: Float64Array.from(all, ({ value }) => value),
    block: Uint16Array.from(all, ({ block }) => block),
  };
}

/** Nearest rank where each block counts as often as its weight says. */
function quantileOf({ values, block }: Pooled, weights: Uint16Array, q: number): number {
  let total = 0;
  for (let i = 0; i < block.length; i++) total += weights[block[i] ?? 0] ?? 0;
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    seen += weights[block[i] ?? 0] ?? 0;
    if (seen >= rank) return values[i] ?? 0;
  }
  return values.at(-1) ?? 0;
}

function intervalOf(rounds: number): (at: number, draws: Float64Array) => Interval {
  const tail = normalTail(Math.sqrt(rounds / (rounds - 1)) * tQuantile(0.975, rounds - 1));
  return (at, draws) => {
    const sorted = draws.toSorted();
    const rank = Math.floor(tail * sorted.length);
    const low = sorted[rank] ?? at;
    const high = sorted[sorted.length - 1 - rank] ?? at;
    return { low: Math.min(low, at), at, high: Math.max(high, at) };
  };
}

/** P(Z > z) of the standard normal distribution (Abramowitz & Stegun 26.2.17, error below 7.5e-8). */
function normalTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}
