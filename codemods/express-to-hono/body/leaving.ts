import { isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import { nextCall } from '../facts/answers/shapes.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Frame } from './frame.ts';

/** Whether a statement is `next()`, which is awaited: a `return` behind it stays. */
export const endsWithNext = (conversion: Conversion, frame: Frame, statement: SyntaxNode): boolean =>
  frame.awaits && statement.type === 'ExpressionStatement' && nextCall(conversion, statement) !== null;

/** Statements without the lone semicolons among them: `if (…) { … };` is two statements. */
export const withoutEmpty = (statements: readonly SyntaxNode[]): SyntaxNode[] =>
  statements.filter(({ type }) => type !== 'EmptyStatement');

/** The `return` statements of a function that a statement holds. */
export const returnsIn = (statement: SyntaxNode): SyntaxNode[] => endsIn(statement, /^ReturnStatement$/);

/** Whether a statement may leave the function: what is thrown would take the place of an answer that Express has sent. */
export const leavesWithin = (statement: SyntaxNode): boolean =>
  endsIn(statement, /^(Return|Throw)Statement$/).length > 0;

/** Whether the function waits in a statement for something. */
export const waitsWithin = (statement: SyntaxNode): boolean =>
  endsIn(statement, /^AwaitExpression$/).length > 0 ||
  endsIn(statement, /^ForOfStatement$/).some((loop) => loop.await === true);

function endsIn(statement: SyntaxNode, ends: RegExp): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walk(statement, {
    enter(node) {
      if (isFunction(node)) return 'skip';
      if (ends.test(node.type)) found.push(node);
      return undefined;
    },
  });
  return found;
}
