import type { ArrowFunctionExpression, ASTPath, FunctionExpression, ThisExpression } from 'jscodeshift';
import { spanOf } from '../shared/transform/source.ts';
import type { Work } from '../shared/transform/work.ts';

export type TestFunction = FunctionExpression | ArrowFunctionExpression;

export const isFunction = (node: { type: string } | null | undefined): node is TestFunction =>
  node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';

/** Each `this` that is a function's own: inner functions have another one. */
export function ownThis(work: Work, fn: TestFunction): ASTPath<ThisExpression>[] {
  if (fn.type === 'ArrowFunctionExpression') return [];
  return work
    .j(fn)
    .find(work.j.ThisExpression)
    .paths()
    .filter((path) => holderOf(path) === fn);
}

/** The function whose `this` stands at a place. */
function holderOf(path: ASTPath): unknown {
  for (let above = path.parent as ASTPath | null; above; above = above.parent as ASTPath | null) {
    const { type } = above.node;
    if (/^(?:FunctionExpression|FunctionDeclaration|ObjectMethod|ClassMethod|ClassPrivateMethod)$/.test(type))
      return above.node;
    if (/^(?:ClassProperty|ClassPrivateProperty|StaticBlock)$/.test(type)) return null;
  }
  return null;
}

/** The innermost function around a place, whatever kind it is; null at the top of the file. */
export function functionAround(path: ASTPath): object | null {
  for (let above = path.parent as ASTPath | null; above; above = above.parent as ASTPath | null)
    if (/Function|Method$/.test(above.node.type)) return above.node;
  return null;
}

/** Where the parentheses of a function without parameters stand; null where they do not stand alone. */
export function emptyParameters(work: Work, fn: TestFunction): { start: number; end: number } | null {
  const name = fn.type === 'FunctionExpression' ? fn.id : null;
  const from = name ? spanOf(name).end : spanOf(fn).start;
  const found = /^(?:async\b)?\s*(?:function\b)?\s*\(\s*\)/.exec(
    work.text.slice(from, spanOf(fn.body).start),
  );
  if (!found) return null;
  const end = from + found[0].length;
  return { start: work.text.lastIndexOf('(', end), end };
}
