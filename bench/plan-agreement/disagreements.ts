import { at } from '../../src/model/at.ts';
import type { ChangeSet } from '../../src/model/changeset.ts';
import type { Plan } from '../../src/model/plan.ts';

/**
 * Where a plan and the codemod say different things of one application: a route the plan calls movable whose handler the
 * codemod does not convert or names a limit for, and a move to Workers that the codemod refuses. One sentence each.
 *
 * @param plan drawn for Workers
 * @param changes a dry run of express-to-hono for Workers over the same files
 */
export function disagreements(plan: Plan, changes: Pick<ChangeSet, 'outcomes' | 'limits'>): string[] {
  const found: string[] = [];
  const outcomes = new Map(changes.outcomes.map((one) => [at(one), one]));
  const limited = new Map(
    changes.limits.filter(({ runtime }) => runtime === 'workers').map((one) => [one.route, one.reason]),
  );
  const edge = plan.stages.find(({ unit }) => unit === 'routes');
  for (const item of edge?.items ?? []) {
    if (!item.moves) continue;
    const handler = item.reasons[0]?.location;
    const outcome = handler ? outcomes.get(at(handler)) : undefined;
    const where = handler ? at(handler) : 'a place that is not known';
    if (outcome === undefined)
      found.push(`${item.name} moves; the codemod says nothing of its handler at ${where}`);
    else if (outcome.outcome !== 'converted')
      found.push(
        `${item.name} moves; the codemod says "${outcome.outcome}" at ${where}: ${outcome.reason ?? ''}`,
      );
    const limit = limited.get(item.name);
    if (limit !== undefined) found.push(`${item.name} moves; the codemod names a limit: ${limit}`);
  }
  const isRefused =
    changes.outcomes.length > 0 && changes.outcomes.every(({ outcome }) => outcome === 'refused');
  if (isRefused && plan.verdict.kind === 'move')
    found.push('the plan says to move to Workers; the codemod leaves the application as it is');
  return found;
}

/** Routes the plan calls movable, of all it lists. */
export function counted(plan: Plan): { moving: number; of: number } {
  const items = plan.stages.find(({ unit }) => unit === 'routes')?.items ?? [];
  return { moving: items.filter(({ moves }) => moves).length, of: items.length };
}
