import { child, children, field } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../edit/draft.ts';
import { unwrapBlock } from '../edit/emit.ts';
import { headersSentRoot } from '../facts/answers/shapes.ts';
import { isStream } from '../facts/answers/stream-operations.ts';
import { type Conversion, claim, replace } from '../state/conversion.ts';
import { convertBranch, type Flow, type Frame } from './frame.ts';

/**
 * `if (!res.headersSent) res.status(500).json(…)`: on a path that has not answered nothing has been sent, so the answer
 * stands alone.
 *
 * @returns null when the statement is another one, or something may have been sent before it
 */
export function convertUnsentGuard(
  conversion: Conversion,
  frame: Frame,
  node: SyntaxNode,
  tail: boolean,
): Flow | null {
  const { unit } = frame;
  const test = child(node, 'test');
  const yes = child(node, 'consequent');
  const negated = test?.type === 'UnaryExpression' && field(test, 'operator') === '!';
  const root = negated ? headersSentRoot(conversion, child(test, 'argument')) : null;
  if (root === null || yes === null || child(node, 'alternate') !== null) return null;
  if (unit.goesOn || isStream(unit) || !unit.answering.has(yes)) return null;
  claim(conversion, root);
  const list = yes.type === 'BlockStatement' ? children(yes, 'body') : [];
  if (list.length > 0 && !list.some(({ type }) => /Declaration$/.test(type)))
    unwrapBlock(conversion, unit.work, node, yes, 'errors/headers-sent');
  else replace(conversion, unit.work, range(node, node.start, yes.start), [''], 'errors/headers-sent');
  return convertBranch(conversion, frame, yes, tail);
}
