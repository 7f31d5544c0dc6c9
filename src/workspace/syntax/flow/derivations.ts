import type { ParsedFile, SyntaxNode } from '../parse.ts';
import { enclosingFunction } from '../walk.ts';
import { type ExternalValue, type FunctionValue, holder, type Value } from './values.ts';

/**
 * Members of packages are followed to this depth: `passport.authenticate()`, `multer().single()`. What is farther down a
 * chain (`body('x').isEmail().trim().…`) is the value at that depth.
 */
export const DEEPEST_EXTERNAL = 6;

/**
 * Values that come of other values, each made once: members and results of packages, functions that a function
 * returns, and what factories make.
 */
export function createDerivations(isFresh?: (value: ExternalValue) => boolean) {
  /** The member of a package's value, or what a call of it returns: one value for each name and each call. */
  function derive(
    value: ExternalValue,
    key: string | SyntaxNode,
    step: string,
    call: { file: ParsedFile; node: SyntaxNode } | null,
  ): ExternalValue {
    let derived = value.derived.get(key);
    if (derived === undefined) {
      derived = {
        kind: 'external',
        origin: value.origin,
        module: value.module,
        path: [...value.path, step],
        parent: value,
        calls: call === null ? value.calls : [...value.calls, call],
        derived: new Map(),
        copyOf: null,
        ...holder(),
      };
      value.derived.set(key, derived);
    }
    return derived;
  }

  /** The default member of a package is the package itself. */
  const externalMember = (value: ExternalValue, name: string): ExternalValue =>
    name === 'default' && value.path.length === 0 ? value : derive(value, name, name, null);

  const closures = new Map<SyntaxNode, Map<SyntaxNode, FunctionValue>>();
  function closure(fn: FunctionValue, file: ParsedFile, node: SyntaxNode): FunctionValue {
    let known = closures.get(fn.node);
    if (known === undefined) {
      known = new Map();
      closures.set(fn.node, known);
    }
    let made = known.get(node);
    if (made === undefined) {
      made = { ...fn, madeBy: { file, node } };
      known.set(node, made);
    }
    return made;
  }

  const copies = new Map<ExternalValue, Map<SyntaxNode, ExternalValue>>();
  /** What a factory makes with a package is another value at each of its calls, if the reader tells them apart. */
  function copyAt(fn: FunctionValue, value: Value, call: SyntaxNode): Value {
    if (value.kind !== 'external' || value.copyOf !== null || isFresh?.(value) !== true) return value;
    const made = value.calls.at(-1);
    if (made === undefined || enclosingFunction(made.file, made.node) !== fn.node) return value;
    const known = copies.get(value) ?? new Map<SyntaxNode, ExternalValue>();
    copies.set(value, known);
    const copy = known.get(call) ?? { ...value, derived: new Map(), copyOf: value };
    known.set(call, copy);
    return copy;
  }

  return { derive, externalMember, closure, copyAt };
}
