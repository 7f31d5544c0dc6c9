import { availableParallelism } from 'node:os';
import type { LoadPlan } from '../../model/latency.ts';

/** How the latency phase is asked for. */
export interface LoadOptions {
  /** Requests a second on the side whose turn it is. Default 50. */
  rate?: number;
  /** Seconds each side is measured for, default 20. */
  seconds?: number;
  arrivals?: 'poisson' | 'fixed';
  /** Starts of each side to time, default 6: the fewest that give the median an interval. */
  starts?: number;
  seed?: number;
}

export const STARTS = 6;
/** A block this long is over before a machine changes much; more of them make the intervals honest. */
const BLOCK_SECONDS = 1;
const BLOCKS = { least: 8, most: 40 };
/** Just-in-time compilers and caches settle in this time, at most. */
const WARM_UP_SECONDS = 3;

/** The plan of a load: blocks of about a second, and a part of their number before them that is not counted. */
export function planLoad({ rate = 50, seconds = 20, arrivals = 'poisson', seed = 1 }: LoadOptions): LoadPlan {
  const blocks = Math.min(BLOCKS.most, Math.max(BLOCKS.least, Math.round(seconds / BLOCK_SECONDS)));
  const warmUp = Math.max(1, Math.round(Math.min(WARM_UP_SECONDS, seconds / 5) / (seconds / blocks)));
  return { rate, seconds, arrivals, blocks, warmUp, seed, cores: availableParallelism() };
}

export const blockMs = ({ seconds, blocks }: LoadPlan): number => (seconds * 1000) / blocks;
