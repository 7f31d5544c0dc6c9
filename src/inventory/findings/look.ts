import { type Binding, resolveBindings } from '../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { enclosingFunction, parentsOf } from '../../workspace/syntax/walk.ts';
import { evidenceIn } from '../evidence.ts';
import type { Seen } from './seen.ts';

/** Where a value comes from: a module or a global, and the way from there. `()` is a call, `new` an instance. */
export interface Named {
  /** `pg` for `pg` and `node:fs` for neither: builtins are without `node:`, globals are `globalThis`. */
  from: string;
  /** `Pool.new` for `new pg.Pool()`, `().set` for `express().set`. `default` is left out. */
  path: string;
}

/** Places of one kind and name in one file: a finding needs a few, and a count. */
const MOST = 20;
/** Steps from a name to where its value is made. */
const DEEPEST = 12;

/** One file, for rules: bindings decide what a name is; they are resolved when the first rule asks. */
export function lookAt(file: ParsedFile) {
  const seen: Seen[] = [];
  const counts = new Map<string, number>();
  const bindingOf = (node: SyntaxNode): Binding | null => resolveBindings(file).bindingOf(node);
  const parentOf = (node: SyntaxNode): SyntaxNode | null => parentsOf(file).get(node) ?? null;

  function note(kind: string, name: string, node: SyntaxNode): void {
    const key = `${kind} ${name}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count <= MOST)
      seen.push({ ...evidenceIn(file, file.locate(node.start), node.start, 'read'), kind, name });
  }

  /** What a name holds that is set once: its initial value, or the one value that is assigned later. */
  function madeAs(binding: Binding): SyntaxNode | null {
    const writes = binding.references.filter(({ write }) => write);
    const { declaration, node } = binding;
    if (declaration.type !== 'VariableDeclarator') return null;
    const init = child(declaration, 'init');
    if (child(declaration, 'id') !== node) return null;
    if (init !== null) return writes.some((each) => each.node !== node) ? null : unwrap(init);
    const [only] = writes;
    const parent = only && writes.length === 1 ? parentOf(only.node) : null;
    if (parent?.type !== 'AssignmentExpression' || child(parent, 'left') !== only?.node) return null;
    const right = child(parent, 'right');
    return right && unwrap(right);
  }

  let sources: Map<SyntaxNode, string | null> | undefined;
  /** What the statement around an import's specifier imports from. */
  function sourceOf(specifier: SyntaxNode): string | null {
    if (sources === undefined) {
      sources = new Map();
      for (const statement of children(file.program, 'body'))
        if (statement.type === 'ImportDeclaration')
          for (const each of children(statement, 'specifiers'))
            sources.set(each, literalText(child(statement, 'source')));
    }
    return sources.get(specifier) ?? null;
  }

  const names = new Map<SyntaxNode, Named | null>();
  /** Where an expression's value comes from; null for what this file makes itself, and what is set more than once. */
  function named(node: SyntaxNode | null, depth = 0): Named | null {
    if (node === null || depth > DEEPEST) return null;
    const known = names.get(node);
    if (known !== undefined) return known;
    const found = namedAnew(node, depth);
    names.set(node, found);
    return found;
  }

  function namedAnew(node: SyntaxNode, depth: number): Named | null {
    const inner = unwrap(node);
    if (isIdentifier(inner)) return namedBinding(inner, depth);
    if (isMember(inner)) {
      const name = memberName(inner);
      return name === null ? null : stepped(named(child(inner, 'object'), depth + 1), name);
    }
    if (isCall(inner)) {
      const callee = calleeOf(inner);
      if (isIdentifier(callee, 'require') && bindingOf(callee) === null)
        return moduleOf(literalText(argumentsOf(inner)[0]));
      return stepped(named(callee, depth + 1), '()');
    }
    if (inner.type === 'NewExpression') return stepped(named(calleeOf(inner), depth + 1), 'new');
    if (inner.type === 'AwaitExpression') return named(child(inner, 'argument'), depth + 1);
    if (inner.type === 'ImportExpression') return moduleOf(literalText(child(inner, 'source')));
    return null;
  }

  function namedBinding(node: SyntaxNode, depth: number): Named | null {
    const binding = bindingOf(node);
    if (binding === null) return { from: 'globalThis', path: String(node.name) };
    const { declaration } = binding;
    if (binding.kind === 'import') {
      if (declaration.type === 'TSImportEqualsDeclaration')
        return moduleOf(
          literalText(child(child(declaration, 'moduleReference') ?? declaration, 'expression')),
        );
      const module = moduleOf(sourceOf(declaration));
      const imported = child(declaration, 'imported');
      return imported === null ? module : stepped(module, String(imported.name ?? imported.value));
    }
    if (declaration.type !== 'VariableDeclarator') return null;
    const id = child(declaration, 'id');
    if (id?.type === 'ObjectPattern') {
      const keys = keysTo(id, binding.node);
      return keys?.reduce<Named | null>(stepped, named(child(declaration, 'init'), depth + 1)) ?? null;
    }
    return named(madeAs(binding), depth + 1);
  }

  /** The expression itself, or what the name stands for when it is set once in this file. */
  function heldBy(node: SyntaxNode | null, depth = 0): SyntaxNode | null {
    const inner = node && unwrap(node);
    if (!isIdentifier(inner) || depth > DEEPEST) return inner;
    const binding = bindingOf(inner);
    const made = binding && madeAs(binding);
    return made ? heldBy(made, depth + 1) : inner;
  }

  /** Whether a name is given members after its object was made: `settings.store = …`. */
  function isAddedTo(object: SyntaxNode | null): boolean {
    const name = object && unwrap(object);
    const binding = isIdentifier(name) ? bindingOf(name) : null;
    return (binding?.references ?? []).some(({ node }) => {
      const member = parentOf(node);
      const up = isMember(member) && child(member, 'object') === node ? parentOf(member) : null;
      return up?.type === 'AssignmentExpression' && child(up, 'left') === member;
    });
  }

  /** The property of an object that is written out, here or where its name is set; null when it has none. */
  function property(object: SyntaxNode | null, name: string): SyntaxNode | null {
    const literal = heldBy(object);
    if (literal?.type !== 'ObjectExpression') return null;
    return children(literal, 'properties').findLast((each) => propertyKeyName(each) === name) ?? null;
  }

  return {
    ...{ file, seen, note, named, heldBy, property, parentOf, bindingOf },
    /** Whether every property of an object is written out: only then can one be missing. */
    isWhole(object: SyntaxNode | null): boolean {
      const literal = heldBy(object);
      return (
        literal?.type === 'ObjectExpression' &&
        !isAddedTo(object) &&
        children(literal, 'properties').every((each) => propertyKeyName(each) !== null)
      );
    },
    /** Whether an expression runs as the module loads: no function stands around it. */
    atLoad: (node: SyntaxNode): boolean => enclosingFunction(file, node) === null,
    enclosing: (node: SyntaxNode): SyntaxNode | null => enclosingFunction(file, node),
    /** Whether a name is the runtime's own. */
    isGlobal: (node: SyntaxNode | null, name: string): boolean =>
      isIdentifier(node, name) && bindingOf(node) === null,
    /** Text of a literal, here or where its name is set once. */
    textOf: (node: SyntaxNode | null | undefined): string | null => literalText(heldBy(node ?? null)),
  };
}

export type Look = ReturnType<typeof lookAt>;

const moduleOf = (specifier: string | null): Named | null =>
  specifier === null ? null : { from: specifier.replace(/^node:/, ''), path: '' };

const stepped = (from: Named | null, step: string): Named | null =>
  from === null || step === 'default'
    ? from
    : from.from === 'globalThis' && from.path === 'globalThis'
      ? { from: 'globalThis', path: step }
      : { from: from.from, path: from.path === '' ? step : `${from.path}.${step}` };

/** The keys that lead to a name in a pattern of objects; null where one of them is computed or a list is on the way. */
function keysTo(pattern: SyntaxNode, name: SyntaxNode): string[] | null {
  for (const property of children(pattern, 'properties')) {
    const value = child(property, 'value');
    const target = value?.type === 'AssignmentPattern' ? child(value, 'left') : value;
    const key = propertyKeyName(property);
    if (key === null || target === null) continue;
    if (target === name) return [key];
    const inner = target.type === 'ObjectPattern' ? keysTo(target, name) : null;
    if (inner !== null) return [key, ...inner];
  }
  return null;
}

/** Arguments of a call or `new`, by position. */
export const argument = (call: SyntaxNode, at: number): SyntaxNode | null => argumentsOf(call)[at] ?? null;

/** The value of a property of an object literal; null without the property. */
export const valueIn = (property: SyntaxNode | null): SyntaxNode | null =>
  property && (isFunction(property) ? property : child(property, 'value'));
