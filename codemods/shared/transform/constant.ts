import type { ASTNode } from 'jscodeshift';
import type { Work } from './work.ts';

/** What a constant is made of: `const x = …` for a use of `x` that only reads it; the node itself where it is something else. */
export function constantOf(work: Work, node: ASTNode): ASTNode {
  if (node.type !== 'Identifier') return node;
  const binding = work.bindingOf(node);
  if (binding?.kind !== 'const' || binding.declaration.type !== 'VariableDeclarator') return node;
  // One that is used elsewhere may be changed there.
  if (binding.references.filter(({ read }) => read).length !== 1) return node;
  const declarator = work.root
    .find(work.j.VariableDeclarator)
    .paths()
    .find(({ node: { id } }) => id.type === 'Identifier' && work.bindingOf(id) === binding);
  return declarator?.node.init ?? node;
}
