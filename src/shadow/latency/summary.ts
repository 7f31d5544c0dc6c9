import type {
  Against,
  Interval,
  LoadedSide,
  Measured,
  MemoryTrend,
  QuantileTiming,
  RouteTiming,
} from '../../model/latency.ts';
import { quantileInterval } from '../statistics.ts';
import { QUANTILES, quantileTimings } from '../timing.ts';
import type { Sample } from './load.ts';
import type { Measurements, SideMeasurements } from './measure.ts';
import { STARTS } from './plan.ts';
import { ONLY_LINUX } from './process.ts';
import { type LoadRequest, NAMES } from './rehearse.ts';
import { meanInterval, resampleQuantile, slopeInterval } from './resample.ts';

/** Fewer samples than these say nothing of a quantile with 95% confidence, in any block. */
const NEEDED = { p50: 6, p95: 73, p99: 368 } as const;
const CURVE_POINTS = 40;

/** Response time: from the intended start to the end of the answer. Requests that failed have none. */
const responses = (samples: readonly Sample[]): number[] =>
  samples.flatMap(({ lag, service, failed }) => (failed === null ? [lag + service] : []));

/** What is told of one side; cold starts and the delay of the event loop come from elsewhere. */
export function summarise(
  { blocks, memory }: SideMeasurements,
  given: Pick<LoadedSide, 'coldStart' | 'loop'>,
): LoadedSide {
  const samples = blocks.flatMap((block) => block.samples);
  const good = samples.filter(({ failed }) => failed === null);
  const service = rank(good.map((one) => one.service));
  const lag = rank(samples.map((one) => one.lag));
  const perRequest = blocks.flatMap(({ cpuMs, samples: { length } }) =>
    cpuMs === null || length === 0 ? [] : [cpuMs / length],
  );
  const cpu = meanInterval(perRequest);
  return {
    sent: samples.length,
    failed: samples.length - good.length,
    dropped: blocks.reduce((sum, { dropped }) => sum + dropped, 0),
    service: service && { p50: service(0.5), p95: service(0.95), p99: service(0.99) },
    lag: lag && { p50: lag(0.5), p99: lag(0.99), max: lag(1) },
    backlog: meanInterval(blocks.flatMap((block) => slopeOf(block.samples))),
    curve: curve(responses(samples)),
    ...given,
    memory: trend(memory),
    cpu: cpu ? { measured: cpu } : { notMeasured: perRequest.length > 0 ? 'too few blocks' : ONLY_LINUX },
  };
}

/** ms by which answers come later for every second into a block. */
function slopeOf(samples: readonly Sample[]): number[] {
  const points = samples.map(({ at, lag, service }) => [at / 1000, lag + service] as const);
  const slope = slopeInterval(points);
  return slope ? [slope.at] : [];
}

function rank(values: readonly number[]): ((q: number) => number) | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return (q) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

/** The distribution at evenly spaced shares, the last points closer together, where tails are. */
function curve(times: readonly number[]): LoadedSide['curve'] {
  const at = rank(times);
  if (!at) return [];
  const shares = Array.from({ length: CURVE_POINTS }, (_, i) => (i + 1) / CURVE_POINTS).slice(0, -1);
  return [...shares, 0.98, 0.985, 0.99, 0.995, 1].map((share) => ({ ms: at(share), share }));
}

function trend(points: SideMeasurements['memory']): Measured<MemoryTrend> {
  if (points.length === 0) return { notMeasured: ONLY_LINUX };
  const rounds = [...new Set(points.map(({ round }) => round))].map((round) =>
    points.filter((one) => one.round === round),
  );
  const mean = (list: typeof points, pick: 'at' | 'bytes' | 'requests') =>
    list.reduce((sum, one) => sum + one[pick], 0) / list.length;
  const slope = slopeInterval(rounds.map((list) => [mean(list, 'at'), mean(list, 'bytes')] as const));
  const perRequest = slopeInterval(
    rounds.map((list) => [mean(list, 'requests'), mean(list, 'bytes')] as const),
  );
  if (!slope || !perRequest) return { notMeasured: 'too few rounds' };
  const last = rank(points.slice(-Math.ceil(points.length / 3)).map(({ bytes }) => bytes));
  const scaled = ({ low, at, high }: Interval): Interval => ({
    low: low * 1000,
    at: at * 1000,
    high: high * 1000,
  });
  return {
    measured: {
      points: points.map(({ at, bytes, requests }) => ({ at, bytes, requests })),
      ...{ end: last?.(0.5) ?? 0, slope, perThousand: scaled(perRequest) },
    },
  };
}

/** Start times with the interval of their median. */
export function coldStarts(starts: readonly number[]): LoadedSide['coldStart'] {
  const median = quantileInterval(
    starts.toSorted((a, b) => a - b),
    0.5,
    0.95,
  );
  if (median) return { measured: { median, starts: [...starts] } };
  return { notMeasured: `${starts.length} starts are too few: ${STARTS} give the median an interval` };
}

/** Response times of the whole load, whole blocks resampled, then of every route that was asked. */
export function timings(measured: Measurements, requests: readonly LoadRequest[]): RouteTiming[] {
  const blocks = NAMES.map((name) => measured[name].blocks.map(({ samples }) => responses(samples)));
  const least = Math.min(...blocks.map((list) => list.flat().length));
  if (least === 0) return [];
  const all: RouteTiming = {
    ...{ route: 'all', samples: least },
    quantiles: Object.entries(QUANTILES).map(([name, q]) => {
      const quantile = name as keyof typeof QUANTILES;
      const needed = NEEDED[quantile];
      const found = least < needed ? null : resampleQuantile(blocks, q);
      const [old, again, next] = found ?? [];
      const row: QuantileTiming = {
        ...{ quantile, old: old?.at ?? null, again: again?.at ?? null, new: next?.at ?? null, needed },
      };
      const against = { new: pair(next), again: pair(again) };
      return against.new && against.again
        ? { ...row, against: { new: against.new, again: against.again } }
        : row;
    }),
  };
  return [all, ...routeTimings(measured, requests)];
}

const pair = (one: { ratio?: Interval; extra?: Interval } | undefined): Against | null =>
  one?.ratio && one.extra ? { ratio: one.ratio, extra: one.extra } : null;

/** Each route's intervals are so wide that all of them together have 95% (Bonferroni over routes and both sides). */
function routeTimings(measured: Measurements, requests: readonly LoadRequest[]): RouteTiming[] {
  const routes = new Map<string, { old: number[]; again: number[]; new: number[] }>();
  for (const name of NAMES) {
    for (const sample of measured[name].blocks.flatMap(({ samples }) => samples)) {
      const route = requests[sample.request]?.route;
      if (route === undefined || sample.failed !== null) continue;
      let times = routes.get(route);
      if (!times) {
        times = { old: [], again: [], new: [] };
        routes.set(route, times);
      }
      times[name].push(sample.lag + sample.service);
    }
  }
  const confidence = 1 - 0.025 / Math.max(1, routes.size);
  return [...routes].flatMap(([route, times]) => {
    const samples = Math.min(times.old.length, times.again.length, times.new.length);
    return samples === 0 ? [] : [{ route, samples, quantiles: quantileTimings(times, confidence) }];
  });
}
