import type { Finding } from '../../model/finding.ts';
import type { Seen } from './seen.ts';
import { type FindingTable, filled, targetsOf } from './table.ts';

/**
 * Findings of what was seen: one a kind and name, with all its places, in the order of the table. What changes nothing
 * for any target is none.
 *
 * @param packages those that the application loads
 */
export function toFindings(
  seen: readonly Seen[],
  table: FindingTable,
  packages: ReadonlySet<string>,
): Finding[] {
  const groups = new Map<string, Seen[]>();
  for (const one of seen) {
    const key = `${one.kind}\n${one.name}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return table.rows.flatMap((row) => {
    if (row.unless.some((name) => packages.has(name))) return [];
    return [...groups.values()].flatMap((group): Finding[] => {
      const [first] = group;
      if (first?.kind !== row.id) return [];
      const { kind: id, name, ...evidence } = first;
      const targets = targetsOf(row, name);
      if (targets.length === 0) return [];
      return [
        {
          ...evidence,
          ...{ id, name, targets, topic: row.topic, seen: filled(row.seen, name) },
          places: group.flatMap(({ location }) => location ?? []),
          refute: filled(row.refute, name),
          source: row.source ?? table.source,
          asOf: row.asOf ?? table.asOf,
        },
      ];
    });
  });
}
