import { calleeOf, child, isMember, unwrap } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { Unit } from '../../state/conversion.ts';

/** The whole chain of calls that starts at a member of `res`. */
export function wholeChain(unit: Unit, member: SyntaxNode): SyntaxNode {
  let node = member;
  for (;;) {
    const up = unit.work.parents.get(node);
    if (up === undefined) return node;
    const continues =
      (up.type === 'CallExpression' && calleeOf(up) === unwrap(node)) ||
      (isMember(up) && child(up, 'object') === node) ||
      up.type === 'ChainExpression';
    if (!continues) return node;
    node = up;
  }
}
