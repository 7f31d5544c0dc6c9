import { child, isFunction, isIdentifier, unwrap } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { childrenOf } from '../../src/workspace/syntax/walk.ts';
import { type FileWork, textOf } from './conversion.ts';

/** A test of what was done before, by the response or by a variable that is assigned: what follows knows of it. */
export const isGuard = (work: FileWork, test: SyntaxNode | null): boolean => {
  if (test === null) return false;
  if (/\.(headersSent|writableEnded|writableFinished|finished|destroyed)\b/.test(textOf(work, test)))
    return true;
  return identifiersIn(test).some((node) => {
    const binding = work.bindings.bindingOf(node);
    return binding?.references.some(({ node: use, write }) => write && isFlag(work, use)) === true;
  });
};

const isFlag = ({ parents }: FileWork, written: SyntaxNode): boolean => {
  const up = parents.get(written);
  return up?.type === 'AssignmentExpression' && typeof child(up, 'right')?.value === 'boolean';
};

const identifiersIn = (node: SyntaxNode): SyntaxNode[] =>
  isIdentifier(node) ? [node] : childrenOf(node).flatMap(identifiersIn);

/** The function that a name of the file stands for: declared, or held by a constant. */
export function localFunction({ bindings }: FileWork, name: SyntaxNode): SyntaxNode | null {
  const binding = bindings.bindingOf(name);
  if (binding === null || binding.references.some(({ write }) => write)) return null;
  const { declaration } = binding;
  const held = declaration.type === 'VariableDeclarator' ? child(declaration, 'init') : declaration;
  const fn = held === null ? null : unwrap(held);
  return isFunction(fn) ? fn : null;
}
