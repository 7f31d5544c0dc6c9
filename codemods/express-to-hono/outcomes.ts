import type { CodemodOutput } from '../../src/codemod/contract.ts';
import { at } from '../../src/model/at.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { Conversion } from './state/conversion.ts';
import { routesInExpress } from './worlds/routes.ts';

const CODEMOD = 'express-to-hono';

/**
 * Nothing is edited: every reason is listed, and each handler with what keeps it or the application from converting.
 *
 * @param stays why a function would stay where the rest could go
 * @param runs whether the application as it is runs on the target now
 */
export function refusals(
  conversion: Conversion,
  output: CodemodOutput,
  stays: ReadonlyMap<SyntaxNode, string> = new Map(),
  runs = false,
): CodemodOutput {
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
  const blocking = leftForYou.filter(({ blocks }) => blocks);
  const [first] = blocking.filter(({ rule }) => rule === 'worlds/whole').concat(blocking);
  const more = blocking.length > 1 ? `, and ${blocking.length - 1} more` : '';
  const wall = first === undefined ? '' : `${first.reason} (${at(first)})${more}`;
  const isAll = options.unasked === null && !runs;
  const why = isAll
    ? 'the application is left as it is: it would not start half converted'
    : 'the application is left as it is: nothing of it that is asked for can go';
  const outcomes: Outcome[] = [...conversion.units.values()].map((unit) => {
    const own = problems.find((problem) => problem.unit === unit);
    const reason =
      own?.reason ??
      `${isAll ? 'could be converted; left because' : 'stays as it is:'} ${stays.get(unit.fn.node) ?? wall}`;
    return { ...unit.fn.location, name: unit.fn.name, outcome: isAll ? 'refused' : 'kept', reason };
  });
  const skipped = new Map(output.skipped);
  for (const path of conversion.files.keys()) skipped.set(path, why);
  for (const path of output.failed.keys()) skipped.delete(path);
  return { ...output, skipped, outcomes, leftForYou, routes: routesInExpress(conversion.program) };
}
