import type { ASTPath, CallExpression, Identifier } from 'jscodeshift';
import { type Loading, OTHER_WORDS, type OtherLoading } from './loadings.ts';
import type { Work } from './work.ts';

/** How a name is used: the members that are read of it, one after the other, and the call of the last. */
export interface Use<Node = Identifier> {
  node: Node;
  members: string[];
  /** The name with its members. */
  whole: ASTPath;
  /** Null where it is not called: it is handed on. */
  call: ASTPath<CallExpression> | null;
}

/** Follows a name, or another expression, through the members that are read of it. */
export function useAt<Node>(path: ASTPath<Node>): Use<Node> {
  const members: string[] = [];
  let whole: ASTPath = path as ASTPath;
  for (;;) {
    const above = whole.parent as ASTPath;
    const { node } = above;
    if (node.type !== 'MemberExpression' || node.object !== whole.node || node.computed) break;
    if (node.property.type !== 'Identifier') break;
    members.push(node.property.name);
    whole = above;
  }
  const above = whole.parent as ASTPath;
  const isCalled = above.node.type === 'CallExpression' && above.node.callee === whole.node;
  return { node: path.node, members, whole, call: isCalled ? (above as ASTPath<CallExpression>) : null };
}

/** Each use of each name that a declaration takes, its own exported name in front of the members. */
export function usesOf(work: Work, loading: Loading): (Use & { from: string })[] {
  return loading.names.flatMap(({ imported, binding }) =>
    work.usesOf(binding).map((path) => ({ ...useAt(path), from: imported })),
  );
}

/** Names every place where a module is loaded otherwise than by a declaration. */
export function leaveOthers(work: Work, others: readonly OtherLoading[]): void {
  for (const { kind, specifier } of others)
    work.leave(
      specifier,
      kind === 'comments' ? kind : 'form',
      `\`${specifier.value}\` stays: ${OTHER_WORDS[kind]}`,
    );
}

/** Whether nothing reads the value of an expression: it is a statement, `await`ed or not. */
export function isUnread(path: ASTPath): boolean {
  const above = path.parent as ASTPath;
  return above.node.type === 'ExpressionStatement';
}
