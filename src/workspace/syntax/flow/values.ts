import type { ParsedFile, SyntaxNode } from '../parse.ts';

/** Something an expression may evaluate to, identified by where it is made. */
export type Value =
  | FunctionValue
  | ClassValue
  | ObjectValue
  | ArrayValue
  | InstanceValue
  | ModuleValue
  | ExternalValue
  | TextValue
  | MarkerValue
  | UnknownValue;

interface Holder {
  /** Members that are known to be set, by name; `*` collects those whose name is not known, and array elements. */
  members: Map<string, Cell>;
  /** Values whose members show through: spreads, superclasses, re-exports. */
  parents: Cell;
}

export interface FunctionValue extends Holder {
  kind: 'function';
  file: ParsedFile;
  node: SyntaxNode;
  /** One cell a parameter position; `rest` is the position from which arguments collect in the last. */
  parameters: Cell[];
  returns: Cell;
  self: Cell;
  calls: CallSite[];
  /** For a function that a factory made: the call of the factory. Closures of one function share everything else. */
  madeBy: { file: ParsedFile; node: SyntaxNode } | null;
}

export interface ClassValue extends Holder {
  kind: 'class';
  file: ParsedFile;
  node: SyntaxNode;
  instance: InstanceValue;
  constructorFunction: FunctionValue | null;
}

export interface InstanceValue extends Holder {
  kind: 'instance';
  file: ParsedFile;
  /** The class or constructor function. */
  node: SyntaxNode;
}

export interface ObjectValue extends Holder {
  kind: 'object';
  file: ParsedFile;
  node: SyntaxNode;
}

export interface ArrayValue extends Holder {
  kind: 'array';
  file: ParsedFile;
  node: SyntaxNode;
}

export interface ModuleValue extends Holder {
  kind: 'module';
  path: string;
  /** What `module.exports = …`, `export =` assigned. */
  assigned: Cell;
}

/**
 * A value of a package, a Node builtin or the global object, named by how it is reached: `express` `['Router', '()']`
 * is what `express.Router()` returns. `calls` are the calls on the way, outermost last.
 */
export interface ExternalValue extends Holder {
  kind: 'external';
  origin: 'package' | 'builtin' | 'global';
  module: string;
  path: readonly string[];
  /** The value it was reached from; null for the module itself. */
  parent: ExternalValue | null;
  calls: readonly { file: ParsedFile; node: SyntaxNode }[];
  derived: Map<string | SyntaxNode, ExternalValue>;
  /** For a value that a function of the program makes anew at each call: the value as that function sees it. */
  copyOf: ExternalValue | null;
}

/** A string known at analysis time. */
export interface TextValue {
  kind: 'text';
  text: string;
}

/** A value introduced by the reader of the graph, such as "the request of an Express handler"; its member `()` is what a call of it gives. */
export interface MarkerValue extends Holder {
  kind: 'marker';
  name: string;
}

/** Some value that could not be followed: the set it stands in is incomplete. */
export interface UnknownValue {
  kind: 'unknown';
}

/** A call that is known to reach a function, and what it passes. `shift` is 1 for `fn.call(self, …)`. */
export interface CallSite {
  file: ParsedFile;
  node: SyntaxNode;
  how: 'call' | 'new' | 'call-method' | 'callback';
}

/**
 * A place that holds values: an expression, a binding, a member, a parameter, a return. It only ever holds more: a set of
 * several grows, one of a single value is shared by all places that hold just that, and gives way to another.
 */
export interface Cell {
  values: ReadonlySet<Value>;
  /** Where they flow to; most places have one. */
  targets: Cell | Set<Cell> | null;
  readers: ((value: Value) => void)[] | null;
  /** Values added but not yet passed on. */
  pending: Set<Value> | null;
}

/** Most places stay empty: they share one set until they hold something. */
const EMPTY: ReadonlySet<Value> = new Set();

export const newCell = (): Cell => ({ values: EMPTY, targets: null, readers: null, pending: null });

export const UNKNOWN: UnknownValue = { kind: 'unknown' };

export const holder = (): Holder => ({ members: new Map(), parents: newCell() });

export type HolderValue = Exclude<Value, TextValue | UnknownValue>;

export const isHolder = (value: Value): value is HolderValue =>
  value.kind !== 'text' && value.kind !== 'unknown';

/** Sets are cut off at these sizes; what is left out is reported as one unknown value. */
const LIMITS: Partial<Record<Value['kind'], number>> = {
  text: 30,
  object: 60,
  array: 30,
  instance: 30,
  external: 60,
};

/** Values passed on along edges, after which a place that is incomplete already takes up less: few programs need as many. */
const PATIENCE = 3_000_000;
/** What such a place takes up at the most: more would tell nobody more, as anything may stand there. */
const LEAST = 12;

/** Moves values along edges until nothing changes. Each reader sees each value of its cell once. */
export function createPropagator() {
  const queue: [Cell, Value][] = [];
  /** The set of a value that places share which hold nothing else. */
  const alone = new Map<Value, ReadonlySet<Value>>();
  let draining = false;
  let passed = 0;

  function drain(): void {
    if (draining) return;
    draining = true;
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [cell, value] = next;
      if (cell.pending?.delete(value) && cell.pending.size === 0) cell.pending = null;
      if (cell.targets instanceof Set) {
        passed += cell.targets.size;
        for (const target of cell.targets) add(target, value);
      } else if (cell.targets !== null) {
        passed += 1;
        add(cell.targets, value);
      }
      if (cell.readers !== null) for (const reader of [...cell.readers]) reader(value);
    }
    draining = false;
  }

  function add(cell: Cell, value: Value): void {
    if (cell.values.has(value)) return;
    const isImpatient = passed > PATIENCE && value !== UNKNOWN && cell.values.has(UNKNOWN);
    const limit = isImpatient ? LEAST : LIMITS[value.kind];
    if (limit !== undefined && cell.values.size >= limit) {
      if (!cell.values.has(UNKNOWN)) add(cell, UNKNOWN);
      return;
    }
    if (cell.values.size === 0) cell.values = justThat(value);
    else if (cell.values.size === 1) cell.values = new Set([...cell.values, value]);
    else (cell.values as Set<Value>).add(value);
    if (cell.targets === null && cell.readers === null) return;
    cell.pending ??= new Set();
    cell.pending.add(value);
    queue.push([cell, value]);
  }

  function justThat(value: Value): ReadonlySet<Value> {
    let set = alone.get(value);
    if (set === undefined) {
      set = new Set([value]);
      alone.set(value, set);
    }
    return set;
  }

  function flow(from: Cell, to: Cell): void {
    if (from === to) return;
    if (from.targets === to) return;
    if (from.targets === null) from.targets = to;
    else if (from.targets instanceof Set) {
      if (from.targets.has(to)) return;
      from.targets.add(to);
    } else from.targets = new Set([from.targets, to]);
    for (const value of [...from.values]) if (!from.pending?.has(value)) add(to, value);
  }

  function read(cell: Cell, reader: (value: Value) => void): void {
    cell.readers ??= [];
    cell.readers.push(reader);
    for (const value of [...cell.values]) if (!cell.pending?.has(value)) reader(value);
  }

  return { add, flow, read, drain };
}

export type Propagator = ReturnType<typeof createPropagator>;
