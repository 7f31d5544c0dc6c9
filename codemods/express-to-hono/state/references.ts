import type { ExpressFunction } from '../../../src/workspace/express/program.ts';
import {
  child,
  isIdentifier,
  isMember,
  parametersOf,
  patternTarget,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from './work.ts';

/** Every place that names the request, the response or `next` of a function. */
export function referencesOf(
  work: FileWork,
  fn: ExpressFunction,
  role: 'req' | 'res' | 'next',
): SyntaxNode[] {
  return parametersOf(fn.node).flatMap((parameter, index) => {
    const target = patternTarget(parameter);
    if (fn.roles[index] !== role || !isIdentifier(target)) return [];
    return (work.bindings.bindingOf(target)?.references ?? []).map(({ node }) => node);
  });
}

/** `req.session.user` of its part `req.session`. */
export function wholePath(work: FileWork, member: SyntaxNode): SyntaxNode {
  const up = work.parents.get(member);
  return isMember(up) && child(up, 'object') === member ? wholePath(work, up) : member;
}
