import { child, children, isNode } from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';

/** Whether a parameter holds expressions of its own (defaults, computed keys), which see a scope before the body's. */
export function hasExpressions(pattern: SyntaxNode): boolean {
  let found = false;
  eachTarget(pattern, {
    target: () => {},
    expression: () => {
      found = true;
    },
  });
  return found;
}

/** Calls back for each name or member a pattern assigns, and for each expression inside it. */
export function eachTarget(
  pattern: SyntaxNode,
  on: { target(id: SyntaxNode): void; expression(node: SyntaxNode): void },
): void {
  switch (pattern.type) {
    case 'Identifier':
      on.target(pattern);
      return;
    case 'AssignmentPattern': {
      const left = child(pattern, 'left');
      const right = child(pattern, 'right');
      if (left !== null) eachTarget(left, on);
      if (right !== null) on.expression(right);
      return;
    }
    case 'ObjectPattern':
      for (const property of children(pattern, 'properties')) {
        if (property.type === 'RestElement') {
          eachTarget(property, on);
          continue;
        }
        if (property.computed === true && isNode(property.key)) on.expression(property.key);
        if (isNode(property.value)) eachTarget(property.value, on);
      }
      return;
    case 'ArrayPattern':
      for (const element of children(pattern, 'elements')) eachTarget(element, on);
      return;
    case 'RestElement': {
      const argument = child(pattern, 'argument');
      if (argument !== null) eachTarget(argument, on);
      return;
    }
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion': {
      const inner = child(pattern, 'expression');
      if (inner !== null) eachTarget(inner, on);
      return;
    }
    default:
      on.expression(pattern);
  }
}
