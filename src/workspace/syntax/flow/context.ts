import type { Modules } from '../modules.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';
import type { Binding } from '../scopes/scopes.ts';
import type {
  Cell,
  ExternalValue,
  FunctionValue,
  InstanceValue,
  MarkerValue,
  ModuleValue,
  TextValue,
  UnknownValue,
  Value,
} from './values.ts';

/** A call whose callee is a package, builtin, global, marker or unknown: what its arguments hold is for the reader to judge. */
export interface ExternalCall {
  callee: ExternalValue | MarkerValue | UnknownValue;
  file: ParsedFile;
  node: SyntaxNode;
  arguments: readonly Cell[];
}

export interface Call {
  file: ParsedFile;
  node: SyntaxNode;
  callee: Cell;
  arguments: readonly Cell[];
}

/**
 * Where values go in a program: an inclusion-based points-to analysis (Andersen 1994), members kept apart by name,
 * calls not kept apart by call site. A set without an unknown value is complete under the usual reading of the code
 * (no `eval`, no reflection).
 */
export interface Flow {
  modules: Modules;
  /**
   * Analyses a file and those of its imports that `admit` lets in; no effect for a file that is known already or does
   * not parse. What comes from an import left out is an empty set.
   */
  include(path: string): void;
  /** Imported files that were left out so far. */
  leftOut: ReadonlySet<string>;
  /** Makes every choice between alternatives (`a || b`) incomplete of which one has no known value. Call when done. */
  close(): void;
  /** Files analysed so far. */
  files: ReadonlyMap<string, ParsedFile>;
  /** Everything an expression, a declaring identifier or a pattern may hold; `unknown` marks an incomplete answer. */
  valuesOf(node: SyntaxNode): readonly Value[];
  /** The place of an expression or declaring identifier, or null when the file was not analysed. */
  cellOf(node: SyntaxNode): Cell | null;
  /** The value that a function or class node makes. */
  functionOf(node: SyntaxNode): FunctionValue | null;
  functions(): Iterable<FunctionValue>;
  externalCalls: readonly ExternalCall[];
  /** Every call and `new` analysed; a callee without values could not be followed. */
  calls: readonly Call[];
  /** Calls that give what they are given: wrappers of handlers. */
  passing: Map<SyntaxNode, ParsedFile>;
  /** Every expression and declared name analysed in a file, with its place. */
  expressionsIn(file: ParsedFile): readonly (readonly [SyntaxNode, Cell])[];
  /** The same one by one, those that hold something alone; no list is made. */
  eachHolding(file: ParsedFile, visit: (node: SyntaxNode, cell: Cell) => void): void;
  /** Calls back for each call of something outside the program, those to come included. */
  onExternalCall(reader: (call: ExternalCall) => void): void;
  /** The global object: what undeclared names are, and what the program makes of them. */
  readonly globals: ExternalValue;
  /** The first place that gets the global object itself: what the program keeps there may then be used anywhere. */
  readonly globalsAt: { file: ParsedFile; node: SyntaxNode } | null;
  marker(name: string): MarkerValue;
  /** What a file gives to those who load it; takes the file in. */
  moduleOf(path: string): ModuleValue;
  add(cell: Cell, value: Value): void;
  flow(from: Cell, to: Cell): void;
  read(cell: Cell, reader: (value: Value) => void): void;
  /** Runs until nothing changes. */
  settle(): void;
  memberOf(value: Value, name: string): Cell;
  /** Makes a member of a value hold another value. */
  setMember(value: Value, name: string, held: Value): void;
  /** All elements of an array or all members of an object. */
  elementsOf(value: Value): Cell;
}

/** What the generators of constraints share. */
export interface FlowContext extends Flow {
  cells: Map<SyntaxNode, Cell>;
  /** Gives a node its place. */
  place(file: ParsedFile, node: SyntaxNode, cell: Cell): void;
  calls: Call[];
  /** Alternatives and the place they join in. */
  joins: (readonly [Cell, Cell])[];
  functionValues: Map<SyntaxNode, FunctionValue>;
  instances: Map<SyntaxNode, InstanceValue>;
  /** The function that a function is written in. */
  factories: Map<SyntaxNode, SyntaxNode>;
  /** What a function gives at one call: functions it makes itself become closures of that call. */
  returnTo(fn: FunctionValue, file: ParsedFile, call: SyntaxNode, into: Cell): void;
  bindingCell(binding: Binding): Cell;
  readMember(value: Value, name: string, into: Cell): void;
  writeMember(value: Value, name: string, from: Cell): void;
  text(text: string): TextValue;
  /** Something gets the global object itself. */
  handOutGlobals(file: ParsedFile, node: SyntaxNode): void;
  externalRoot(origin: ExternalValue['origin'], module: string): ExternalValue;
  externalMember(value: ExternalValue, name: string): ExternalValue;
  externalCall(value: ExternalValue, file: ParsedFile, node: SyntaxNode): ExternalValue | null;
  /** What a package's class gives those that extend it, where the reader follows that. */
  baseOf(value: ExternalValue, file: ParsedFile, node: SyntaxNode): ExternalValue | null;
  reportExternal(call: ExternalCall): void;
  /** Whether a call of a value gives what it is given. */
  passesOn(value: Value): boolean;
  /** Rewrites what a package call returns: Express methods return their app. */
  normalise(value: ExternalValue, node: SyntaxNode): ExternalValue | null;
}
