import { child, isIdentifier, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../edit/draft.ts';
import { type FileWork, spanOf, textOf } from '../state/conversion.ts';

/** `listen` takes any number-like text as its port; `serve` is typed to take a number. */
export function portParts(work: FileWork, port: SyntaxNode | undefined): Part[] {
  if (port === undefined) return [', port: 0'];
  const text = textOf(work, port);
  if (/^process\.env\.\w+$/.test(text)) return [', port: Number(', spanOf(port), ' ?? 0)'];
  if (work.file.typescript && !isNumeric(work, port)) {
    const hasDefault = /\|\||\?\?/.test(text);
    return [', port: Number(', spanOf(port), hasDefault ? ')' : ' ?? 0)'];
  }
  const bare = unwrap(port).type === 'Identifier' && text === 'port';
  return [bare ? ', ' : ', port: ', spanOf(port)];
}

/** Whether a value is a number as far as its own text, its declaration or the type written there shows. */
export function isNumeric(work: FileWork, value: SyntaxNode): boolean {
  const node = unwrap(value);
  if (node.type === 'Literal' || node.type === 'NumericLiteral') return typeof node.value === 'number';
  if (node.type === 'UnaryExpression') return node.operator === '+';
  if (node.type === 'CallExpression')
    return /^(Number|parseInt|Number\.parseInt|parseFloat)\(/.test(textOf(work, node));
  if (node.type === 'LogicalExpression') {
    const [left, right] = [child(node, 'left'), child(node, 'right')];
    return left !== null && right !== null && isNumeric(work, left) && isNumeric(work, right);
  }
  if (!isIdentifier(node)) return false;
  const declaration = work.bindings.bindingOf(node)?.declaration;
  if (declaration === undefined) return false;
  const id = child(declaration, 'id') ?? declaration;
  const type = child(id, 'typeAnnotation');
  if (type !== null) return /^:\s*number$/.test(textOf(work, type));
  const init = child(declaration, 'init');
  return init !== null && isNumeric(work, init);
}
