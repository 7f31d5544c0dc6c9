import type { CodemodOutput } from '../../../src/codemod/contract.ts';
import { at } from '../../../src/model/at.ts';
import type { Problem, Unit } from '../state.ts';

/**
 * Nothing is edited: every reason is listed.
 *
 * @param stays why each function stays where a part could go
 */
export function refused(
  problems: readonly Problem[],
  units: Iterable<Unit>,
  stays: ReadonlyMap<Unit, string>,
): CodemodOutput {
  const [first] = problems;
  const wall = first === undefined ? '' : `${first.reason} (${at(first.location)})`;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  return {
    ...{ edits: new Map(), created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
    outcomes: [...units].map((unit) => ({
      ...unit.location,
      name: unit.name,
      outcome: 'refused' as const,
      reason: stays.get(unit) ?? wall + more,
    })),
    leftForYou: problems.map(({ location, rule, reason }) => ({
      ...location,
      codemod: 'fastify-to-hono',
      rule,
      reason,
      blocks: true as const,
    })),
    ...{ limits: [], next: [] },
  };
}
