import { argumentsOf, literalText } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';

/** `route` or `router` for `next('route')` and `next('router')`. */
export function skipOf(call: SyntaxNode): 'route' | 'router' | null {
  const args = argumentsOf(call);
  const text = args.length === 1 ? literalText(args[0]) : null;
  return text === 'route' || text === 'router' ? text : null;
}
