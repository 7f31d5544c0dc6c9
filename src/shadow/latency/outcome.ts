import type { LatencyGate } from '../../model/gates.ts';
import type { LatencySection, LoadedSide } from '../../model/latency.ts';
import type { Verdict } from '../../model/verdict.ts';
import { checkLatency } from '../gates/latency.ts';
import { binomialTail, mcnemar } from '../statistics.ts';
import { QUANTILES } from '../timing.ts';

/** What the phase is judged from. */
export interface LoadEvidence extends Pick<LatencySection, 'plan' | 'requests' | 'sides' | 'timing'> {
  margin: LatencyGate;
  /** Requests that left later than {@link lagLimit}, of each side. */
  late: Record<'old' | 'again' | 'new', number>;
  /** What a side said last when it ended under load. */
  crashes: { side: 'old' | 'again' | 'new'; said: string }[];
  /** A reason of each side's failed requests, the first one. */
  failures: Partial<Record<'old' | 'again' | 'new', string>>;
}

/** Where nothing else is asked for: ten percent, and five milliseconds. */
export const DEFAULT_MARGIN: LatencyGate = { quantile: 'p95', ratio: 1.1, floorMs: 5 };

const TITLE = { old: 'The old side', again: 'The old side’s second instance', new: 'The new side' } as const;
const NAMES = ['old', 'again', 'new'] as const;
/**
 * Of the service time's median, and of the floor below which a difference does not count: a lag within one of them decides
 * nothing. Beyond it, a fifth of the requests above the judged quantile is too few to move it.
 */
const LAG = { ofService: 0.05, ofFloor: 0.4, share: 0.2 };
/** ms a second. A side that is not saturated has none; one asked for a tenth more than it can has 100. */
const BACKLOG = { at: 100, low: 50 };
/** Of the old side's requests. */
const MOST_FAILED = 0.01;
const MOST_ROUTES = 5;

const ms = (value: number): string => `${Number(value.toPrecision(2))} ms`;

/** The outcome with its reasons. A load that was not the one asked for proves nothing: INVALID comes first. */
export function judgeLoad(evidence: LoadEvidence): { outcome: Verdict; reasons: string[] } {
  const invalid = invalidReasons(evidence);
  const fail = failReasons(evidence);
  if (invalid.length > 0) return { outcome: 'INVALID', reasons: [...invalid, ...fail] };
  if (fail.length > 0) return { outcome: 'FAIL', reasons: fail };
  const all = checkLatency('the whole load', whole(evidence), evidence.margin);
  const longer =
    all.outcome === 'INCONCLUSIVE' && all.needed !== undefined
      ? ` That is --duration ${Math.ceil(all.needed / evidence.plan.rate)} at --rate ${evidence.plan.rate}.`
      : '';
  return { outcome: all.outcome, reasons: [`${all.why}${longer}`] };
}

const whole = ({ timing }: LoadEvidence) => timing.find(({ route }) => route === 'all');

function invalidReasons({ plan, requests, sides, crashes, margin, failures, late }: LoadEvidence): string[] {
  if (requests === 0) return ['Not one request could be asked again and again, so there was no load.'];
  const out: string[] = [];
  for (const { side, said } of crashes)
    if (side !== 'new') out.push(`${TITLE[side]} ended under load: ${said}`);
  const slow = NAMES.filter((name) => fallsBehind(sides[name]) || sides[name].dropped > 0);
  for (const name of slow) {
    const { backlog, dropped } = sides[name];
    const grows =
      backlog && fallsBehind(sides[name])
        ? `answers come ${ms(backlog.at)} later for every second of load`
        : '';
    const lost = dropped > 0 ? `${dropped} requests were dropped, as too many were without an answer` : '';
    const others =
      name === 'new' && slow.length === 1
        ? ' The old side does keep up, so the new side can do less: find its limit with a lower --rate.'
        : ' Ask for less with --rate.';
    out.push(
      `${TITLE[name]} does not keep up with ${plan.rate} requests a second: ${[grows, lost].filter(Boolean).join('; ')}.${others}`,
    );
  }
  for (const name of slow.length > 0 ? [] : NAMES) {
    const { sent } = sides[name];
    const allowed = (1 - QUANTILES[margin.quantile]) * LAG.share;
    if (late[name] / sent > allowed && binomialTail(sent, late[name], allowed) < 0.05)
      out.push(
        `${late[name]} of ${sent} requests to ${TITLE[name].toLowerCase()} left more than ${ms(lagLimit(sides[name], margin))} late: this machine was too busy to measure ${margin.quantile}; ask again when it is quiet, or with a lower --rate.`,
      );
  }
  for (const name of ['old', 'again'] as const) {
    const { failed, sent } = sides[name];
    if (sent > 0 && failed / sent > MOST_FAILED)
      out.push(`${TITLE[name]} failed ${failed} of ${sent} requests under load (${failures[name]}).`);
  }
  return out;
}

/** What a request may leave late by, ms. */
export const lagLimit = ({ service }: Pick<LoadedSide, 'service'>, { floorMs }: LatencyGate): number =>
  Math.max((service?.p50 ?? 0) * LAG.ofService, floorMs * LAG.ofFloor);

/** Answers come later and later while the load lasts: the queue grows without end. */
const fallsBehind = ({ backlog }: LoadedSide): boolean =>
  backlog !== null && backlog.at > BACKLOG.at && backlog.low > BACKLOG.low;

function failReasons(evidence: LoadEvidence): string[] {
  const { sides, crashes, timing, margin, failures } = evidence;
  const out = crashes
    .filter(({ side }) => side === 'new')
    .map(({ said }) => `The new side ended under load: ${said}`);
  const { failed, sent } = sides.new;
  const before = Math.max(sides.old.failed, sides.again.failed);
  if (failed > before && mcnemar(failed, before) < 0.01)
    out.push(
      `The new side failed ${failed} of ${sent} requests under load, the old one ${before} (${failures.new}).`,
    );
  const slower = timing
    .map((row) => checkLatency(row.route, row, margin))
    .filter(({ outcome }) => outcome === 'FAIL');
  for (const { subject, why } of slower.slice(0, MOST_ROUTES))
    out.push(subject === 'all' ? `Slower under load: ${why}` : `${subject} is slower under load: ${why}`);
  const rest = slower.length - MOST_ROUTES;
  if (rest > 0) out.push(`${rest} more ${rest === 1 ? 'route is' : 'routes are'} slower under load.`);
  return out;
}
