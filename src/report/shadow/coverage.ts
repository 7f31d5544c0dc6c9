import type { TrafficCoverage } from '../../model/traffic-coverage.ts';
import { columns, safeLine, wrap } from '../columns.ts';
import type { Io } from '../io.ts';

/** Rows of paths outside the router table that are shown. */
const MAX_OTHERS = 10;

/** Prints routes × statuses, and UNCOVERED routes with their reason. */
export function printCoverage(io: Io, coverage: TrafficCoverage): void {
  const { colors } = io;
  const { counts, traffic } = coverage;
  const line = (text: string) => io.line(safeLine(text));
  const declared = coverage.routes.filter((one) => one.declared);
  const others = coverage.routes.filter((one) => !one.declared).sort((a, b) => b.exchanges - a.exchanges);
  const cells = (one: TrafficCoverage['routes'][number]) => [
    one.route,
    String(one.exchanges),
    Object.entries(one.statuses)
      .map(([status, count]) => `${status} ×${count}`)
      .join('  ') + (one.withheld > 0 ? colors.yellow(`  ${one.withheld} not sent`) : ''),
  ];
  line(
    `${traffic.file}: ${traffic.exchanges} exchanges of ${traffic.sessions} session${traffic.sessions === 1 ? '' : 's'} · ${counts.covered} of ${counts.routes} routes`,
  );
  const shown = declared.filter((one) => one.covered);
  if (shown.length > 0) {
    line('');
    for (const text of columns([['route', 'requests', 'statuses'], ...shown.map(cells)], '  ')) line(text);
  }
  const missing = declared.filter((one) => !one.covered);
  if (missing.length > 0) {
    line('');
    line(colors.red(`UNCOVERED  ${missing.length}`));
    for (const text of columns(
      missing.map(({ route, reason }) => [route, reason ?? '']),
      '  ',
    ))
      line(text);
  }
  if (others.length > 0) {
    line('');
    line('outside the router table');
    for (const text of columns(others.slice(0, MAX_OTHERS).map(cells), '  ')) line(text);
    if (others.length > MAX_OTHERS) line(`  and ${others.length - MAX_OTHERS} more (--json lists them)`);
  }
  if (coverage.warnings.length > 0) line('');
  for (const warning of coverage.warnings) for (const text of wrap('  – ', warning, 4)) line(text);
}
