import type { CodemodOutput } from '../../../src/codemod/contract.ts';
import { at } from '../../../src/model/at.ts';
import type { Problem, Unit } from '../state.ts';

/** Nothing is edited: every reason is listed. */
export function refused(problems: readonly Problem[], units: Iterable<Unit>): CodemodOutput {
  const [first] = problems;
  const wall = first === undefined ? '' : `${first.reason} (${at(first.location)})`;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  return {
    ...{ edits: new Map(), created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
    outcomes: [...units].map(({ location, name }) => ({
      ...location,
      name,
      outcome: 'refused' as const,
      reason: wall + more,
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
