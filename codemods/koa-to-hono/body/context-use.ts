import { child, isMember, isTransparent, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { contextMember } from '../facts/context-names.ts';

/** One use of a context: which member of it is meant, and where that stands. */
export interface ContextUse {
  /** The name that stands for the context. */
  reference: SyntaxNode;
  /** `request.query`, `ctx.state`; `own.user` for what the application puts on it; null: the context itself, or a computed member. */
  member: string | null;
  /** The expression of the member, or the reference. */
  node: SyntaxNode;
}

/** What stands around a node, types and parentheses left out. */
export function around(
  work: FileWork,
  node: SyntaxNode,
): { node: SyntaxNode; parent: SyntaxNode | undefined } {
  let at = node;
  let parent = work.parents.get(at);
  while (parent !== undefined && isTransparent(parent)) {
    at = parent;
    parent = work.parents.get(at);
  }
  return { node: at, parent };
}

/** The member expression that reads a member of a node, and its name; null where none does. */
export function memberOn(work: FileWork, node: SyntaxNode): { node: SyntaxNode; name: string | null } | null {
  const { node: at, parent } = around(work, node);
  return isMember(parent) && child(parent, 'object') === at
    ? { node: parent, name: memberName(parent) }
    : null;
}

/**
 * What a reference to a context is used for.
 *
 * @param alias the member that the reference stands for, where it is not the context itself
 */
export function useOf(work: FileWork, reference: SyntaxNode, alias: string | null = null): ContextUse {
  const first = memberOn(work, reference);
  if (alias !== null) {
    const of = /^ctx\.(request|response)$/.exec(alias)?.[1];
    return of === undefined || first === null || first.name === null
      ? { reference, member: alias, node: reference }
      : { reference, member: `${of}.${first.name}`, node: first.node };
  }
  if (first === null || first.name === null) return { reference, member: null, node: reference };
  if (first.name !== 'request' && first.name !== 'response')
    return { reference, member: contextMember(first.name) ?? `own.${first.name}`, node: first.node };
  const second = memberOn(work, first.node);
  return second === null || second.name === null
    ? { reference, member: `ctx.${first.name}`, node: first.node }
    : { reference, member: `${first.name}.${second.name}`, node: second.node };
}
