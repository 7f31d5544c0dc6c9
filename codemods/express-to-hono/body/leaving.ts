import { isFunction } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import type { Frame } from './frame.ts';

export const endsWithNext = (frame: Frame, statement: SyntaxNode): boolean => {
  const { work } = frame.unit;
  return (
    frame.awaits && /^\s*next\b|^(await )?\w+\(\)/.test(work.file.text.slice(statement.start, statement.end))
  );
};

/** The `return` statements of a function that a statement holds. */
export const returnsIn = (statement: SyntaxNode): SyntaxNode[] => endsIn(statement, /^ReturnStatement$/);

/** Whether a statement may leave the function: what is thrown would take the place of an answer that Express has sent. */
export const leavesWithin = (statement: SyntaxNode): boolean =>
  endsIn(statement, /^(Return|Throw)Statement$/).length > 0;

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
