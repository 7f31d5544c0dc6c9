import { type Binding, resolveBindings, type Scope } from '../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isMember,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { findAll, walk } from '../../workspace/syntax/walk.ts';

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

/** What one file keeps in memory between calls. */
export interface FileState {
  /** Variables that a function other than the one that declares them changes. */
  bindings: ReadonlySet<Binding>;
  /** Fields, by class body, that a method other than the constructor changes. */
  fields: ReadonlyMap<SyntaxNode, ReadonlySet<string>>;
}

const cache = new WeakMap<ParsedFile, FileState>();

/** Finds the variables and fields of a file that live longer than a call and are changed by calls. */
export function stateOf(file: ParsedFile): FileState {
  const known = cache.get(file);
  if (known) return known;
  const { bindingOf } = resolveBindings(file);
  const bindings = new Set<Binding>();
  const fields = new Map<SyntaxNode, Set<string>>();
  const classes: SyntaxNode[] = [];
  const methods: string[] = [];
  const functions: SyntaxNode[] = [];

  const changed = (target: SyntaxNode | null, inside: SyntaxNode | null): void => {
    if (!target || !inside) return;
    const node = unwrap(target);
    const root = rootOf(node);
    if (root.node.type === 'Identifier') {
      const binding = bindingOf(root.node);
      if (binding && binding.kind !== 'import' && functionOf(binding.scope) !== inside) bindings.add(binding);
    } else if (root.node.type === 'ThisExpression' && root.field) {
      const owner = classes.at(-1);
      if (!owner || methods.at(-1) === 'constructor') return;
      const names = fields.get(owner) ?? new Set<string>();
      fields.set(owner, names.add(root.field));
    }
  };
  walk(file.program, {
    enter(node) {
      if (isFunction(node)) functions.push(node);
      if (node.type === 'ClassBody') classes.push(node);
      if (node.type === 'MethodDefinition') methods.push(String(node.kind));
      if (node.type === 'AssignmentExpression') changed(child(node, 'left'), functions.at(-1) ?? null);
      if (node.type === 'UpdateExpression') changed(child(node, 'argument'), functions.at(-1) ?? null);
      if (node.type === 'UnaryExpression' && node.operator === 'delete') {
        changed(child(node, 'argument'), functions.at(-1) ?? null);
      }
      if (node.type === 'CallExpression') {
        const callee = calleeOf(node);
        if (isMember(callee) && MUTATES.has(memberName(callee) ?? '') && argumentsOf(node).length < 20) {
          const object = child(callee, 'object');
          // `service.add(x)` calls a method of somebody's own; only what is made as a collection is changed by name.
          if (object && isCollection(file, object)) changed(object, functions.at(-1) ?? null);
        }
      }
    },
    leave(node) {
      if (isFunction(node)) functions.pop();
      if (node.type === 'ClassBody') classes.pop();
      if (node.type === 'MethodDefinition') methods.pop();
    },
  });
  const state = { bindings, fields };
  cache.set(file, state);
  return state;
}

/** Weak ones are none: what they hold is gone with its key, which is a request's own where requests are kept apart. */
const COLLECTION = /^(?:Map|Set)$|^Array$|Cache$|^LRU|Queue$/;

/** Whether a variable or field is made as a Map, Set, array, object or cache. */
function isCollection(file: ParsedFile, target: SyntaxNode): boolean {
  const node = unwrap(target);
  const { node: root, field } = rootOf(node);
  if (root.type === 'Identifier') {
    if (field !== null) return true;
    const declaration = resolveBindings(file).bindingOf(root)?.declaration;
    return declaration?.type === 'VariableDeclarator' && makesCollection(child(declaration, 'init'));
  }
  if (root.type !== 'ThisExpression' || !field) return false;
  return findAll(file.program, 'PropertyDefinition', 'AssignmentExpression').some((made) => {
    if (made.type === 'PropertyDefinition')
      return propertyKeyName(made) === field && makesCollection(child(made, 'value'));
    const left = child(made, 'left');
    return isMember(left) && memberName(left) === field && makesCollection(child(made, 'right'));
  });
}

function makesCollection(made: SyntaxNode | null): boolean {
  const node = made && unwrap(made);
  if (!node) return false;
  if (node.type === 'ArrayExpression' || node.type === 'ObjectExpression') return true;
  const maker = node.type === 'NewExpression' ? calleeOf(node) : null;
  return maker?.type === 'Identifier' && COLLECTION.test(String(maker.name));
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
