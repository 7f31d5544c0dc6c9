import type { Binding } from '../../../src/workspace/syntax/bindings.ts';
import { children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import type { Conversion, Unit } from '../state/conversion.ts';

/**
 * How to go on inside what is being read. Statements hold expressions, expressions functions and functions statements:
 * `flow.ts` hands this down with each frame, so that none of the files that read one kind needs to know the others.
 */
export interface Reading {
  /** Statements in order. `tail`: after the last one the function ends. */
  list(conversion: Conversion, frame: Frame, statements: readonly SyntaxNode[], tail: boolean): Flow;
  /** The body of the frame's function. */
  body(conversion: Conversion, frame: Frame): Flow;
  /** Another function, which is only judged. */
  answers(conversion: Conversion, unit: Unit): Answers;
}

/** Where the statements being read stand: in which function, and how an answer leaves it. */
export interface Frame {
  reading: Reading;
  unit: Unit;
  /** The function whose statements are read: the unit's own or one inside it. */
  fn: SyntaxNode;
  /** In a callback answers are handed to `resolve` and errors to `reject`; null where they are returned and thrown. */
  settle: { resolve: string; reject: string; rejects: boolean } | null;
  /** A `catch` around answers errors itself, so `next(err)` must go past it. */
  guarded: boolean;
  /** Functions declared inside the unit that always answer. */
  closures: ReadonlySet<Binding>;
  /** Ends of paths that did not answer. */
  open: SyntaxNode[];
  /** Lines that follow a `next()` statement once it is awaited. */
  afterNext: Map<SyntaxNode, Part[][]>;
  /** While code behind a statement goes on in this function, its answers are kept in a variable; a promise needs none. */
  kept: { fn: SyntaxNode; name: string } | null;
  /** Output: the function waits for `next()`. */
  awaits: boolean;
}

/** What keeps the answers of the function that is read, where one does. */
export const keptIn = ({ kept, fn }: Frame): Frame['kept'] => (kept?.fn === fn ? kept : null);

/** What happens on the paths through some statements: one may go on unanswered, one may answer. */
export interface Flow {
  falls: boolean;
  answers: boolean;
}

export type Answers = 'always' | 'never' | 'sometimes';

/** Whether some path through the function ends without an answer. */
export const hasOpenPath = (flow: Flow, frame: Frame): boolean => flow.falls || frame.open.length > 0;

/** Reads one side of an `if`, or the body of a loop: a block, or the one statement that stands for it. */
export const convertBranch = (conversion: Conversion, frame: Frame, node: SyntaxNode, tail: boolean): Flow =>
  frame.reading.list(
    conversion,
    frame,
    node.type === 'BlockStatement' ? children(node, 'body') : [node],
    tail,
  );

/** A statement that answered by `next()` and lets the code after it run. */
export const CONTINUES: Flow = { falls: true, answers: true };
