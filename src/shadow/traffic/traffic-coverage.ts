import type { TrafficCoverage } from '../../model/traffic-coverage.ts';
import { isSafe, unsendable } from '../replay/prepare.ts';
import { type RouteShape, routeTable, takesAny, unreadPath } from './routes.ts';
import type { Traffic } from './traffic.ts';

interface Row {
  exchanges: number;
  unsafe: number;
  /** Methods of those that can be sent. */
  methods: Set<string>;
  statuses: Map<string, number>;
  reasons: Map<string, number>;
}

/** Counts routes × recorded statuses of traffic. Sends nothing; bodies are not read. */
export function coverageOf(traffic: Traffic, routes: readonly RouteShape[]): TrafficCoverage {
  const table = routeTable(routes);
  const rows = new Map<string, Row>();
  const row = (route: string): Row => {
    const found = rows.get(route) ?? {
      ...{ exchanges: 0, unsafe: 0, methods: new Set<string>(), statuses: new Map(), reasons: new Map() },
    };
    rows.set(route, found);
    return found;
  };
  for (const route of table.known) row(route);
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  let withheld = 0;
  for (const exchange of traffic.exchanges) {
    const { method, path } = exchange.request;
    const one = row(table.of(method, path));
    one.exchanges++;
    if (!isSafe(method)) one.unsafe++;
    const status = exchange.response?.status ?? exchange.recordedStatus;
    count(one.statuses, status === undefined ? 'unknown' : String(status));
    const reason = unsendable(exchange);
    if (reason === null) {
      one.methods.add(method.toUpperCase());
      continue;
    }
    withheld++;
    count(one.reasons, reason);
  }
  const known = new Set(table.known);
  const listed = [...rows].map(([route, { exchanges, unsafe, methods, statuses, reasons }]) => {
    const held = [...reasons.values()].reduce((sum, one) => sum + one, 0);
    const half = known.has(route) && takesAny(route.split(' ')[0] ?? '') ? halfOf(methods) : null;
    const covered = exchanges > held && half === null;
    const why =
      unreadPath(route) ??
      (exchanges === 0 ? 'no request reaches it' : [...reasons.keys(), ...(half ? [half] : [])].join('; '));
    return {
      ...{ route, declared: known.has(route), exchanges, unsafe, withheld: held, covered },
      statuses: Object.fromEntries([...statuses].sort(([a], [b]) => (a < b ? -1 : 1))),
      ...(!covered && { reason: why }),
    };
  });
  const declared = listed.filter((one) => one.declared);
  const covered = declared.filter((one) => one.covered).length;
  return {
    ...{ schema: 'migrate/shadow-coverage', version: 1 },
    traffic: {
      ...{ source: traffic.source, file: traffic.file, exchanges: traffic.exchanges.length },
      sessions: new Set(traffic.exchanges.map(({ session }) => session)).size,
    },
    counts: { routes: declared.length, covered, uncovered: declared.length - covered, withheld },
    routes: listed,
    warnings: traffic.warnings,
  };
}

/** Why a route that takes every method is not covered: one that reads and one that writes stand for all. */
function halfOf(methods: ReadonlySet<string>): string | null {
  const all = [...methods];
  if (all.length === 0 || (all.some(isSafe) && !all.every(isSafe))) return null;
  return `it takes every method, and only ${all.sort().join(', ')} reaches it`;
}
