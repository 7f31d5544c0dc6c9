import type { ExpressFunction } from '../../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  isIdentifier,
  parametersOf,
  patternTarget,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Unit } from '../../state/conversion.ts';

/** `next()` of an error handler, with nothing in it: what is registered after it answers, as if nothing had failed. */
const isRecovery = (call: SyntaxNode | undefined, callee: SyntaxNode): boolean =>
  call?.type === 'CallExpression' && calleeOf(call) === callee && argumentsOf(call).length === 0;

/** Whether an error handler may go on with what is registered after it; one that hands `next` on may. */
export function mayRecover({ node: fn, roles, kind }: ExpressFunction): boolean {
  const parameter = kind === 'error-handler' ? parametersOf(fn)[roles.indexOf('next')] : undefined;
  if (parameter === undefined) return false;
  const name = patternTarget(parameter);
  if (!isIdentifier(name)) return true;
  const named = findAll(fn, 'Identifier').filter((each) => each.name === name.name && each !== name);
  const passing = findAll(fn, 'CallExpression').flatMap((call) =>
    argumentsOf(call).length > 0 ? [calleeOf(call)] : [],
  );
  return named.some((each) => !passing.includes(each));
}

/** Whether a converted error handler calls `next()` by itself, and nothing else goes on for it. */
export const recovers = ({ fn, uses, work }: Unit): boolean =>
  fn.kind === 'error-handler' &&
  uses.some(({ node, role }) => role === 'next' && isRecovery(work.parents.get(node), node));

/** Why an error handler that goes on with `next()` cannot be Hono's; null where it can. */
export function unrecovered({ fn }: Unit): string | null {
  const isOfApp = fn.uses.every(
    (use) =>
      use.kind === 'registered' && use.registration.on.kind === 'app' && use.registration.pathNode === null,
  );
  return isOfApp ? null : 'an error handler of a router, or at a path, continues with `next()`';
}
