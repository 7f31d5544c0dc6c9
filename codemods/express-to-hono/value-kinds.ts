import { child, isFunction, isIdentifier, unwrap } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { FileWork } from './conversion.ts';

/** Whether a value is a text by its form. */
export const isText = (node: SyntaxNode): boolean => {
  const inner = unwrap(node);
  if (inner.type === 'TemplateLiteral' || typeof inner.value === 'string') return true;
  return (
    inner.type === 'BinaryExpression' &&
    inner.operator === '+' &&
    (isText(inner.left as SyntaxNode) || isText(inner.right as SyntaxNode))
  );
};

/** Options of a view, or a callback in their place. */
export function mayBeFunction(work: FileWork, node: SyntaxNode): boolean {
  const value = unwrap(node);
  if (isFunction(value)) return true;
  const declaration = isIdentifier(value) ? work.bindings.bindingOf(value)?.declaration : undefined;
  return isFunction(declaration) || isFunction(declaration === undefined ? null : child(declaration, 'init'));
}
