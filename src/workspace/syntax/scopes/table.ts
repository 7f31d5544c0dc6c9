import { field } from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';
import type { Binding, BindingKind, Reference, Scope, ScopeKind } from './scopes.ts';

/** Everything that was declared and used in a file. */
export interface Collected {
  module: Scope;
  scopes: Map<SyntaxNode, Scope>;
  references: Reference[];
  /** Declaring identifiers; a repeated `var x = 1` is in here and a reference as well. */
  declared: Map<SyntaxNode, Binding>;
  bindings: Binding[];
}

export interface Use {
  read: boolean;
  write: boolean;
}
export const READ: Use = { read: true, write: false };
export const WRITE: Use = { read: false, write: true };
export const READ_WRITE: Use = { read: true, write: true };

/** What most scopes hold of either kind of names: they share one table until they hold something. */
const NO_NAMES: Map<string, Binding> = new Map();

/** Puts a binding among the names of a scope. */
export function nameIn(scope: Scope, which: 'bindings' | 'types', binding: Binding): void {
  if (scope[which] === NO_NAMES) scope[which] = new Map();
  scope[which].set(binding.name, binding);
}

/** The growing tables of one file, and the three ways to add to them. */
export function createScopeTable() {
  const scopes = new Map<SyntaxNode, Scope>();
  const references: Reference[] = [];
  const declared = new Map<SyntaxNode, Binding>();
  const bindings: Binding[] = [];
  function open(kind: ScopeKind, node: SyntaxNode, parent: Scope | null): Scope {
    const scope: Scope = {
      kind,
      node,
      parent,
      children: [],
      bindings: NO_NAMES,
      types: NO_NAMES,
      references: [],
      dynamic: parent !== null && (parent.kind === 'with' || parent.dynamic) && insideWith(parent),
    };
    parent?.children.push(scope);
    scopes.set(node, scope);
    return scope;
  }

  function declare(
    scope: Scope,
    id: SyntaxNode,
    kind: BindingKind,
    declaration: SyntaxNode,
    options: { typeOnly?: boolean; initialised?: boolean } = {},
  ): Binding {
    const name = field(id, 'name');
    const names = kind === 'type' ? scope.types : scope.bindings;
    const existing = names.get(name);
    if (existing !== undefined) {
      existing.declarations.push(id);
      declared.set(id, existing);
      if (options.initialised === true) use(id, scope, WRITE);
      if (kind === 'function' && existing.declaration.type === 'TSDeclareFunction') {
        existing.node = id;
        existing.declaration = declaration;
      }
      return existing;
    }
    const binding: Binding = {
      name,
      kind,
      node: id,
      declaration,
      declarations: [id],
      scope,
      typeOnly: options.typeOnly ?? kind === 'type',
      references: [],
    };
    nameIn(scope, kind === 'type' ? 'types' : 'bindings', binding);
    declared.set(id, binding);
    bindings.push(binding);
    return binding;
  }

  function use(id: SyntaxNode, scope: Scope, how: Use, type = false): void {
    const { read, write } = how;
    const reference: Reference = { node: id, read, write, type, scope, binding: null };
    scope.references.push(reference);
    references.push(reference);
  }

  return { scopes, references, declared, bindings, open, declare, use };
}

export type ScopeTable = ReturnType<typeof createScopeTable>;

function insideWith(scope: Scope): boolean {
  for (let at: Scope | null = scope; at !== null; at = at.parent) if (at.kind === 'with') return true;
  return false;
}
