import { type Binding, resolveBindings, type Scope } from '../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { findAll, walk } from '../../workspace/syntax/walk.ts';
import { originOf } from '../origin.ts';
import { isFilledOnce, isMadeOnce } from './made-once.ts';
import { isScratch } from './scratch.ts';

/** Methods that change a Map, Set, array or a cache that looks like one. */
const MUTATES = new Set([
  'set',
  'add',
  'delete',
  'clear',
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'fill',
  'copyWithin',
]);

/** A change of something that lives longer than a call: the function it stands in, and what is changed. */
export interface Change {
  inside: SyntaxNode;
  /** The name whose value is changed in place (`list.push(x)`); null when the variable or field itself is assigned. */
  held: SyntaxNode | null;
  /** The first member on the way to what is changed: `items` of `store.items.push(x)`; null for the variable itself. */
  field: string | null;
  /** What is changed, as it is written there: `this.items`. */
  target: SyntaxNode;
}

/** What one file keeps in memory between calls. */
export interface FileState {
  /** Variables that a function other than the one that declares them changes. */
  bindings: ReadonlyMap<Binding, readonly Change[]>;
  /** Fields, by class body and name, that a method other than the constructor changes. */
  fields: ReadonlyMap<SyntaxNode, ReadonlyMap<string, readonly Change[]>>;
}

const cache = new WeakMap<ParsedFile, FileState>();

/** Finds the variables and fields of a file that live longer than a call and are changed by calls. */
export function stateOf(file: ParsedFile): FileState {
  const known = cache.get(file);
  if (known) return known;
  const { bindingOf } = resolveBindings(file);
  const bindings = new Map<Binding, Change[]>();
  const fields = new Map<SyntaxNode, Map<string, Change[]>>();
  const classes: SyntaxNode[] = [];
  const methods: string[] = [];
  const functions: SyntaxNode[] = [];

  const changed = (
    target: SyntaxNode | null,
    inside: SyntaxNode | null,
    { called = false, assignment = null }: { called?: boolean; assignment?: SyntaxNode | null } = {},
  ): void => {
    if (!target || !inside) return;
    const node = unwrap(target);
    if (assignment !== null && isMadeOnce(file, assignment)) return;
    const root = rootOf(node);
    const held = isMember(node) || called ? root.node : null;
    const change: Change = { inside, held, field: root.field, target: node };
    if (root.node.type === 'Identifier') {
      const binding = bindingOf(root.node);
      if (binding && binding.kind !== 'import' && functionOf(binding.scope) !== inside)
        bindings.set(binding, [...(bindings.get(binding) ?? []), change]);
    } else if (root.node.type === 'ThisExpression' && root.field) {
      const owner = classes.at(-1);
      if (!owner || methods.at(-1) === 'constructor') return;
      const names = fields.get(owner) ?? new Map<string, Change[]>();
      fields.set(owner, names.set(root.field, [...(names.get(root.field) ?? []), change]));
    }
  };
  walk(file.program, {
    enter(node) {
      if (isFunction(node)) functions.push(node);
      if (node.type === 'ClassBody') classes.push(node);
      if (node.type === 'MethodDefinition') methods.push(String(node.kind));
      if (node.type === 'AssignmentExpression')
        changed(child(node, 'left'), functions.at(-1) ?? null, { assignment: node });
      if (node.type === 'UpdateExpression') changed(child(node, 'argument'), functions.at(-1) ?? null);
      if (node.type === 'UnaryExpression' && node.operator === 'delete') {
        const taken = child(node, 'argument');
        // What another module gave is that module's, as it is where it was imported.
        if (taken && !isRequired(file, rootOf(unwrap(taken)).node)) changed(taken, functions.at(-1) ?? null);
      }
      if (node.type === 'CallExpression') {
        const callee = calleeOf(node);
        if (isMember(callee) && MUTATES.has(memberName(callee) ?? '') && argumentsOf(node).length < 20) {
          const object = child(callee, 'object');
          // `service.add(x)` calls a method of somebody's own; only what is made as a collection is changed by name.
          if (object && isCollection(file, object) && !isFilledOnce(file, node, object))
            changed(object, functions.at(-1) ?? null, { called: true });
        }
      }
    },
    leave(node) {
      if (isFunction(node)) functions.pop();
      if (node.type === 'ClassBody') classes.pop();
      if (node.type === 'MethodDefinition') methods.pop();
    },
  });
  for (const [binding, changes] of bindings) if (isScratch(file, binding, changes)) bindings.delete(binding);
  const state = { bindings, fields };
  cache.set(file, state);
  return state;
}

/** Whether a name is what `require` gave. */
function isRequired(file: ParsedFile, root: SyntaxNode): boolean {
  const { bindingOf } = resolveBindings(file);
  const declaration = root.type === 'Identifier' ? bindingOf(root)?.declaration : undefined;
  const init = declaration?.type === 'VariableDeclarator' ? child(declaration, 'init') : null;
  const callee = init?.type === 'CallExpression' ? calleeOf(init) : null;
  return isIdentifier(callee, 'require') && bindingOf(callee) === null;
}

/**
 * Collections of the language. Weak ones are none: what they hold is gone with its key, which is a request's own where
 * requests are kept apart.
 */
const COLLECTION = /^(?:Map|Set|Array)$/;
/** Packages whose instances keep what they are given in this process; others of such a name ask a server. */
const KEPT_HERE = new Set([
  ...['fastq', 'flru', 'lru-cache', 'lru_map', 'memory-cache', 'mnemonist', 'node-cache', 'p-queue'],
  ...['queue', 'quick-lru', 'tiny-lru', 'yallist'],
]);

/** Whether a variable or field is made as a Map, Set, array, object or cache. */
function isCollection(file: ParsedFile, target: SyntaxNode): boolean {
  const node = unwrap(target);
  const { node: root, field } = rootOf(node);
  if (root.type === 'Identifier') {
    const declaration = resolveBindings(file).bindingOf(root)?.declaration;
    if (declaration?.type !== 'VariableDeclarator') return false;
    const init = child(declaration, 'init');
    if (field === null) return makesCollection(file, init);
    // `store.items.push(x)`: what `items` is made as, in the literal or by an assignment. `app.locals` holds anything.
    const made = init && unwrap(init);
    const written = made?.type === 'ObjectExpression' ? children(made, 'properties') : [];
    return (
      field === 'locals' ||
      written.some(
        (each) => propertyKeyName(each) === field && makesCollection(file, child(each, 'value')),
      ) ||
      assignments(file).some(({ left, right }) => {
        const to = isMember(left) && memberName(left) === field ? child(left, 'object') : null;
        return to?.type === 'Identifier' && to.name === root.name && makesCollection(file, right);
      })
    );
  }
  if (root.type !== 'ThisExpression' || !field) return false;
  return (
    findAll(file.program, 'PropertyDefinition').some(
      (made) => propertyKeyName(made) === field && makesCollection(file, child(made, 'value')),
    ) ||
    assignments(file).some(
      ({ left, right }) => isMember(left) && memberName(left) === field && makesCollection(file, right),
    )
  );
}

const assigned = new WeakMap<ParsedFile, { left: SyntaxNode | null; right: SyntaxNode | null }[]>();

function assignments(file: ParsedFile): { left: SyntaxNode | null; right: SyntaxNode | null }[] {
  const known = assigned.get(file);
  if (known) return known;
  const found = findAll(file.program, 'AssignmentExpression').map((node) => ({
    left: child(node, 'left'),
    right: child(node, 'right'),
  }));
  assigned.set(file, found);
  return found;
}

function makesCollection(file: ParsedFile, made: SyntaxNode | null): boolean {
  const node = made && unwrap(made);
  if (!node) return false;
  if (node.type === 'ArrayExpression' || node.type === 'ObjectExpression') return true;
  const maker = node.type === 'NewExpression' ? calleeOf(node) : null;
  if (!isIdentifier(maker)) return false;
  const binding = resolveBindings(file).bindingOf(maker);
  if (binding === null) return COLLECTION.test(String(maker.name));
  return KEPT_HERE.has(originOf(file, binding)?.specifier ?? '');
}

/** The function a scope belongs to, null for the module's. */
function functionOf(scope: Scope): SyntaxNode | null {
  for (let at: Scope | null = scope; at; at = at.parent) if (isFunction(at.node)) return at.node;
  return null;
}

/** The identifier or `this` a member chain starts at, and the first member on the way. */
export function rootOf(node: SyntaxNode): { node: SyntaxNode; field: string | null } {
  let field: string | null = null;
  let at = node;
  while (isMember(at)) {
    field = memberName(at);
    const object = child(at, 'object');
    if (!object) break;
    at = unwrap(object);
  }
  return { node: at, field };
}
