import type { Framework, Inventory } from '../model/inventory.ts';
import type { PlanTarget, Reason } from '../model/plan.ts';
import { titleOf } from '../rules/targets.ts';
import type { Measurements } from './table.ts';

/** Frameworks whose handlers run on Workers as they are, or are converted by a codemod. */
const CARRIED = new Set(['express', 'hono']);

/**
 * What decides about a target and was not read of this application, or not measured there. Empty: what is known of
 * it is enough for an answer. Workers need every handler read; the others a framework that was measured on them.
 */
export function unread(inventory: Inventory, target: PlanTarget['name'], measured: Measurements): Reason[] {
  if (target === 'node' || target === 'not-sure') return [];
  const frameworks = servers(inventory);
  const place = inventory.entryPoints.find(({ present }) => present)?.location ?? null;
  if (frameworks.length === 0) {
    return [
      reason(
        `no server framework that is known is a dependency, so nothing of it was measured${inventory.routes.length > 0 ? '' : ' or read'}`,
        place,
      ),
    ];
  }
  if (target === 'workers') {
    const found = frameworks
      .filter((item) => !CARRIED.has(item.package))
      .map((item) => {
        const isRead = inventory.routes.some(({ framework }) => framework === item.package);
        return reason(
          isRead
            ? `no codemod carries ${item.name} to Workers, and it was not measured there`
            : `${item.name}'s routes and handlers were not read`,
          item.location,
        );
      });
    if (found.length === 0 && inventory.routes.length === 0)
      found.push(
        reason(`no route of ${frameworks.map(({ name }) => name).join(' or ')} could be read`, place),
      );
    return found;
  }
  return frameworks
    .filter((item) => !measuredOn(measured, target, item))
    .map((item) => reason(`${item.name} was not measured on ${titleOf(target)}`, item.location));
}

/** Frameworks of production; where all are for development, those. */
function servers({ frameworks, dependencies }: Inventory): Framework[] {
  const production = frameworks.filter((item) =>
    dependencies.some(({ name, kind }) => name === item.package && kind !== 'dev'),
  );
  const found = production.length > 0 ? production : frameworks;
  return [...new Map(found.map((item) => [item.package, item])).values()];
}

const measuredOn = (
  { rows }: Measurements,
  target: PlanTarget['name'],
  { package: name }: Framework,
): boolean => rows.some((row) => row.targets.includes(target) && row.frameworks?.includes(name));

const reason = (sentence: string, location: Reason['location']): Reason => ({
  sentence,
  location,
  known: 'heuristic',
});
