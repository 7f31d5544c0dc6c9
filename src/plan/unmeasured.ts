import type { Inventory, NotChecked } from '../model/inventory.ts';
import type { Incompatibilities } from './table.ts';

/** Packages named before the rest is only counted. */
const MOST_NAMES = 6;

/** The packages that routes use and the table says nothing of for Workers: their routes are called possible, not proven. */
export function unmeasuredOnWorkers(inventory: Inventory, table: Incompatibilities): NotChecked[] {
  // Compiled code is judged whatever package holds it.
  const judged = new Set([...inventory.frameworks, ...inventory.nativeAddons].map((item) => item.package));
  for (const row of table.rows) {
    if (!row.targets.includes('workers')) continue;
    for (const when of row.when) if ('package' in when) judged.add(when.package);
  }
  const users = new Map<string, number>();
  for (const route of inventory.routes) {
    const names = route.needs.flatMap((need) => (need.kind === 'package' ? [need.name] : []));
    for (const name of new Set(names)) if (!judged.has(name)) users.set(name, (users.get(name) ?? 0) + 1);
  }
  const names = [...users].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  if (names.length === 0) return [];
  const rest = names.length - MOST_NAMES;
  const list = names.slice(0, MOST_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return [
    {
      what: `packages of the routes on Workers, ${list}`,
      reason: `what they do there was not measured (${table.asOf}); a shadow run shows it`,
      location: null,
    },
  ];
}
