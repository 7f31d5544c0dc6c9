import type { GateCheck, LatencyGate } from '../../model/gates.ts';
import type { Interval, QuantileTiming, RouteTiming } from '../../model/latency.ts';

const ms = (value: number): string => `${Number(value.toPrecision(3))} ms`;
const times = (value: number): string => value.toFixed(2);

/** The range a ratio and a difference of two quantiles lie in, at 95%. */
interface Range {
  ratio: { low: number; high: number };
  extra: { low: number; high: number };
}

/** From paired blocks where there are any; otherwise the quotient of two intervals, which is wider. */
const range = (row: QuantileTiming, old: Interval, side: 'again' | 'new', next: Interval): Range =>
  row.against?.[side] ?? {
    ratio: { low: next.low / Math.max(old.high, 1e-9), high: next.high / Math.max(old.low, 1e-9) },
    extra: { low: next.low - old.high, high: next.high - old.low },
  };

/**
 * Non-inferiority: PASS when the whole interval lies under the margin or under the floor, FAIL when it lies wholly
 * beyond both, INCONCLUSIVE otherwise. The old side's own repeat is judged the same way first: where even it fails, the
 * machine was too restless to tell.
 */
export function checkLatency(
  route: string,
  timing: RouteTiming | undefined,
  { quantile, ratio, floorMs }: LatencyGate,
): GateCheck {
  const base = { gate: 'latency', subject: route } as const;
  const row = timing?.quantiles.find((one) => one.quantile === quantile);
  if (!timing || !row) return { ...base, outcome: 'INCONCLUSIVE', why: `No answer of ${route} was timed.` };
  const { old, again, new: next, needed } = row;
  if (!old || !again || !next)
    return {
      ...{ ...base, outcome: 'INCONCLUSIVE', needed },
      why: `${timing.samples} samples are too few for an interval of ${quantile}: ${needed} are needed.`,
    };
  const { ratio: found, extra } = range(row, old, 'new', next);
  const said = `${quantile} ${ms(old.at)} → ${ms(next.at)}, ratio ${times(found.low)} to ${times(found.high)} at 95%`;
  const limit = `at most ${times(ratio)}, below ${ms(floorMs)} more it does not count`;
  if (found.high < ratio || extra.high < floorMs)
    return { ...base, outcome: 'PASS', why: `${said}; ${limit}.` };
  if (found.low > ratio && extra.low > floorMs) {
    const repeat = range(row, old, 'again', again);
    if (repeat.ratio.low > ratio && repeat.extra.low > floorMs)
      return {
        ...{ ...base, outcome: 'INCONCLUSIVE' },
        why: `${said}, but the old side's own repeat is beyond the margin too: this machine is too restless to tell.`,
      };
    return { ...base, outcome: 'FAIL', why: `${said}; ${limit}.` };
  }
  const more = enough(timing.samples, old, next, { ratio: found, extra }, { ratio, floorMs });
  return {
    ...{ ...base, outcome: 'INCONCLUSIVE', needed: more },
    why: `${said}; the interval reaches over the limit (${limit}): about ${more.toLocaleString('en-US')} samples would decide.`,
  };
}

/**
 * Intervals shrink with the root of the sample: how many make this one lie on one side of its limit. Below the margin or
 * below the floor is enough to pass, so the nearer of the two ways counts.
 */
function enough(
  samples: number,
  old: Interval,
  next: Interval,
  found: Range,
  { ratio, floorMs }: { ratio: number; floorMs: number },
): number {
  const factor = (width: number, room: number) => (width / 2 / Math.max(room, width / 20)) ** 2;
  const byRatio = factor(
    found.ratio.high - found.ratio.low,
    Math.abs(next.at / Math.max(old.at, 1e-9) - ratio),
  );
  const byExtra = factor(found.extra.high - found.extra.low, Math.abs(next.at - old.at - floorMs));
  return Math.ceil((samples * Math.max(1.5, Math.min(byRatio, byExtra))) / 10) * 10;
}
