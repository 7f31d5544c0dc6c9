import { field, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';

/** Names a statement refers to, in code and in types: identifiers that are not property names. */
export function referencedNames(root: SyntaxNode): Set<string> {
  const names = new Set<string>();
  walk(
    root,
    {
      enter(node, parent) {
        if (isIdentifier(node) && !isPropertyName(node, parent)) names.add(field(node, 'name'));
      },
    },
    { types: true },
  );
  return names;
}

const KEYED = new Set([
  ...['Property', 'PropertyDefinition', 'MethodDefinition'],
  ...['TSPropertySignature', 'TSMethodSignature'],
]);

function isPropertyName(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  if (parent === null || parent.computed === true) return false;
  if (parent.type === 'MemberExpression') return parent.property === node;
  return KEYED.has(parent.type) && parent.key === node && parent.shorthand !== true;
}
