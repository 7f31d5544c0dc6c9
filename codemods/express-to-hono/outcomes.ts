import type { CodemodOutput } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import type { Conversion } from './state/conversion.ts';
import { routesInExpress } from './worlds/routes.ts';

const CODEMOD = 'express-to-hono';

/** Nothing is edited: every reason is listed, and each handler with what keeps it or the application from converting. */
export function refusals(conversion: Conversion, output: CodemodOutput): CodemodOutput {
  const { problems, options } = conversion;
  // A function that cannot be converted may stay Express's: only what is no function's keeps all others back.
  const isWhole = problems.some(({ unit }) => unit === null) && options.target !== 'workers';
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
  const [places, keep] = count === 1 ? ['1 place', 'keeps'] : [`${count} places`, 'keep'];
  const [outcome, left, why] =
    options.unasked === null
      ? ([
          'refused',
          `could be converted; left because ${places} of the application ${keep} all of it back`,
          'the application is left as it is: it would not start half converted',
        ] as const)
      : ([
          'kept',
          `stays as it is: ${places} ${keep} back what is asked for`,
          'the application is left as it is: nothing of it that is asked for can go',
        ] as const);
  const outcomes: Outcome[] = [...conversion.units.values()].map((unit) => {
    const own = problems.find((problem) => problem.unit === unit);
    return { ...unit.fn.location, name: unit.fn.name, outcome, reason: own?.reason ?? left };
  });
  const skipped = new Map(output.skipped);
  for (const path of conversion.files.keys()) skipped.set(path, why);
  for (const path of output.failed.keys()) skipped.delete(path);
  return { ...output, skipped, outcomes, leftForYou, routes: routesInExpress(conversion.program) };
}
