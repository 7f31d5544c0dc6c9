import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Unit } from './work.ts';

/** A function that middleware puts in the place of a member of the response, to look at what is sent. */
export interface ReplacedAnswer {
  unit: Unit;
  by: 'json' | 'send' | 'end';
  /** `res.json = (body) => { … };` */
  statement: SyntaxNode;
  /** `const json = res.json.bind(res);` */
  kept: SyntaxNode;
  fn: SyntaxNode;
  /** What is sent, as the function names it; for `...args` the one name of all. */
  given: { parameters: SyntaxNode[]; bindings: Binding[]; isRest: boolean };
  /** The statements of the function but the one that sends it on; of `if (test) return json(body);` the test. */
  observed: SyntaxNode[];
  /** Those tests: where one holds, nothing behind it runs. */
  guards: SyntaxNode[];
  /** What is sent in place of what was given: `json({ data: body })`. Null where it is sent as it is. */
  instead: SyntaxNode | null;
  /** Whether all of them come before that one. */
  sendsLast: boolean;
  /** Uses of the response that go with the function. */
  uses: SyntaxNode[];
  /** Output: the statement `next();` that the observed statements stand behind. */
  next: SyntaxNode | null;
}
