import { child } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';

/** Whether each way through statements ends in a return or a throw, or in a statement that became one. */
export function alwaysEnds(node: SyntaxNode, handled: ReadonlySet<SyntaxNode>): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    case 'ExpressionStatement':
      return handled.has(node);
    case 'BlockStatement':
      return (node.body as SyntaxNode[]).some((each) => alwaysEnds(each, handled));
    case 'IfStatement': {
      const [yes, no] = [child(node, 'consequent'), child(node, 'alternate')];
      return yes !== null && no !== null && alwaysEnds(yes, handled) && alwaysEnds(no, handled);
    }
    case 'TryStatement': {
      const [block, handler, last] = [child(node, 'block'), child(node, 'handler'), child(node, 'finalizer')];
      if (last !== null && alwaysEnds(last, handled)) return true;
      const caught = handler === null ? null : child(handler, 'body');
      return block !== null && alwaysEnds(block, handled) && (caught === null || alwaysEnds(caught, handled));
    }
    case 'SwitchStatement': {
      const cases = node.cases as SyntaxNode[];
      const isWhole = cases.some((each) => each.test === null);
      return (
        isWhole &&
        cases.every(
          (each) =>
            (each.consequent as SyntaxNode[]).length === 0 ||
            (each.consequent as SyntaxNode[]).some((one) => alwaysEnds(one, handled)),
        )
      );
    }
    default:
      return false;
  }
}
