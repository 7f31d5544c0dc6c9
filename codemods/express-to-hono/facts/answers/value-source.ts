import { child, isFunction } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../state/conversion.ts';

type Binding = NonNullable<ReturnType<FileWork['bindings']['bindingOf']>>;

/** The expressions one of which an expression comes to; null where it makes a value of its own. */
export function alternatives(node: SyntaxNode): (SyntaxNode | null)[] | null {
  const parts = (...names: string[]) => names.map((name) => child(node, name));
  switch (node.type) {
    case 'ConditionalExpression':
      return parts('consequent', 'alternate');
    case 'LogicalExpression':
      return parts('left', 'right');
    case 'AwaitExpression':
      return parts('argument');
    case 'AssignmentExpression':
      return parts('right');
    default:
      return null;
  }
}

/** What a variable is given after its declaration. */
export const assignedTo = (work: FileWork, { references }: Binding): (SyntaxNode | null)[] =>
  references.flatMap(({ node, write }) => {
    const up = write ? work.parents.get(node) : undefined;
    return up?.type === 'AssignmentExpression' ? [child(up, 'right')] : [];
  });

/** The declarator or the function that a name is declared in, by itself or within a pattern. */
export function declarerOf(work: FileWork, name: SyntaxNode): SyntaxNode | null {
  for (let up = work.parents.get(name); up !== undefined; up = work.parents.get(up)) {
    if (up.type === 'VariableDeclarator' || isFunction(up)) return up;
    if (!/^(ObjectPattern|Property|AssignmentPattern)$/.test(up.type)) return null;
  }
  return null;
}
