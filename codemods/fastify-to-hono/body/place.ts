import { child, children, isFunction, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../shared/edit/work.ts';

/** Whether nothing runs after a statement but what ends the function: what does, to be left out. Null: something does. */
export function tailOf(
  work: FileWork,
  statement: SyntaxNode,
  fn: SyntaxNode,
  isIdle: (node: SyntaxNode) => boolean,
): SyntaxNode[] | null {
  let at = statement;
  for (let up = work.parents.get(at); up !== undefined; at = up, up = work.parents.get(at)) {
    if (up === fn) return [];
    switch (up.type) {
      case 'BlockStatement': {
        const next = after(children(up, 'body'), at);
        if (next === undefined) break;
        return isIdle(next) ? [next] : null;
      }
      case 'SwitchCase': {
        const next = after(children(up, 'consequent'), at);
        const cases = children(work.parents.get(up) ?? up, 'cases');
        if (next === undefined && cases.at(-1) !== up) return null;
        if (next === undefined) break;
        if (isIdle(next)) return [next];
        if (next.type !== 'BreakStatement' || next.label) return null;
        const whole = work.parents.get(up);
        const rest = whole === undefined ? null : tailOf(work, whole, fn, isIdle);
        return rest === null ? null : [next];
      }
      case 'IfStatement':
      case 'CatchClause':
      case 'SwitchStatement':
      case 'TryStatement':
        break;
      default:
        return null;
    }
  }
  return null;
}

const after = (list: readonly SyntaxNode[], node: SyntaxNode): SyntaxNode | undefined =>
  list[list.indexOf(node) + 1];

/** The function that a node is directly in. */
export function functionAround(work: FileWork, node: SyntaxNode): SyntaxNode | null {
  for (let up = work.parents.get(node); up !== undefined; up = work.parents.get(up))
    if (isFunction(up)) return up;
  return null;
}

/** Whether an error that is thrown at a place is caught before it leaves the function. */
export function isCaught(work: FileWork, node: SyntaxNode, fn: SyntaxNode): boolean {
  let at = node;
  for (let up = work.parents.get(at); up !== undefined && up !== fn; at = up, up = work.parents.get(at))
    if (up.type === 'TryStatement' && up.block === at && up.handler) return true;
  return false;
}

/** `return`, `return undefined`, `return reply`: nothing but an end. */
export function isBareReturn(node: SyntaxNode, isReply: (node: SyntaxNode) => boolean): boolean {
  if (node.type !== 'ReturnStatement') return false;
  const argument = child(node, 'argument');
  return argument === null || isIdentifier(argument, 'undefined') || isReply(argument);
}
