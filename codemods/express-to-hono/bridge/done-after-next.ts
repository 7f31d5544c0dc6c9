import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isMember,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../src/workspace/syntax/walk.ts';
import { areApart, isAround, isLeftBefore, isReturned } from '../facts/answers/branches.ts';
import { wholeChain } from '../facts/answers/chains.ts';
import { memberAt } from '../facts/request-members.ts';
import { memberNames } from '../facts/units.ts';
import type { FileWork, Unit } from '../state/conversion.ts';

type Use = Unit['uses'][number];

const ANSWERS = new Set(['json', 'send', 'sendStatus', 'redirect', 'end']);

/**
 * Whether a function asks for nothing after it went on with `next()`: what handlers have done by then is not on Node's response
 * yet. That it may answer there is no matter: the first answer counts, as in Express. Nor does it go on once it has answered.
 */
export function isDoneAfterNext(unit: Unit): boolean {
  const { fn, work, uses } = unit;
  const { parents } = work;
  const calls = uses.flatMap(({ node, role }) => {
    const up = parents.get(node);
    return role === 'next' && up !== undefined && calleeOf(up) === node ? [up] : [];
  });
  // Handed on, it is handed to a function that stays as well, and is looked at there.
  const answers = ({ node, role }: Use) =>
    role === 'res' && (memberAt(work, node) === null || ANSWERS.has(memberNames(work, node).at(-1) ?? '?'));
  const handedOn = uses.filter(
    ({ node, role }) => role === 'next' && !calls.some((call) => calleeOf(call) === node),
  );
  // An error handler that has answered hands the error on to Express's own, which finds the answer sent.
  const isPassedOn = (call: SyntaxNode) => fn.kind === 'error-handler' && argumentsOf(call).length > 0;
  const isApart = (one: SyntaxNode, other: SyntaxNode) => areApart(parents, fn.node, one, other);
  // Who is handed `next` calls it when it will, and a timer answers when the handlers may have: neither waits for the other.
  const isAlone = (call: SyntaxNode) =>
    handedOn.every(({ node }) => isApart(call, node) || isLeftBefore(parents, fn.node, call, node)) &&
    uses.every(
      (use) =>
        use.role !== 'res' ||
        !isLater(work, call, use.node) ||
        isInListener(work, use.node) ||
        isApart(call, use.node) ||
        !answers(use),
    );
  return calls.every(
    (call) =>
      isAlone(call) &&
      (isPassedOn(call) || !uses.some((use) => answers(use) && goesOnBehind(unit, use.node, call))) &&
      (isReturned(parents, fn.node, call) ||
        uses.every((use) => use.node.start < call.end || isApart(call, use.node) || answers(use))),
  );
}

/** Whether a `next()` runs what is registered behind a function that has answered: behind the bridge nothing runs then. */
function goesOnBehind(unit: Unit, answer: SyntaxNode, call: SyntaxNode): boolean {
  const { file, parents } = unit.work;
  const own = enclosingFunction(file, call);
  if (own === null || call.start < answer.end || enclosingFunction(file, answer) !== own) return false;
  const chain = wholeChain(unit, answer);
  if (isMember(chain)) return false;
  let whole = chain;
  for (let up = parents.get(whole); up !== undefined && !/Statement$/.test(up.type); up = parents.get(up))
    whole = up;
  if (areApart(parents, own, whole, call) || isLeftBefore(parents, own, whole, call)) return false;
  for (let up = parents.get(call); up !== undefined && up !== own; up = parents.get(up)) {
    const handler = up.type === 'TryStatement' ? child(up, 'handler') : null;
    // What is caught was thrown before the answer.
    if (handler !== null && isAround(handler, call) && !isAround(handler, answer) && isAround(up, answer))
      return false;
  }
  return true;
}

/** Whether code stands in a function inside the one that a call stands in. */
function isLater({ file }: FileWork, call: SyntaxNode, node: SyntaxNode): boolean {
  const [outer, own] = [enclosingFunction(file, call), enclosingFunction(file, node)];
  return own !== null && outer !== null && own !== outer && isAround(outer, own);
}

/** Whether code stands in a function given to `.on()` or `.once()`. */
export function isInListener({ parents }: FileWork, node: SyntaxNode): boolean {
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = parents.get(at)) {
    const up = isFunction(at) ? parents.get(at) : undefined;
    const callee = up?.type === 'CallExpression' ? calleeOf(up) : null;
    if (callee !== null && isMember(callee) && /^(on|once)$/.test(memberName(callee) ?? '')) return true;
  }
  return false;
}
