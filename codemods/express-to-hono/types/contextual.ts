import { child, isCall } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion, FileWork, Unit } from '../state/conversion.ts';

/** Whether the parameters of a handler have a type from the wrapper it is given to alone, which goes. */
export function losesType({ program }: Conversion, { work, fn }: Unit): boolean {
  const call = work.parents.get(fn.node);
  if (!work.file.typescript || call === undefined) return false;
  return program.wrappers.some(({ node }) => node === call) && !hasType(work, call);
}

/** Whether what stands around an expression says its type. */
function hasType(work: FileWork, node: SyntaxNode): boolean {
  const up = work.parents.get(node);
  if (up === undefined) return false;
  if (isCall(up) || /^TS/.test(up.type)) return true;
  if (up.type === 'VariableDeclarator') return hasAnnotation(child(up, 'id'));
  if (up.type === 'PropertyDefinition') return hasAnnotation(up);
  if (/^(ArrayExpression|ObjectExpression|Property)$/.test(up.type)) return hasType(work, up);
  if (!/^(ReturnStatement|ArrowFunctionExpression)$/.test(up.type)) return false;
  const around = enclosingFunction(work.file, node);
  return around !== null && child(around, 'returnType') !== null;
}

const hasAnnotation = (node: SyntaxNode | null): boolean =>
  node !== null && child(node, 'typeAnnotation') !== null;
