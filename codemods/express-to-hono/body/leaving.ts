import { isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import { nextCall } from '../facts/answers/shapes.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

/** Whether a statement is `next()`, which is awaited: a `return` behind it stays. */
export const endsWithNext = (conversion: Conversion, frame: Frame, statement: SyntaxNode): boolean =>
  frame.awaits && statement.type === 'ExpressionStatement' && nextCall(conversion, statement) !== null;

/** Whether a statement may leave the function by itself. */
export const returnsWithin = (statement: SyntaxNode): boolean => endsIn(statement, /^ReturnStatement$/);

/** The same, where what is thrown would take the place of an answer that Express has sent. */
export const leavesWithin = (statement: SyntaxNode): boolean =>
  endsIn(statement, /^(Return|Throw)Statement$/);

function endsIn(statement: SyntaxNode, ends: RegExp): boolean {
  let found = false;
  walk(statement, {
    enter(node) {
      if (isFunction(node)) return 'skip';
      if (ends.test(node.type)) found = true;
      return undefined;
    },
  });
  return found;
}
