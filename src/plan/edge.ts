import type { Inventory } from '../model/inventory.ts';
import type { StageItem } from '../model/plan.ts';
import { incompatibilities } from './incompatibilities.ts';
import { routeSubjects } from './subjects.ts';
import type { Incompatibilities } from './table.ts';
import { defaultSpec } from './targets.ts';

/** Each route, and what keeps it from running on Workers: nothing, or the reasons with their places. */
export function routeItems(inventory: Inventory, table: Incompatibilities): StageItem[] {
  const target = { name: 'workers' as const, spec: defaultSpec('workers') };
  return inventory.routes.map((route) => {
    const blocking = incompatibilities(table, target, routeSubjects(route, inventory), { each: true }).filter(
      (item) => item.severity === 'blocks' && item.stages.includes('edge-layer'),
    );
    return {
      name: `${route.method.toUpperCase()} ${route.path}`,
      location: route.location,
      moves: blocking.length === 0,
      reasons:
        blocking.length === 0
          ? [
              {
                sentence: 'nothing it uses, as far as its calls could be followed, is missing on Workers',
                location: route.handler ?? route.location,
                known: 'heuristic' as const,
                source: table.source,
                asOf: table.asOf,
              },
            ]
          : blocking.map(({ sentence, location, known, source, asOf }) => ({
              sentence,
              location,
              known,
              source,
              asOf,
            })),
    };
  });
}
