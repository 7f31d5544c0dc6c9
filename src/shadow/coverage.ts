import type { RouteLimit } from '../model/changeset.ts';
import type { RouteCoverage } from '../model/verdict.ts';
import { percentiles } from './latency.ts';

/** What a run gathers about one route while it goes. */
export interface RouteRecord {
  /** The first exchange that reached it; 0 when none did. */
  first: number;
  /** Slower than the old side beyond doubt. */
  slow: boolean;
  recorded: number;
  compared: number;
  different: number;
  explained: number;
  statuses: Map<string, number>;
  /** Why exchanges of it were not compared. */
  reasons: Set<string>;
  limit: RouteLimit | null;
  latency: { old: number[]; again: number[]; new: number[] };
}

/** Records by route, known routes first so that those never reached are there too. */
export interface Coverage {
  of(route: string): RouteRecord;
  routes: ReadonlyMap<string, RouteRecord>;
  report(): RouteCoverage[];
}

/** @param known routes of the application, reached or not */
export function coverage(known: readonly string[]): Coverage {
  const routes = new Map<string, RouteRecord>();
  const of = (route: string): RouteRecord => {
    let record = routes.get(route);
    if (!record) {
      record = {
        ...{ first: 0, slow: false, recorded: 0, compared: 0, different: 0, explained: 0, limit: null },
        ...{ statuses: new Map(), reasons: new Set(), latency: { old: [], again: [], new: [] } },
      };
      routes.set(route, record);
    }
    return record;
  };
  for (const route of known) of(route);
  return {
    of,
    routes,
    report: () =>
      [...routes].map(([route, record]) => ({ ...rowOf(route, record), declared: known.includes(route) })),
  };
}

function rowOf(route: string, record: RouteRecord): RouteCoverage {
  const { recorded, compared, different, explained, limit } = record;
  const reason =
    limit?.reason ??
    ([...record.reasons].join('; ') || (recorded === 0 ? 'no recorded request reached it' : undefined));
  return {
    ...{ route, recorded, compared, different, explained },
    status: statusOf(record),
    statuses: Object.fromEntries([...record.statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(reason !== undefined && { reason }),
    defectBound: different === 0 && compared > 0 && !limit ? Math.min(1, 3 / compared) : null,
    latency: { old: percentiles(record.latency.old), new: percentiles(record.latency.new) },
  };
}

/** The one word for a route. */
export function statusOf({
  limit,
  recorded,
  compared,
  different,
  reasons,
  slow,
}: RouteRecord): RouteCoverage['status'] {
  if (limit) return 'cannot-run';
  if (different > 0 || slow) return 'different';
  if (compared > 0) return 'same';
  return recorded === 0 || [...reasons].every((reason) => reason === UNSAFE) ? 'uncovered' : 'not-compared';
}

/** Why an unsafe request is not sent without isolated state. */
export const UNSAFE = 'it may change data: sent only with --writes isolated';
