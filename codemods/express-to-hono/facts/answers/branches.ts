import { child, children, isFunction, isIdentifier, unwrap } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';

type Parents = ReadonlyMap<SyntaxNode, SyntaxNode>;

export const isAround = (outer: SyntaxNode, node: SyntaxNode): boolean =>
  outer.start <= node.start && node.end <= outer.end;

/** Whether two places of a function are on different branches of a condition. */
export function areApart(parents: Parents, fn: SyntaxNode, one: SyntaxNode, other: SyntaxNode): boolean {
  for (let up = parents.get(one); up !== undefined && up !== fn; up = parents.get(up)) {
    if (!isAround(up, other)) continue;
    const branches = ['consequent', 'alternate'].map((name) => child(up as SyntaxNode, name));
    const of = (node: SyntaxNode) => branches.findIndex((each) => each !== null && isAround(each, node));
    return (
      /^(IfStatement|ConditionalExpression)$/.test(up.type) &&
      of(one) >= 0 &&
      of(other) >= 0 &&
      of(one) !== of(other)
    );
  }
  return false;
}

/** Whether a function is left with what stands here. */
export function isReturned(parents: Parents, fn: SyntaxNode, node: SyntaxNode): boolean {
  for (let up = parents.get(node); up !== undefined && up !== fn; up = parents.get(up)) {
    if (up.type === 'ReturnStatement') return true;
    if (up.type !== 'ExpressionStatement') continue;
    const around = parents.get(up);
    const list = around?.type === 'BlockStatement' ? children(around, 'body') : [];
    if (returnsNothing(list[list.indexOf(up) + 1])) return true;
  }
  return false;
}

/** Whether a function is left right after `one`, under a condition, before what stands at `other` further down runs. */
export function isLeftBefore(parents: Parents, fn: SyntaxNode, one: SyntaxNode, other: SyntaxNode): boolean {
  if (other.start < one.end || !isReturned(parents, fn, one)) return false;
  const outer: SyntaxNode[] = [];
  for (let up = parents.get(one); up !== undefined && up !== fn; up = parents.get(up)) outer.push(up);
  // In a loop the other may have run before; a `catch` or `finally` runs all the same.
  if (
    !outer.every(({ type }) =>
      /^(ExpressionStatement|ReturnStatement|BlockStatement|IfStatement)$/.test(type),
    )
  )
    return false;
  let around = parents.get(other);
  while (around !== undefined && !isFunction(around)) around = parents.get(around);
  return around === fn && outer.find((up) => isAround(up, other))?.type === 'BlockStatement';
}

/** `return;`, or one that gives nothing back: `return undefined;`. */
export function returnsNothing(statement: SyntaxNode | undefined): boolean {
  if (statement?.type !== 'ReturnStatement') return false;
  const argument = child(statement, 'argument');
  const value = argument === null ? null : unwrap(argument);
  return (
    value === null ||
    isIdentifier(value, 'undefined') ||
    (value.type === 'Literal' && value.raw === 'null') ||
    (value.type === 'UnaryExpression' &&
      value.operator === 'void' &&
      child(value, 'argument')?.type === 'Literal')
  );
}
