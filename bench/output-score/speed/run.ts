import { join } from 'node:path';
import type { ProvisionedRuntime, RunningApp } from '../../../src/runtimes/index.ts';
import { SERVERS, type Target } from '../../converted/assemble.ts';
import { median } from '../../plan/measure.ts';
import { answersPerSecond } from './load.ts';
import { ASKED, prepareSides, type Side, type Way } from './sides.ts';

type Runtimes = Pick<
  typeof import('../../../src/runtimes/index.ts'),
  'launchApp' | 'parseSpec' | 'provisionRuntime'
>;

/** One application on one runtime: what each way of writing it comes to. */
export interface Measured {
  name: string;
  target: Target;
  version: string;
  /** `GET /healthz` and its like, with answers in a second by way. */
  rates: Record<string, Partial<Record<Way, number>>>;
  /** Milliseconds from the start of the process to its first answer. */
  startMs: Partial<Record<Way, number>>;
  /** Resident bytes after the load. */
  memory: Partial<Record<Way, number>>;
  /** Why a way is not in the table. */
  failed: Partial<Record<Way, string>>;
}

export interface SpeedOptions {
  root: string;
  scratch: string;
  runtimes: Runtimes;
  names: readonly string[];
  rounds: number;
  seconds: number;
  /** Called after each application on each runtime: what was measured stays if the rest is interrupted. */
  done(measured: Measured): void;
}

/** Measures every application in every way on every runtime. The ways of one take turns, so that a busy moment meets all. */
export async function measureSpeed(options: SpeedOptions): Promise<void> {
  const { root, scratch, runtimes, names } = options;
  for (const name of names) {
    const sides = await prepareSides(root, scratch, name);
    for (const target of Object.keys(SERVERS) as Target[]) {
      const runtime = await runtimes.provisionRuntime(await runtimes.parseSpec(target), {});
      options.done(await measureOn(name, sides, { target, runtime }, options));
    }
  }
}

async function measureOn(
  name: string,
  sides: readonly Side[],
  { target, runtime }: { target: Target; runtime: ProvisionedRuntime },
  { scratch, runtimes, rounds, seconds }: SpeedOptions,
): Promise<Measured> {
  const measured: Measured = {
    ...{ name, target, version: runtime.version },
    ...{ rates: {}, startMs: {}, memory: {}, failed: {} },
  };
  const running = new Map<Way, RunningApp>();
  try {
    const starts = new Map<Way, number[]>();
    for (let round = 1; round <= rounds; round++) {
      for (const { way, folder, entry } of sides.filter(({ way }) => measured.failed[way] === undefined)) {
        try {
          const app = await runtimes.launchApp(runtime, {
            ...{ dir: folder(target), readyPollMs: 1, runFolder: join(scratch, 'logs') },
            env: { NODE_ENV: 'production' },
            ...(entry(target) === undefined ? {} : { entry: entry(target) as string }),
          });
          starts.set(way, [...(starts.get(way) ?? []), app.bootMs]);
          if (round === rounds) running.set(way, app);
          else await app.stop();
        } catch (error) {
          measured.failed[way] = String(error).split('\n')[0] ?? '';
        }
      }
    }
    for (const [way, times] of starts) measured.startMs[way] = median(times);
    for (const asked of ASKED[name] ?? []) {
      const key = `${asked.method} ${asked.path}`;
      const rates = new Map<Way, number[]>();
      for (let round = 0; round <= rounds; round++) {
        for (const [way, { origin }] of running) {
          const rate = await answersPerSecond(origin, asked, { seconds: round === 0 ? 1 : seconds, scratch });
          // The first round warms up.
          if (round > 0) rates.set(way, [...(rates.get(way) ?? []), rate]);
        }
      }
      measured.rates[key] = Object.fromEntries([...rates].map(([way, all]) => [way, median(all)]));
    }
    for (const [way, app] of running) {
      const bytes = await app.memory();
      if (bytes !== null) measured.memory[way] = bytes;
    }
  } finally {
    for (const app of running.values()) await app.stop();
  }
  return measured;
}
