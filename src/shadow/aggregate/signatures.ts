import type { Pattern } from '../../model/aggregate.ts';
import type { Cell, Severity } from '../../model/comparison.ts';
import type { Signature } from '../../model/verdict.ts';

const RANK: Record<Severity, number> = { breaking: 0, changed: 1, cosmetic: 2 };
const FOLLOWS = /^header:(etag|content-length)$/;
const isBody = ({ location }: { location: string }) => /^(body|stream)/.test(location);

/** Unexplained before explained, then by severity, traffic, and name. The order is total, so that merged runs agree. */
export function sortCells<T extends Cell & { key: string }>(cells: readonly T[]): T[] {
  return cells.toSorted(
    (a, b) =>
      Number(Boolean(a.explained)) - Number(Boolean(b.explained)) ||
      RANK[a.severity] - RANK[b.severity] ||
      b.exchanges - a.exchanges ||
      compare(a.key, b.key),
  );
}

interface Group {
  title: string;
  severity: Severity;
  exchanges: number;
  routes: Map<string, number>;
  cells: Set<string>;
}

/**
 * Folds patterns that show the same differences on whatever route: one thing to look at each, worst first.
 *
 * @param compared exchanges in all, for the shares
 * @param cells the sorted list whose indices are meant
 */
export function signatures(
  patterns: readonly Pattern[],
  compared: number,
  cells: readonly (Cell & { key: string })[],
): Signature[] {
  const index = new Map(cells.map((cell, at) => [cell.key, at]));
  const groups = new Map<string, Group>();
  for (const pattern of patterns.toSorted((a, b) => a.first - b.first || compare(a.route, b.route)))
    add(groups, pattern, (key) => cells[index.get(key) ?? -1]);
  return [...groups.values()]
    .sort(
      (a, b) => RANK[a.severity] - RANK[b.severity] || b.exchanges - a.exchanges || compare(a.title, b.title),
    )
    .map((one, i) => ({
      ...{ id: `S${i + 1}`, title: one.title, severity: one.severity, exchanges: one.exchanges },
      share: compared === 0 ? 0 : one.exchanges / compared,
      routes: [...one.routes]
        .map(([route, exchanges]) => ({ route, exchanges }))
        .sort((a, b) => b.exchanges - a.exchanges || compare(a.route, b.route)),
      cells: [...one.cells]
        .map((key) => index.get(key) ?? -1)
        .filter((at) => at >= 0)
        .sort((a, b) => a - b),
    }));
}

function add(groups: Map<string, Group>, pattern: Pattern, cellOf: (key: string) => Cell | undefined): void {
  const items = pattern.items.flatMap(({ cell: key, title }) => {
    const cell = cellOf(key);
    return cell ? [{ key, title, ...cell }] : [];
  });
  const worst = items.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  // Another status, or none: the rest of the answer differs because of it. Another body: so do its length and ETag.
  const cause = worst.find(({ kind }) => kind === 'transport' || kind === 'status');
  const own = worst.some(isBody) ? worst.filter(({ location }) => !FOLLOWS.test(location)) : worst;
  const parts = cause ? [cause.title] : [...new Set(own.map(({ title }) => title))].sort();
  const [head] = cause ? [cause] : own;
  if (!head) return;
  const key = parts.join('\u0000');
  const more = parts.length - 1;
  const one: Group = groups.get(key) ?? {
    ...{ title: head.title + (more > 0 ? ` and ${more} more` : ''), severity: head.severity, exchanges: 0 },
    ...{ routes: new Map(), cells: new Set() },
  };
  groups.set(key, one);
  one.exchanges += pattern.exchanges;
  one.routes.set(pattern.route, (one.routes.get(pattern.route) ?? 0) + pattern.exchanges);
  for (const item of items) one.cells.add(item.key);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
