import type { ParsedFile, SyntaxNode } from './parse.ts';
import type { Part } from './part.ts';
import { collect } from './scopes/builder.ts';
import { type Binding, lookup, lookupType, type Reference, type Scope } from './scopes/scopes.ts';
import type { Collected } from './scopes/table.ts';
import { parentsOf } from './walk.ts';

export type { Binding, BindingKind, Reference, Scope, ScopeKind } from './scopes/scopes.ts';
export { freshName, lookup, scopesWithin } from './scopes/scopes.ts';

/** Names of one file, resolved by the scope rules of ECMAScript and TypeScript. */
export interface Bindings {
  /** The scope of the whole file. */
  module: Scope;
  bindings: readonly Binding[];
  /** Uses of names that the file does not declare: `require`, `process`, `module`. */
  globals: readonly Reference[];
  /** The binding that an identifier declares or refers to; null for globals and for names that are no references. */
  bindingOf(identifier: SyntaxNode): Binding | null;
  /** The use that an identifier is; null for declarations, property names and labels. */
  referenceOf(identifier: SyntaxNode): Reference | null;
  /** The innermost scope that a node lies in; for a node that opens a scope, that scope. */
  scopeOf(node: SyntaxNode): Scope;
  /** Whether an identifier's meaning may change at run time (`with`, direct `eval`). */
  isDynamic(identifier: SyntaxNode): boolean;
}

const resolved = new WeakMap<ParsedFile, Bindings>();

/** Resolves every name of a file to its declaration; computed once a file. */
export function resolveBindings(file: ParsedFile): Bindings {
  const known = resolved.get(file);
  if (known !== undefined) return known;
  const result = resolve(file, collect(file));
  resolved.set(file, result);
  return result;
}

/** The names of a file where they were resolved already; null where that would be done now. */
export const resolvedBindings = (file: ParsedFile): Bindings | null => resolved.get(file) ?? null;

/** The same for a part of a file: right for the names it was made for, and silent on others. Not kept. */
export const resolvePart = (file: ParsedFile, { holds }: Part): Bindings =>
  resolve(file, collect(file, holds));

function resolve(file: ParsedFile, collected: Collected): Bindings {
  const { module, scopes, references, declared, bindings } = collected;
  const byNode = new Map<SyntaxNode, Reference>();
  const globals: Reference[] = [];
  for (const reference of references) {
    byNode.set(reference.node, reference);
    const name = String(reference.node.name);
    const binding =
      declared.get(reference.node) ??
      (reference.type ? lookupType(reference.scope, name) : lookup(reference.scope, name));
    if (binding === null) globals.push(reference);
    else {
      binding.references.push(reference);
      reference.binding = binding;
    }
  }
  const scopeOf = (node: SyntaxNode): Scope => {
    const parents = parentsOf(file);
    for (let at: SyntaxNode | undefined = node; at !== undefined; at = parents.get(at)) {
      const scope = scopes.get(at);
      if (scope !== undefined) return scope;
    }
    return module;
  };
  return {
    module,
    bindings,
    globals,
    bindingOf: (identifier) => byNode.get(identifier)?.binding ?? declared.get(identifier) ?? null,
    referenceOf: (identifier) => byNode.get(identifier) ?? null,
    scopeOf,
    isDynamic: (identifier) => {
      const name = String(identifier.name);
      for (let at: Scope | null = byNode.get(identifier)?.scope ?? scopeOf(identifier); at; at = at.parent) {
        if (at.dynamic) return true;
        if (at.bindings.has(name)) return false;
      }
      return false;
    },
  };
}
