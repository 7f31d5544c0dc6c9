import type { SyntaxNode } from '../parse.ts';

export type ScopeKind =
  | 'module'
  /** A function's parameters, when a default or pattern expression gives them a scope of their own. */
  | 'parameters'
  | 'function'
  /** Holds the name of a named function or class expression. */
  | 'name'
  | 'block'
  | 'for'
  | 'switch'
  | 'catch'
  | 'class'
  | 'static-block'
  | 'with'
  | 'namespace'
  | 'enum'
  /** Type parameters of an interface, alias or function type. */
  | 'type';

export type BindingKind =
  | 'var'
  | 'let'
  | 'const'
  | 'using'
  | 'function'
  | 'class'
  | 'parameter'
  | 'catch'
  | 'import'
  | 'enum'
  | 'namespace'
  | 'type';

/** One use of a binding. `x += 1` and `x++` read and write; a second `var x = 1` writes. */
export interface Reference {
  node: SyntaxNode;
  read: boolean;
  write: boolean;
  /** Used in a type position only (`typeof x` in a type, a class as a type). */
  type: boolean;
  scope: Scope;
  /** What it refers to; null for a global, and until the whole file was read. */
  binding: Binding | null;
}

export interface Binding {
  name: string;
  kind: BindingKind;
  /** The declaring identifier. */
  node: SyntaxNode;
  /** The declarator, function, class, import specifier, parameter or catch clause that declares it. */
  declaration: SyntaxNode;
  /** Every declaring identifier: more than one for repeated `var`, overloads and merged interfaces. */
  declarations: SyntaxNode[];
  scope: Scope;
  /** `import type`, `import { type x }`, an interface or type alias. */
  typeOnly: boolean;
  references: Reference[];
}

export interface Scope {
  kind: ScopeKind;
  node: SyntaxNode;
  parent: Scope | null;
  children: Scope[];
  bindings: Map<string, Binding>;
  /** Names that exist in types only. */
  types: Map<string, Binding>;
  /** Uses written directly in this scope, resolved or not. */
  references: Reference[];
  /** Names may be reached or added at run time: a direct `eval` can see this scope, or a `with` encloses it. */
  dynamic: boolean;
}

/** Scopes that hold `var` declarations. */
export const HOISTS: ReadonlySet<ScopeKind> = new Set(['module', 'function', 'static-block', 'namespace']);

/** The scope and all scopes inside it. */
export function* scopesWithin(scope: Scope): Generator<Scope> {
  yield scope;
  for (const inner of scope.children) yield* scopesWithin(inner);
}

/** Words that no binding may be called in any kind of code. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null package ' +
    'private protected public return static super switch this throw true try typeof undefined var void while ' +
    'with yield'
  ).split(' '),
);

/**
 * A name like `base` that can be declared in `scope` without capturing or being captured: nothing in the scope or in
 * scopes inside it declares it or refers to it. `taken` holds names promised to edits not yet applied.
 */
export function freshName(scope: Scope, base: string, taken: ReadonlySet<string> = new Set()): string {
  const used = new Set(taken);
  for (const inner of scopesWithin(scope)) {
    for (const name of inner.bindings.keys()) used.add(name);
    for (const name of inner.types.keys()) used.add(name);
    for (const { node } of inner.references) used.add(String(node.name));
  }
  for (let up = scope.parent; up !== null && up.kind === 'parameters'; up = up.parent) {
    for (const name of up.bindings.keys()) used.add(name);
  }
  const isFree = (name: string) => !used.has(name) && !RESERVED.has(name);
  if (isFree(base)) return base;
  for (let count = 2; ; count += 1) if (isFree(`${base}${count}`)) return `${base}${count}`;
}

/** Looks a value name up from a scope outwards; null for a global. */
export function lookup(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = at.bindings.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** Looks a name up as a type: type names first, then values that are types as well (classes, enums, imports). */
export function lookupType(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = at.types.get(name) ?? at.bindings.get(name);
    if (found !== undefined) return found;
  }
  return null;
}
