import {
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { type FileWork, spanOf, textOf } from '../state/conversion.ts';

/** `listen` takes any number-like text as its port; `serve` is typed to take a number. */
export function portParts(work: FileWork, port: SyntaxNode | undefined): Part[] {
  if (port === undefined) return [', port: 0'];
  const text = textOf(work, port);
  if (isOfEnvironment(port)) return [', port: Number(', spanOf(port), ' ?? 0)'];
  if (work.file.typescript && !isNumeric(work, port)) {
    const hasDefault = unwrap(port).type === 'LogicalExpression';
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
  if (node.type === 'CallExpression') return givesNumber(work, calleeOf(node));
  if (node.type === 'LogicalExpression') {
    const [left, right] = [child(node, 'left'), child(node, 'right')];
    return left !== null && right !== null && isNumeric(work, left) && isNumeric(work, right);
  }
  if (!isIdentifier(node)) return false;
  const declaration = work.bindings.bindingOf(node)?.declaration;
  if (declaration === undefined) return false;
  const id = child(declaration, 'id') ?? declaration;
  const type = child(id, 'typeAnnotation');
  if (type !== null) return child(type, 'typeAnnotation')?.type === 'TSNumberKeyword';
  const init = child(declaration, 'init');
  return init !== null && isNumeric(work, init);
}

/** `Number`, `parseInt`, `Number.parseInt`, as far as nothing else has the name. */
function givesNumber(work: FileWork, callee: SyntaxNode | null): boolean {
  if (isMember(callee)) {
    const isOf = isIdentifier(child(callee, 'object'), 'Number');
    return isOf && /^parse(Int|Float)$/.test(memberName(callee) ?? '');
  }
  const isNamed = isIdentifier(callee) && /^(Number|parseInt|parseFloat)$/.test(String(callee.name));
  return isNamed && work.bindings.bindingOf(callee) === null;
}

/** `process.env.PORT`. */
function isOfEnvironment(node: SyntaxNode): boolean {
  const environment = isMember(node) && memberName(node) !== null ? child(node, 'object') : null;
  return memberName(environment) === 'env' && isIdentifier(child(environment ?? node, 'object'), 'process');
}
