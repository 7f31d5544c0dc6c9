import type { CodemodOutput } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import type { Conversion } from './conversion.ts';

const CODEMOD = 'express-to-hono';

/** Nothing is edited: every reason is listed, and each handler with what keeps it or the application from converting. */
export function refusals(conversion: Conversion, output: CodemodOutput): CodemodOutput {
  const { problems } = conversion;
  // A function that cannot be converted may stay Express's: only what is no function's keeps all others back.
  const isWhole = problems.some(({ unit }) => unit === null) && conversion.options.target !== 'workers';
  const leftForYou: LeftForYou[] = problems.map(({ location, rule, reason, unit }) => ({
    ...location,
    codemod: CODEMOD,
    rule,
    reason,
    ...((unit === null || !isWhole) && { blocks: true as const }),
  }));
  for (const [file, reason] of output.failed) {
    leftForYou.push({ file, line: 1, column: 1, codemod: CODEMOD, rule: 'syntax', reason, blocks: true });
  }
  const count = leftForYou.filter(({ blocks }) => blocks).length;
  const outcomes: Outcome[] = [...conversion.units.values()].map((unit) => {
    const own = problems.find((problem) => problem.unit === unit);
    return {
      ...unit.fn.location,
      name: unit.fn.name,
      outcome: 'refused',
      reason:
        own?.reason ??
        `could be converted; left because ${count} ${count === 1 ? 'place' : 'places'} of the application ${count === 1 ? 'keeps' : 'keep'} all of it back`,
    };
  });
  const skipped = new Map(output.skipped);
  for (const path of conversion.files.keys()) {
    skipped.set(path, 'the application is left as it is: it would not start half converted');
  }
  for (const path of output.failed.keys()) skipped.delete(path);
  return { ...output, skipped, outcomes, leftForYou };
}
