import type { Interval } from '../model/latency.ts';
import type { TryFigures } from '../model/try.ts';
import {
  type ClosedLoop,
  MOST_QUEUED,
  meanInterval,
  NO_CPU_TIME,
  quantileInterval,
  queuedPart,
  resampleQuantile,
} from '../shadow/index.ts';

/** What one start of a row gave. Times in ms. */
export interface Round {
  /** From the start of the process to its first answer. */
  startMs: number;
  loop: ClosedLoop;
  /** Resident bytes after the load; null where the platform does not tell. */
  memory: number | null;
  /** One request after the other. */
  alone: { requests: number; service: number; cpu: number; queued: number; isFine: boolean };
}

/** Fewer samples than these say nothing of a 99th percentile with 95% confidence. */
const NEEDED_P99 = 368;
/** Part of a core beyond which the asking process is taken for what could not do more. */
const BUSY = 0.85;
/** Answers that may be other ones under load. */
const MOST_FAILED = 0.01;

/**
 * The figures of a row from its rounds.
 *
 * @param stopped why it was not measured, or not to the end
 */
export function summarise(rounds: readonly Round[], stopped: string | null): TryFigures {
  const why = stopped ?? 'too few starts';
  const starts = quantileInterval(
    rounds.map(({ startMs }) => startMs).toSorted((a, b) => a - b),
    0.5,
    0.95,
  );
  const memory = meanInterval(rounds.flatMap((round) => round.memory ?? []));
  const underLoad = stopped ?? unfit(rounds);
  return {
    firstAnswer: starts ? { measured: starts } : { notMeasured: why },
    ...(underLoad === null ? loadFigures(rounds) : notUnderLoad(underLoad)),
    memory:
      memory && underLoad === null ? { measured: memory } : { notMeasured: underLoad ?? 'not told here' },
    share: underLoad === null ? shareOf(rounds) : { notMeasured: underLoad },
  };
}

/** Why the times under load are not those of the row; null where they are. */
function unfit(rounds: readonly Round[]): string | null {
  const good = rounds.reduce((sum, { loop }) => sum + loop.service.length, 0);
  const bad = rounds.reduce((sum, { loop }) => sum + loop.failed.count, 0);
  const first = rounds.map(({ loop }) => loop.failed.first).find((one) => one !== null);
  if (good + bad === 0) return 'nothing was asked';
  if (bad <= MOST_FAILED * (good + bad)) return null;
  const hint = first?.startsWith('status 429')
    ? ': a limit of requests, which an environment variable may lift'
    : '';
  return `answers change under load (${first}${hint})`;
}

const notUnderLoad = (notMeasured: string): Pick<TryFigures, 'p50' | 'p99' | 'perSecond'> => ({
  ...{ p50: { notMeasured }, p99: { notMeasured }, perSecond: { notMeasured } },
});

function loadFigures(rounds: readonly Round[]): Pick<TryFigures, 'p50' | 'p99' | 'perSecond'> {
  const blocks = rounds.map(({ loop }) => loop.service);
  const samples = blocks.reduce((sum, { length }) => sum + length, 0);
  const quantile = (q: number): Interval | null => resampleQuantile([blocks], q)?.[0]?.at ?? null;
  const [p50, p99] = [quantile(0.5), samples < NEEDED_P99 ? null : quantile(0.99)];
  const rate = meanInterval(rounds.map(({ loop }) => (1000 * loop.service.length) / loop.wallMs));
  // Few starts that differ much give an interval beyond what a rate can be.
  const possible = rate && { ...rate, low: Math.max(0, rate.low) };
  const own = rounds.map((round) => round.loop.own).toSorted((a, b) => a - b)[rounds.length >> 1] ?? 0;
  return {
    p50: p50 ? { measured: p50 } : { notMeasured: 'too few starts' },
    p99: p99
      ? { measured: p99 }
      : { notMeasured: `${samples} answers are too few: ${NEEDED_P99} are needed` },
    perSecond: possible
      ? { measured: { ...possible, atLeast: own > BUSY } }
      : { notMeasured: 'too few starts' },
  };
}

function shareOf(rounds: readonly Round[]): TryFigures['share'] {
  const all = rounds.map(({ alone }) => alone);
  if (!all.every((one) => one.isFine)) return { notMeasured: NO_CPU_TIME };
  const queued = queuedPart(all);
  if (queued > MOST_QUEUED)
    return {
      notMeasured: `${Math.round(100 * queued)}% of the time was waiting for a core: the machine was busy`,
    };
  const mean = (pick: (one: Round['alone']) => number) => meanInterval(all.map(pick));
  const service = mean((one) => one.service / Math.max(1, one.requests));
  const cpu = mean((one) => one.cpu / Math.max(1, one.requests));
  const share = mean((one) => Math.min(1, one.cpu / Math.max(1e-9, one.service)));
  return service && cpu && share ? { measured: { service, cpu, share } } : { notMeasured: 'too few starts' };
}
