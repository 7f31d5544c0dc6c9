import { join } from 'node:path';
import type { Aggregate } from '../model/aggregate.ts';
import type { Io } from '../report/io.ts';
import {
  type GivenSide,
  type LatencyOptions,
  type LaunchOptions,
  latencyPhase,
  type RunOptions,
  readGates,
  type Traffic,
} from '../shadow/index.ts';
import type { LatencyFlags } from './shadow-latency-flags.ts';
import { numberOf, usage } from './usage.ts';

/**
 * What the flags ask for; null without `--latency`. The margin is that of `.migrate/gates.yaml`, where it names one.
 *
 * @throws MigrateError USAGE naming the flag
 */
export function latencyOptions(io: Io, flags: LatencyFlags): Partial<LatencyOptions> | null {
  const { latency, rate, duration, arrivals, starts, shard } = flags;
  if (!latency) {
    const given = Object.entries({ rate, duration, arrivals, starts }).find(
      ([, value]) => value !== undefined,
    );
    if (given) throw usage(`--${given[0]} belongs to --latency.`);
    return null;
  }
  if (shard !== undefined)
    throw usage(
      '--latency measures an unsplit run: times of shards do not add up.',
      'Run the shards without it, and once more with --latency and without --shard.',
    );
  if (arrivals !== undefined && arrivals !== 'poisson' && arrivals !== 'fixed')
    throw usage(`--arrivals is poisson or fixed, not "${arrivals}".`);
  const margin = readGates(join(io.cwd, '.migrate', 'gates.yaml'), false).latency;
  return {
    ...(rate !== undefined && { rate: numberOf('--rate', rate, 0.1, 100_000) }),
    ...(duration !== undefined && { seconds: numberOf('--duration', duration, 0.5, 86_400) }),
    ...(starts !== undefined && { starts: numberOf('--starts', starts, 0, 100) }),
    ...(arrivals && { arrivals }),
    ...(margin && { margin }),
  };
}

/** Runs the phase after the comparison and puts its section into the aggregate. Interrupted, the run is. */
export async function measureLatency(
  io: Io,
  aggregate: Aggregate,
  asked: Partial<LatencyOptions>,
  run: {
    sides: { old: GivenSide; new: GivenSide };
    traffic: Traffic;
    common: RunOptions;
    /** How the sides are started. */
    start: Pick<LaunchOptions, 'readyTimeoutMs' | 'state'>;
    logs: string;
  },
): Promise<Aggregate> {
  if (aggregate.interrupted) return aggregate;
  const { routes, writes, timeoutMs, redact } = run.common;
  const { signal } = io;
  try {
    const latency = await latencyPhase(
      run.sides,
      run.traffic.exchanges,
      {
        ...{ ...run.start, cwd: io.cwd, logs: join(run.logs, 'latency'), signal },
        redact: (text) => redact?.text(text) ?? text,
      },
      { ...asked, routes, writes, timeoutMs, signal, progress: (text) => io.progress(text) },
    );
    return { ...aggregate, latency };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ...aggregate, interrupted: true };
  } finally {
    io.progress(null);
  }
}
