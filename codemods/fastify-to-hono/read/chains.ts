import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import { child, isIdentifier, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parentsOf } from '../../../src/workspace/syntax/walk.ts';
import { isReply } from './markers.ts';

/** The reply that a chain of members and calls begins with; null for a chain of something else. */
export function replyOf(flow: Flow, member: SyntaxNode): SyntaxNode | null {
  let at = child(member, 'object');
  while (at !== null && (isMember(at) || at.type === 'CallExpression'))
    at = child(at, at.type === 'CallExpression' ? 'callee' : 'object');
  return isIdentifier(at) && isReply(flow, at) ? at : null;
}

/** Whether a chain of calls goes on to the answer: what it sets is for that one alone. */
export function endsChain(file: ParsedFile, call: SyntaxNode): boolean {
  const parents = parentsOf(file);
  for (let at = call; ; ) {
    const member = parents.get(at);
    const next = isMember(member) && member.object === at ? parents.get(member) : undefined;
    if (member === undefined || next?.type !== 'CallExpression') return false;
    if (/^(?:send|redirect)$/.test(memberName(member) ?? '')) return true;
    at = next;
  }
}
