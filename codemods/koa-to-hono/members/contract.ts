import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import type { ContextUse } from '../body/context-use.ts';
import type { Conversion } from '../state/conversion.ts';

/** A use of a member, and in what function. */
export interface Use extends ContextUse {
  cv: Conversion;
  work: FileWork;
  /** The name of Hono's context there. */
  c: string;
  /** The response may be there already: the use may stand after `await next()`. */
  isAfterNext: boolean;
}

/** What stands in place of a node afterwards. */
export interface Replacement {
  node: SyntaxNode;
  parts: readonly Part[];
}

/** What a use becomes, or why it has no rule. */
export type Rule = (use: Use) => Replacement | string;
