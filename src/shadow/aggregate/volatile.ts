import type { Cell } from '../../model/comparison.ts';
import type { RunReport, SideReport } from '../../model/verdict.ts';
import { COSTS } from '../judging/judge.ts';

/**
 * What two runs of the same sides on the same traffic never share: when they ran, how long things took, how much memory
 * was used, and samples of values that are made up anew each time. Everything else of a report is the same, byte for
 * byte, whether a run was split and merged or not.
 */
export const VOLATILE = [
  'id',
  'startedAt',
  'durationMs',
  'sides.*.startMs',
  'sides.*.rssBytes and repeatRssBytes',
  'what reasons say of time and memory',
  'sides.*.latency and repeatLatency',
  'routes[].latency',
  'timing',
  'latency',
  'old and new of samples that a rule for generated values explains',
  'old and new of effects that a rule explains: the hash of a content with a date or an id in it',
  'cells and counts of rules for clocks: two answers may fall into one second or into two',
  'counts.explained and counts.identical, routes[].explained: their sum with the above stays',
] as const;

/** What the moment decides of a side. */
const OF_THE_MOMENT: readonly (keyof SideReport)[] = [
  ...(['startMs', 'rssBytes', 'repeatRssBytes', 'latency', 'repeatLatency'] as const),
];
/** Rules whose samples hold ids, tokens, ports or bytes of a compressor. */
const GENERATED = /^(generated-id|token|own-address|compressed-bytes)$/;
/** Rules for what the clock says: whether there is a difference at all is a matter of the moment. */
const CLOCKS = /^(date-header|clock|process-facts|rate-limit-window|etag-follows-body|static-mtime-etag)$/;

/** A report without its {@link VOLATILE} parts, for comparing runs. */
export function withoutVolatile(report: RunReport): unknown {
  const { id: _id, startedAt: _at, durationMs: _ms, timing: _timing, latency: _latency, ...rest } = report;
  const side = (one: SideReport) => ({
    ...one,
    ...Object.fromEntries(OF_THE_MOMENT.map((name) => [name, null])),
  });
  const cells = (list: readonly Cell[]) =>
    list.filter(({ explained }) => !(explained && CLOCKS.test(explained.id))).map(cell);
  const { explained, identical, ...counts } = report.counts;
  return {
    ...rest,
    reasons: report.reasons.map((reason) => reason.split(COSTS, 1)[0]),
    counts: { ...counts, alike: explained + identical },
    rules: report.rules.filter(({ id }) => !CLOCKS.test(id)),
    sides: { old: side(report.sides.old), new: side(report.sides.new) },
    ...(report.effects && {
      effects: {
        ...report.effects,
        rows: report.effects.rows.map((row) =>
          row.state === 'explained' ? { ...row, old: null, new: null } : row,
        ),
      },
    }),
    routes: report.routes.map(({ latency: _latency, explained: _explained, ...route }) => route),
    cells: cells(report.cells),
    calibration: { ...report.calibration, cells: cells(report.calibration.cells) },
  };
}

const cell = (one: Cell): Cell =>
  one.explained && GENERATED.test(one.explained.id)
    ? { ...one, exemplars: one.exemplars.map((sample) => ({ ...sample, old: null, new: null })) }
    : one;
