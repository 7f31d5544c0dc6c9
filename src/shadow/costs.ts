import type { Aggregate, Times } from '../model/aggregate.ts';
import type { Interval, LatencySection, LoadedSide } from '../model/latency.ts';
import { timesOf } from './coverage.ts';
import { percentiles } from './latency.ts';
import { quantileInterval } from './statistics.ts';

/** Of each interval: two of them that lie apart do so with at least 95%. */
const CONFIDENCE = 0.975;
/** Less than a tenth more is not worth a word, however certain it is. */
const WORTH = 1.1;
/** Two processes of one program differ by less: beyond this, and beyond twice what the old side's two instances differ by. */
const WORTH_MEMORY = 1.25;

const ms = (value: number): string => `${Number(value.toPrecision(2))} ms`;
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const times = (value: number): string => `${Number(value.toPrecision(3))}`;

/**
 * Where the new side costs more than the old one does beyond noise, in words that go on after "the new side is": `slower
 * (…)`, `larger (…)`. The noise is that of the old side's own second instance.
 */
export function costsOf({ routes, sides, latency }: Aggregate): string[] {
  const all = routes.filter(({ limit }) => limit === null).map(timesOf);
  const slower = latency ? slowerUnderLoad(latency) : slowerInTurn(all);
  const larger = (latency && largerUnderLoad(latency)) ?? largerAtTheEnd(sides);
  return [slower, larger].filter((one) => one !== null);
}

/** Each answer against the old side's to the same exchange: the median of these ratios, and its interval. */
function slowerInTurn(all: readonly Times[]): string | null {
  const [old, again, next] = (['old', 'again', 'new'] as const).map((name) =>
    all.flatMap((one) => one[name]),
  );
  if (!old || !again || !next) return null;
  const against = (other: readonly number[]) =>
    quantileInterval(
      other.map((value, i) => value / Math.max(old[i] ?? value, 0.01)).sort((a, b) => a - b),
      0.5,
      CONFIDENCE,
    );
  const [ratio, noise] = [against(next), against(again)];
  const [before, after] = [percentiles(old), percentiles(next)];
  if (!ratio || !noise || !before || !after || !isBeyond(ratio, noise)) return null;
  return `slower (p50 ${ms(before.p50)} → ${ms(after.p50)}, asked one request at a time: ${said(ratio, noise)})`;
}

function slowerUnderLoad({ timing }: LatencySection): string | null {
  const whole = timing.find(({ route }) => route === 'all');
  for (const { quantile, old, new: next, against } of whole?.quantiles ?? []) {
    if (!against || old === null || next === null || !isBeyond(against.new.ratio, against.again.ratio))
      continue;
    return `slower (${quantile} ${ms(old.at)} → ${ms(next.at)} under load: ${said(against.new.ratio, against.again.ratio)})`;
  }
  return null;
}

/** Whole intervals apart: the new side's lies above that of the old side's repeat, on whichever side of 1 that is. */
const isBeyond = (ratio: Interval, noise: Interval): boolean =>
  ratio.low > Math.max(WORTH, noise.high, 1 / noise.low);

const said = (ratio: Interval, noise: Interval): string =>
  `${times(ratio.low)} to ${times(ratio.high)} times at 95%, the old side’s repeat ${times(noise.low)} to ${times(noise.high)}`;

function largerUnderLoad({ sides }: LatencySection): string | null {
  const [old, again, next] = [memoryOf(sides.old), memoryOf(sides.again), memoryOf(sides.new)];
  if (!old || !again || !next) return null;
  if (next.low <= Math.max(old.high, again.high) * WORTH) return null;
  return `larger (RSS ${mb(Math.min(old.low, again.low))} to ${mb(Math.max(old.high, again.high))} → ${mb(next.low)} to ${mb(next.high)} at the end of the load)`;
}

/** The median of the last third of the points, with its interval. */
function memoryOf({ memory }: LoadedSide): Interval | null {
  if (!('measured' in memory)) return null;
  const bytes = memory.measured.points.map((point) => point.bytes);
  return quantileInterval(
    bytes.slice(-Math.ceil(bytes.length / 3)).sort((a, b) => a - b),
    0.5,
    CONFIDENCE,
  );
}

function largerAtTheEnd({ old, new: next }: Aggregate['sides']): string | null {
  const [a, b, after] = [old.rssBytes, old.repeatRssBytes ?? null, next.rssBytes];
  if (a === null || b === null || after === null) return null;
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  if (after <= high * WORTH_MEMORY || after - high <= 2 * (high - low)) return null;
  return `larger (RSS ${Math.round(low / 1e6)} to ${mb(high)} in the two instances of the old side, ${mb(after)} in the new one)`;
}
