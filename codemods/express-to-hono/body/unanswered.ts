import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, type Part, range } from '../../shared/edit/draft.ts';
import { indentAt, replaceStatement } from '../../shared/edit/emit.ts';
import { parityName } from '../edit/imports.ts';
import { areApart, isAround, isReturned } from '../facts/answers/branches.ts';
import { type Conversion, remark, spanOf, type Unit } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

const RULE = 'flow/unanswered';

/**
 * Lets the request wait where a path ends without an answer, as it does in Express: Hono would answer 500 there. In a callback
 * that settles a promise it waits by itself.
 *
 * @returns the end of a path where that cannot be written; null where all is said
 */
export function leaveUnanswered(conversion: Conversion, frame: Frame): SyntaxNode | null {
  const ends = [...new Set(frame.open)];
  const lost = ends.find((end) => !canWait(frame, end));
  if (lost !== undefined || ends.length === 0) return lost ?? frame.fn;
  for (const end of ends) {
    if (frame.settle === null) wait(conversion, frame, end);
    const reason = 'the request gets no answer on the path that ends here: the client waits, as in Express';
    remark(conversion, frame.unit.work, end, RULE, reason);
  }
  return null;
}

/** Whether it is certain that nothing has gone on with `next()` on the way to this end: that must not wait. */
function canWait(frame: Frame, end: SyntaxNode): boolean {
  const { unit, fn, settle } = frame;
  if (settle !== null) return true;
  if (end === fn) return emptyBlock(fn) !== null && unit.uses.length === 0;
  if (!/Statement$|Declaration$/.test(end.type)) return false;
  return unit.uses.every(({ node, role }) => {
    const isInside = fn.start <= node.start && node.end <= fn.end;
    if (role !== 'next' || !isInside || node.start > end.end || isOver(frame, node)) return true;
    return isAround(end, node)
      ? end.type === 'IfStatement' && unit.answering.has(end)
      : areApart(unit.work.parents, fn, node, end) || isCaughtBefore(frame, node, end);
  });
}

/** Whether an end stands in the `catch` of a block that ends with this `next()`: what is caught was thrown before it. */
function isCaughtBefore({ unit: { work }, fn }: Frame, next: SyntaxNode, end: SyntaxNode): boolean {
  const call = work.parents.get(next);
  let at = call !== undefined && calleeOf(call) === next ? call : undefined;
  for (; at !== undefined && at !== fn; at = work.parents.get(at)) {
    const up = work.parents.get(at);
    if (up?.type === 'TryStatement') {
      const handler = child(up, 'handler');
      return child(up, 'block') === at && handler !== null && isAround(handler, end);
    }
    if (up?.type === 'BlockStatement' && children(up, 'body').at(-1) !== at) return false;
    if (!/^(BlockStatement|ExpressionStatement|IfStatement)$/.test(up?.type ?? '')) return false;
  }
  return false;
}

/** The body of a function that does nothing at all. */
function emptyBlock(fn: SyntaxNode): SyntaxNode | null {
  const body = isFunction(fn) ? child(fn, 'body') : null;
  return body?.type === 'BlockStatement' && children(body, 'body').length === 0 ? body : null;
}

/** Whether the function is left with this `next`: it is returned, or hands an error on, which is thrown. */
function isOver({ unit, fn }: Frame, next: SyntaxNode): boolean {
  const call = unit.work.parents.get(next);
  const [error] = call !== undefined && calleeOf(call) === next ? argumentsOf(call) : [];
  if (error !== undefined && unwrap(error).type !== 'Literal') return true;
  return isReturned(unit.work.parents, fn, next);
}

function wait(conversion: Conversion, { unit }: Frame, end: SyntaxNode): void {
  const { work } = unit;
  const never = parityName(conversion, work, 'neverAnswers');
  if (end.type === 'ReturnStatement') {
    const value = child(end, 'argument');
    // What is returned may be a promise that fails.
    const given: Part[] = value === null || unwrap(value).type === 'Literal' ? [] : [spanOf(value)];
    replaceStatement(conversion, work, end, [[`return ${never}(`, ...given, ')']], RULE);
    return;
  }
  const line = `return ${never}()`;
  if (conversion.dry > 0) return;
  const empty = emptyBlock(end);
  if (empty !== null) {
    const start = range(empty, empty.start + 1, empty.start + 1);
    work.draft.insert(start, ` ${line}${work.layout.semicolon} `, RULE);
    return;
  }
  const { newline, unit: step, semicolon } = work.layout;
  const indent = indentAt(work, end.start);
  const otherwise = isLeftByElse(unit, end);
  const text =
    otherwise && child(end, 'consequent')?.type === 'BlockStatement'
      ? ` else {${newline}${indent}${step}${line}${semicolon}${newline}${indent}}`
      : `${newline}${indent}${otherwise ? 'else ' : ''}${line}${semicolon}`;
  work.draft.insert(atEnd(end), text, RULE);
}

/** Whether only the other branch of a condition waits: the first goes on with `next()`, or no line may stand behind it. */
function isLeftByElse({ answering, uses, work }: Unit, end: SyntaxNode): boolean {
  if (end.type !== 'IfStatement' || !answering.has(end)) return false;
  const isListed = /^(BlockStatement|FunctionBody|SwitchCase)$/.test(work.parents.get(end)?.type ?? '');
  return !isListed || uses.some(({ node, role }) => role === 'next' && isAround(end, node));
}
