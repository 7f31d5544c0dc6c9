import {
  argumentsOf,
  calleeOf,
  isFunction,
  isMember,
  literalText,
  memberName,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, Unit } from '../../state/conversion.ts';
import { memberNames } from '../units.ts';

/** One use of the request or response in a handler that streams. */
export interface Operation {
  kind: 'write' | 'flush' | 'end' | 'close' | 'helper';
  root: SyntaxNode;
  call: SyntaxNode;
  /** The function it stands in. */
  fn: SyntaxNode | null;
}

/** What one use of the request or response does to a stream; null when it does something else. */
export function operationAt(
  conversion: Conversion,
  unit: Unit,
  node: SyntaxNode,
  role: string,
): Operation | null {
  const { parents } = unit.work;
  const up = parents.get(node);
  if (up === undefined) return null;
  const fn = functionAround(unit, node);
  if (up.type === 'CallExpression' && calleeOf(up) !== node) {
    const streams = (conversion.calls.get(up) ?? []).some((helper) => helper.handle === 'stream');
    return streams && role === 'res' ? { kind: 'helper', root: node, call: up, fn } : null;
  }
  const call = isMember(up) ? parents.get(up) : undefined;
  if (call?.type !== 'CallExpression' || calleeOf(call) !== up) return null;
  const name = memberName(up);
  const listens = /^(on|once)$/.test(name ?? '') && literalText(argumentsOf(call)[0]) === 'close';
  if (listens && (role === 'req' || role === 'res')) return { kind: 'close', root: node, call, fn };
  if (role !== 'res') return null;
  if (name === 'write') return { kind: 'write', root: node, call, fn };
  if (name === 'flushHeaders') return { kind: 'flush', root: node, call, fn };
  return name === 'end' ? { kind: 'end', root: node, call, fn } : null;
}

function functionAround(unit: Unit, node: SyntaxNode): SyntaxNode | null {
  for (let up = unit.work.parents.get(node); up !== undefined; up = unit.work.parents.get(up))
    if (isFunction(up)) return up;
  return null;
}

function within(statement: SyntaxNode, type: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walk(statement, {
    enter(node) {
      if (isFunction(node)) return 'skip';
      if (node.type === type) found.push(node);
      return undefined;
    },
  });
  return found;
}

/** Why `res.write(chunk, 'latin1')` and `res.write(chunk, callback)` stay. */
export const WRITE_OPTIONS = 'an encoding or a callback of what is written has no rule';

export const returnsOf = (statement: SyntaxNode): SyntaxNode[] => within(statement, 'ReturnStatement');
export const awaits = (statement: SyntaxNode): boolean => within(statement, 'AwaitExpression').length > 0;

/** Whether a handler writes its response piece by piece. */
export const isStream = (unit: Unit): boolean =>
  unit.handle === 'context' &&
  unit.uses.some(
    ({ node, role }) =>
      role === 'res' && /^(write|flushHeaders)$/.test(memberNames(unit.work, node)[0] ?? ''),
  );

/** Whether `res.headersSent` is `c.finalized` here: no answer was given on the way, and no timer or event reads it. */
export function isFinalized(unit: Unit, root: SyntaxNode): boolean {
  if (unit.goesOn || isStream(unit)) return false;
  for (let up = unit.work.parents.get(root); up !== undefined; up = unit.work.parents.get(up)) {
    if (up === unit.fn.node) return true;
    if (isFunction(up) && !unit.answering.has(up)) return false;
  }
  return false;
}
