import { type Binding, type Bindings, resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';

const CHANGES =
  /^(push|pop|shift|unshift|splice|set|add|delete|clear|sort|reverse|fill|assign|defineProperty)$/;

/**
 * Whether a function changes what it is given, or what it finds in it: members that it assigns or deletes, lists that it sorts.
 * Functions of the application that it hands it to are read as well, whoever of their name they are.
 */
export function changesValue(
  files: readonly ParsedFile[],
  bindings: Bindings,
  fn: SyntaxNode,
  given: Binding,
  seen: Set<SyntaxNode> = new Set(),
): boolean {
  if (seen.has(fn)) return false;
  seen.add(fn);
  const isPart = partsOf(bindings, fn, given);
  return findAll(fn, 'AssignmentExpression', 'UpdateExpression', 'UnaryExpression', 'CallExpression').some(
    (node) => {
      const target = child(node, node.type === 'AssignmentExpression' ? 'left' : 'argument');
      if (node.type === 'UnaryExpression') return node.operator === 'delete' && isPart(target);
      if (node.type !== 'CallExpression') return isMember(target) && isPart(target);
      const callee = calleeOf(node);
      const name = isIdentifier(callee) ? String(callee.name) : memberName(callee);
      const object = isMember(callee) ? child(callee, 'object') : null;
      const changed = isGlobal(object) ? (argumentsOf(node)[0] ?? null) : object;
      if (CHANGES.test(name ?? '') && isPart(changed)) return true;
      return argumentsOf(node).some(
        (each, position) => name !== null && isPart(each) && handsOn(files, name, position, seen),
      );
    },
  );
}

const OF_JSON =
  /^(at|concat|endsWith|entries|every|filter|find|findIndex|findLast|flat|flatMap|forEach|hasOwnProperty|includes|indexOf|join|keys|lastIndexOf|localeCompare|map|match|padEnd|padStart|reduce|reduceRight|replace|replaceAll|slice|some|split|startsWith|substr|substring|test|toFixed|toLocaleString|toLowerCase|toString|toUpperCase|trim|trimEnd|trimStart|values)$/;

/** Whether a function asks a value for what its JSON has not: it calls a method of an object, or asks for a class. */
export function asksMoreThanJson(bindings: Bindings, fn: SyntaxNode, given: Binding): boolean {
  const isPart = partsOf(bindings, fn, given);
  return findAll(fn, 'CallExpression', 'BinaryExpression').some((node) => {
    if (node.type === 'BinaryExpression')
      return node.operator === 'instanceof' && isPart(child(node, 'left'));
    const callee = calleeOf(node);
    return isMember(callee) && isPart(callee) && !OF_JSON.test(memberName(callee) ?? '');
  });
}

const isGlobal = (object: SyntaxNode | null): boolean =>
  isIdentifier(object, 'Object') || isIdentifier(object, 'Reflect');

/** Which expressions are a value or a part of it: names of its members, the items that a callback is given. */
function partsOf(bindings: Bindings, fn: SyntaxNode, given: Binding): (node: SyntaxNode | null) => boolean {
  const parts = new Set([given]);
  const isPart = (node: SyntaxNode | null): boolean => {
    let root = node;
    while (root !== null && isMember(unwrap(root))) root = child(unwrap(root), 'object');
    root = root === null ? null : unwrap(root);
    const of = isIdentifier(root) ? bindings.bindingOf(root) : null;
    return of !== null && parts.has(of);
  };
  const add = (pattern: SyntaxNode | null) => {
    for (const name of pattern === null ? [] : findAll(pattern, 'Identifier')) {
      const each = bindings.bindingOf(name);
      if (each !== null && each.node === name) parts.add(each);
    }
  };
  for (let size = 0; size !== parts.size; ) {
    size = parts.size;
    for (const node of findAll(fn, 'VariableDeclarator', 'ForOfStatement', 'CallExpression')) {
      if (node.type === 'VariableDeclarator' && isPart(child(node, 'init'))) add(child(node, 'id'));
      if (node.type === 'ForOfStatement' && isPart(child(node, 'right'))) add(child(node, 'left'));
      if (node.type === 'CallExpression' && isMember(calleeOf(node)) && isPart(calleeOf(node)))
        for (const each of argumentsOf(node)) if (isFunction(each)) parametersOf(each).forEach(add);
    }
  }
  return isPart;
}

/** Whether a function of a name, anywhere in the application, changes what it is given at a place. */
function handsOn(
  files: readonly ParsedFile[],
  name: string,
  position: number,
  seen: Set<SyntaxNode>,
): boolean {
  return files.some((file) =>
    functionsNamed(file, name).some((fn) => {
      const parameter = parametersOf(fn)[position];
      const bindings = resolveBindings(file);
      const binding = isIdentifier(parameter) ? bindings.bindingOf(parameter) : null;
      return binding !== null && changesValue(files, bindings, fn, binding, seen);
    }),
  );
}

const functionsNamed = ({ program }: ParsedFile, name: string): SyntaxNode[] =>
  findAll(
    program,
    ...['FunctionDeclaration', 'VariableDeclarator', 'Property', 'MethodDefinition'],
    ...['PropertyDefinition', 'AssignmentExpression'],
  ).flatMap((node) => {
    const id = child(node, 'id') ?? child(node, 'left');
    const own = isIdentifier(id) ? String(id.name) : id === null ? propertyKeyName(node) : memberName(id);
    const made = child(node, 'init') ?? child(node, 'value') ?? child(node, 'right') ?? node;
    const fn = unwrap(made);
    return own === name && isFunction(fn) ? [fn] : [];
  });
