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
  const named = parametersOf(fn.node).map((parameter, index) => ({
    target: patternTarget(parameter),
    role: fn.roles[index],
  }));
  return [...named, ...fn.takenOut].flatMap(({ target, role: own }) => {
    if (own !== role || !isIdentifier(target)) return [];
    return (work.bindings.bindingOf(target)?.references ?? []).map(({ node }) => node);
  });
}

/** `req.session.user` of its part `req.session`. */
export function wholePath(work: FileWork, member: SyntaxNode): SyntaxNode {
  const up = work.parents.get(member);
  return isMember(up) && child(up, 'object') === member ? wholePath(work, up) : member;
}
