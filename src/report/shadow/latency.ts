import type { LatencySection, LoadedSide, Measured, RouteShare } from '../../model/latency.ts';
import { megabytes, milliseconds, ownerWord, percent } from '../format.ts';

/** One line of the table of what the sides used: label, then old, old again, new. */
export type ResourceRow = readonly [label: string, old: string, again: string, next: string];

const say = <T>(value: Measured<T>, words: (measured: T) => string): string =>
  'measured' in value ? words(value.measured) : `not measured: ${value.notMeasured}`;

const rate = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
/** Milliseconds down to hundredths: a request's CPU time is below one. */
export const fine = (ms: number): string => (ms < 10 ? `${ms.toFixed(2)} ms` : milliseconds(ms));

const ROWS: readonly (readonly [string, (side: LoadedSide) => string])[] = [
  [
    'start-up, median',
    (side) =>
      say(
        side.coldStart,
        ({ median, starts }) =>
          `${milliseconds(median.at)} (${milliseconds(median.low)} to ${milliseconds(median.high)}, ${starts.length} starts)`,
      ),
  ],
  ['memory at the end', (side) => say(side.memory, ({ end }) => megabytes(end))],
  [
    'memory grows, a minute',
    (side) =>
      say(
        side.memory,
        ({ slope }) => `${rate(slope.at * 60)} (${rate(slope.low * 60)} to ${rate(slope.high * 60)})`,
      ),
  ],
  [
    'memory grows, 1,000 requests',
    (side) =>
      say(side.memory, ({ perThousand: { low, at, high } }) => `${rate(at)} (${rate(low)} to ${rate(high)})`),
  ],
  [
    'CPU a request',
    (side) =>
      say(side.cpu, ({ low, at, high }) => `${fine(at)} (${fine(Math.max(0, low))} to ${fine(high)})`),
  ],
  ['event loop late, p50 · p99', (side) => say(side.loop, ({ p50, p99 }) => `${fine(p50)} · ${fine(p99)}`)],
  [
    'service time p50 · p95 · p99',
    ({ service }) =>
      service ? [service.p50, service.p95, service.p99].map(milliseconds).join(' · ') : 'no answer',
  ],
  ['sent late by, p99', ({ lag }) => (lag ? fine(lag.p99) : 'nothing was sent')],
  ['failed, dropped', ({ failed, dropped, sent }) => `${failed}, ${dropped} of ${sent + dropped}`],
];

/** What the sides used under load, a row a resource. */
export const resourceRows = ({ sides }: LatencySection): ResourceRow[] =>
  ROWS.map(([label, read]) => [label, read(sides.old), read(sides.again), read(sides.new)]);

/** Response times of the whole load: `p95 9.8 → 8.9 ms, ratio 0.85 to 0.97; old against itself 0.98 to 1.03`. */
export function quantileLines({ timing }: LatencySection): string[] {
  const all = timing.find(({ route }) => route === 'all');
  return (all?.quantiles ?? []).map(({ quantile, old, new: next, against, needed }) => {
    if (!old || !next || !against) return `${quantile}  not told: ${needed} samples are needed`;
    const range = ({ low, high }: { low: number; high: number }) => `${low.toFixed(2)} to ${high.toFixed(2)}`;
    return `${quantile}  ${fine(old.at)} → ${fine(next.at)}, ratio ${range(against.new.ratio)} (old against itself ${range(against.again.ratio)})`;
  });
}

/** How the load was made, in one sentence. */
export function planLine({ plan, requests }: LatencySection): string {
  const kind = plan.arrivals === 'poisson' ? 'at random moments (Poisson)' : 'evenly spaced';
  return (
    `${requests} different requests, ${plan.rate} a second ${kind}, ${plan.seconds} s a side in ${plan.blocks} blocks that take turns on ` +
    `${plan.cores} ${plan.cores === 1 ? 'core' : 'cores'}; each answer is timed from the moment its request was meant to start.`
  );
}

/**
 * How much of a request is the runtime's at all, in plain words.
 *
 * @returns one sentence each
 */
export function shareLines({ share }: LatencySection): string[] {
  if ('notMeasured' in share)
    return [`How much of a request the runtime could save: not measured: ${share.notMeasured}.`];
  const { all } = share.measured;
  const rest = Math.max(0, all.old.service - all.old.cpu);
  const most = rest > 0 ? ` at most ${(all.old.service / rest).toFixed(1)} times faster` : '';
  return [
    `Of the ${fine(all.old.service)} a request takes on the old side when it is asked alone, ${fine(all.old.cpu)} (${percent(all.share)}) is CPU time of its process: runtime, framework and your own code together. The rest is waiting, and what the measuring client takes.`,
    `A runtime that needed no CPU at all would bring it to ${fine(rest)}:${most || ' nothing would be left'}. No switch can bring more.`,
    `Measured: CPU ${fine(all.old.cpu)} → ${fine(all.new.cpu)} a request (${ratio(all)} times), the whole request ${fine(all.old.service)} → ${fine(all.new.service)}.`,
  ];
}

/** New CPU time over old. */
export const ratio = ({ old, new: next }: RouteShare): string =>
  old.cpu > 0 ? (next.cpu / old.cpu).toFixed(2) : '–';

/** Who caused what fails under load, in a line; null where it does not fail. */
export function loadOwnerLine({ owner, outcome }: LatencySection): string | null {
  if (outcome !== 'FAIL') return null;
  return owner ? `owner ${ownerWord(owner)}: ${owner.why}` : 'owner not checked';
}
