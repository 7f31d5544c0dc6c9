import type { RouteCounts, Times } from '../model/aggregate.ts';
import type { RouteLimit } from '../model/changeset.ts';
import type { RouteCoverage } from '../model/verdict.ts';
import { percentiles } from './latency.ts';
import { zeroDefectBound } from './statistics.ts';
import { unreadPath } from './traffic/routes.ts';

/** What a run gathers about one route while it goes. */
export interface RouteRecord {
  /** The first exchange that reached it; 0 when none did. */
  first: number;
  recorded: number;
  compared: number;
  /** Compared, and the old side's repeat answered too. */
  calibrated: number;
  explained: number;
  statuses: Map<string, number>;
  /** Refusing answers of the old side by their page. */
  pages: Map<string, number>;
  /** Why exchanges of it were not compared. */
  reasons: Set<string>;
  limit: RouteLimit | null;
  times: Times;
  retimed: Times;
}

/** Records by route, known routes first so that those never reached are there too. */
export interface Coverage {
  of(route: string): RouteRecord;
  /** What was gathered since the last cut. */
  cut(): RouteCounts[];
}

const noTimes = (): Times => ({ old: [], again: [], new: [] });

/** @param known routes of the application, reached or not */
export function coverage(known: readonly string[]): Coverage {
  const routes = new Map<string, RouteRecord>();
  const of = (route: string): RouteRecord => {
    let record = routes.get(route);
    if (!record) {
      record = {
        ...{ first: 0, recorded: 0, compared: 0, calibrated: 0, explained: 0, limit: null },
        ...{
          statuses: new Map(),
          pages: new Map(),
          reasons: new Set(),
          times: noTimes(),
          retimed: noTimes(),
        },
      };
      routes.set(route, record);
    }
    return record;
  };
  const declared = new Set(known);
  return {
    of,
    cut() {
      for (const route of known) of(route);
      const rows = [...routes].map(([route, record]) => ({
        ...{ route, ...record, declared: declared.has(route) },
        statuses: Object.fromEntries(record.statuses),
        pages: Object.fromEntries(record.pages),
        reasons: [...record.reasons],
      }));
      routes.clear();
      return rows;
    },
  };
}

/** All service times of a route, those taken again included. */
export const timesOf = ({ times, retimed }: Pick<RouteCounts, 'times' | 'retimed'>): Times => ({
  old: [...times.old, ...retimed.old],
  again: [...times.again, ...retimed.again],
  new: [...times.new, ...retimed.new],
});

/**
 * A route's row of the report.
 *
 * @param different exchanges with unexplained differences; @param slow beyond doubt
 * @param unknown pages that addresses of no route get
 */
export function coverageRow(
  counts: RouteCounts,
  different: number,
  slow: boolean,
  unknown: ReadonlySet<string>,
): RouteCoverage {
  const { route, declared, recorded, compared, explained, limit, reasons } = counts;
  const unanswered = Object.entries(counts.pages ?? {}).reduce(
    (sum, [page, exchanges]) => sum + (unknown.has(page) ? exchanges : 0),
    0,
  );
  const nowhere = compared > 0 && unanswered === compared;
  const reason =
    limit?.reason ??
    unreadPath(route) ??
    (reasons.toSorted().join('; ') ||
      (recorded === 0
        ? 'no recorded request reached it'
        : nowhere
          ? `every answer was the one that addresses of no route get, too (${Object.keys(counts.statuses).toSorted().join(', ')})`
          : undefined));
  const times = timesOf(counts);
  return {
    ...{ route, declared, recorded, compared, different, explained },
    status:
      nowhere && declared && different === 0 && !limit
        ? 'uncovered'
        : statusOf(counts, different > 0 || slow),
    ...(unanswered > 0 && { unanswered }),
    statuses: Object.fromEntries(Object.entries(counts.statuses).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(reason !== undefined && { reason }),
    defectBound: different === 0 && compared > 0 && !limit ? zeroDefectBound(compared) : null,
    latency: { old: percentiles(times.old), new: percentiles(times.new) },
  };
}

/** The one word for a route. */
function statusOf(
  { limit, recorded, compared, reasons }: RouteCounts,
  differs: boolean,
): RouteCoverage['status'] {
  if (limit) return 'cannot-run';
  if (differs) return 'different';
  if (compared > 0) return 'same';
  return recorded === 0 || reasons.every((reason) => reason === UNSAFE) ? 'uncovered' : 'not-compared';
}

/** Why an unsafe request is not sent without isolated state. */
export const UNSAFE = 'it may change data: sent only with --writes isolated';
