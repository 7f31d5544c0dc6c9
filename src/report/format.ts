import type { Owner, OwningEdit, Release } from '../model/comparison.ts';
import type { RunReport } from '../model/verdict.ts';

/** `1 route`, `3,000 routes`. Not `toLocaleString`, whose first call loads the locale data: 20 ms of a short run. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;

/** A share of the whole, 0..1, as a percentage; small ones never round to zero. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value !== 0 && value < 0.1 ? '<0.1' : value < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)}%`;
}

/** Milliseconds with a unit, three significant digits. */
export const milliseconds = (ms: number): string =>
  ms >= 10_000
    ? `${Math.round(ms / 1000)} s`
    : ms >= 1000
      ? `${(ms / 1000).toFixed(1)} s`
      : `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`;

/** The old side's two instances differ by more than this: one of them alone says nothing about the new side. */
const UNSTEADY = 1.5;

/**
 * A percentile of the two sides' service times: `p95 9.3 ms → 6.7 ms`. Where the old side's second instance was much slower
 * or faster than the first, both are told: `p95 12 ms to 160 ms → 163 ms`.
 */
export function timesOfSides({ old, new: next }: RunReport['sides'], name: 'p50' | 'p95' | 'p99'): string {
  const [first = 0, again = first, after = 0] = [old.latency, old.repeatLatency, next.latency].map(
    (one) => one?.[name],
  );
  const [low, high] = [Math.min(first, again), Math.max(first, again)];
  const before =
    high > low * UNSTEADY ? `${milliseconds(low)} to ${milliseconds(high)}` : milliseconds(first);
  return `${name} ${before} → ${milliseconds(after)}`;
}

/** Bytes as MB. */
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** What the runs of a report's two sides were, in one line: `node 22.23.3 → bun 1.4.5`. */
export const sidesLine = ({ sides }: RunReport): string =>
  [sides.old, sides.new].map((side) => `${side.runtime} ${side.version}`).join(' → ');

/** What the sample says about the routes that did not differ: the rule of three, in words. */
export const boundLine = (report: RunReport): string =>
  report.defectBound === null
    ? 'no bound on the defect rate can be given'
    : `0 unexplained in ${report.counts.compared.toLocaleString('en-US')}: at 95% confidence fewer than ${percent(report.defectBound)} of such requests differ`;

/** Who caused a difference, in a few words, and what the runtime's newest release makes of it. */
export function ownerWord({ kind, edits, release, onlyNewCode }: Owner): string {
  const words = {
    codemod:
      edits?.length === 1 ? `codemod, ${edits[0]?.rule}` : edits ? 'codemod, one of:' : 'the changed code',
    runtime: onlyNewCode ? 'the runtime, reached only by the new code' : 'the runtime',
    interaction: 'changed code and runtime together',
    either: 'changed code, and runtime: each alone',
    unknown: 'not known',
  };
  return release ? `${words[kind]}; ${releaseWord(release)}` : words[kind];
}

const releaseWord = ({ newest, result }: Release): string =>
  ({
    gone: `gone in ${newest}`,
    also: `also on ${newest}`,
    otherwise: `on ${newest} in another way`,
    'not-checked': `${newest ?? 'newest release'} not checked`,
  })[result];

/** Of the differences that count, those that an upgrade of the new side's runtime takes away; null when there is none. */
export function upgrade({ cells }: RunReport): { to: string; gone: number; of: number } | null {
  const open = cells.filter(({ explained }) => !explained);
  const gone = open.filter(({ owner }) => owner?.release?.result === 'gone');
  const to = gone[0]?.owner?.release?.newest ?? null;
  return to === null ? null : { to, gone: gone.length, of: open.length };
}

/** The same in a sentence, without its full stop. */
export const upgradeLine = ({ to, gone, of }: { to: string; gone: number; of: number }): string =>
  `${gone === of ? (of === 1 ? 'the difference is' : `all ${of} places are`) : `${gone} of ${plural(of, 'place')} ${gone === 1 ? 'is' : 'are'}`} gone in ${to}: upgrade next`;

/** `src/app.js:12`, in the new code where its file is still as the codemod wrote it. */
export const editPlace = ({ now, location }: OwningEdit): string =>
  now ? `${now.file}:${now.line}` : `${location.file}:${location.line} (before; edited since)`;
