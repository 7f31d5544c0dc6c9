import type { SyntaxNode } from '../../workspace/syntax/parse.ts';
import type { Look } from './look.ts';

export type Visit = (node: SyntaxNode, look: Look) => void;

/** The default export of `sources/<id>.ts`: what one source file shows by itself. */
export interface SourceRule {
  id: string;
  /** The kinds it may note; each has a row. */
  kinds: readonly string[];
  /** Only files with one of these words are looked at: a file without cannot show anything. */
  words: RegExp;
  /** Only TypeScript shows it. */
  typescript?: true;
  /** Called for the nodes of a type, by all rules in one walk. */
  visit: Readonly<Record<string, Visit>>;
}
