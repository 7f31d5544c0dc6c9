import type { Registration } from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, child, children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { isAlwaysThere } from '../facts/errors/error-chains.ts';
import { mayRecover } from '../facts/errors/recovery.ts';
import { functionsOf, isErrorHandler } from '../facts/routes/registrations.ts';
import { skipOf } from '../facts/routes/skips.ts';
import type { Conversion } from '../state/conversion.ts';
import { answersOf } from './flow.ts';

/** The last thing on the root application that answers whatever came through: Hono's `notFound`. */
export function isNotFound(
  conversion: Conversion,
  registration: Registration,
  all: readonly Registration[],
): boolean {
  if (isErrorHandler(registration)) return false;
  if (registration.on.kind !== 'app' || registration.pathNode !== null || registration.handlers.length !== 1)
    return false;
  // One call that registers in turn, in a loop, is written once for all of them.
  if (all.some((each) => each !== registration && each.call === registration.call)) return false;
  const place = all.indexOf(registration);
  if (all.slice(place + 1).some((each) => !isErrorHandler(each))) return false;
  // An error handler before it does not see its errors, as it does those of Hono's.
  if (all.slice(0, place).some(isErrorHandler)) return false;
  // One behind it that goes on would meet it again: in Express it is past.
  if (all.slice(place + 1).some(({ handlers }) => handlers.flatMap(functionsIn).some(mayRecover)))
    return false;
  if (!isAlwaysThere(conversion, registration)) return false;
  const [argument] = registration.handlers;
  const functions = argument === undefined ? [] : functionsOf(argument);
  return (
    argument?.kind === 'function' &&
    functions.length > 0 &&
    functions.every((fn) => {
      const unit = conversion.units.get(fn.node);
      return (
        unit !== undefined &&
        !unit.uses.some(({ role, node }) => role === 'next' && goesOn(unit.work.parents.get(node) ?? node)) &&
        (answersOf(conversion, unit) === 'always' || alwaysThrows(fn.node))
      );
    })
  );
}

const goesOn = (call: SyntaxNode): boolean => argumentsOf(call).length === 0 || skipOf(call) !== null;

function alwaysThrows(fn: SyntaxNode): boolean {
  const body = child(fn, 'body');
  const last = body === null ? undefined : children(body, 'body').at(-1);
  return last?.type === 'ThrowStatement';
}
