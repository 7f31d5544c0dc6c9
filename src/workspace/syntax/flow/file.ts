import type { Bindings } from '../bindings.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';
import type { Cell, Value } from './values.ts';

/** The generator of one file: constraints for expressions, patterns and function bodies. */
export interface FileFlow {
  file: ParsedFile;
  bindings: Bindings;
  expression(node: SyntaxNode): Cell;
  /** Assigns what a cell holds to a pattern, declaring or not. */
  pattern(pattern: SyntaxNode, from: Cell): void;
  /** A `return` of the function being generated. */
  returned(cell: Cell): void;
  /** What `require(specifier)` gives; with `interop`, what a default import gives. */
  required(specifier: string, interop: boolean): Cell;
  /** Names of the members of what a cell holds. */
  keysOf(over: Cell, into: Cell): void;
  /** The `this` of the code being generated. */
  self(): Cell;
  superClass(): Cell | null;
  statement(node: SyntaxNode): void;
  /** The functions and class bodies being generated, innermost last. */
  frames: Frame[];
  /** A new place that holds one value. */
  valueCell(value: Value): Cell;
  /** A new place that holds what another holds, and may hold more. */
  flowInto(from: Cell): Cell;
}

/** A function or class body being generated. */
export interface Frame {
  /** Null for class fields and static blocks. */
  fn: SyntaxNode | null;
  returns: Cell;
  self: Cell;
  superClass: Cell | null;
}
