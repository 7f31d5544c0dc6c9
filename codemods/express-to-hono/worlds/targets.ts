import type { ExpressFunction } from '../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  child,
  children,
  field,
  isCall,
  isExportsObject,
  isFunction,
  isIdentifier,
  isMember,
  isModuleExports,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import type { FileWork } from '../state/conversion.ts';
import { holds, type Target } from '../state/worlds.ts';

/** The declaration that a function is all of; null where it stands in a class, an object, or among other statements. */
export function targetOf(work: FileWork, fn: ExpressFunction, block: SyntaxNode): Target | null {
  const target = declarationAround(work, fn.node, block);
  if (target === null || !leadsTo(target.value, fn.node)) return null;
  return target.statement.type === 'Property' && usesOwnThis(fn.node) ? null : target;
}

/**
 * The statement that declares or exports what a node is part of, or the member of the object that a CommonJS module exports:
 * `list: …` there is as `exports.list = …` is.
 */
export function declarationAround(work: FileWork, node: SyntaxNode, block: SyntaxNode): Target | null {
  const statement = statementIn(work, node, block);
  const target = statement === null ? null : readTarget(work, statement);
  if (target === null || !isModuleExports(target.id)) return target;
  const member = memberOf(unwrap(target.value), node);
  return member === null ? target : { work, ...member, name: field(member.id, 'name'), binding: null };
}

/** The declaration of a function that makes the function, whatever it does besides: each call of it makes its own. */
export function factoryOf(work: FileWork, fn: ExpressFunction, block: SyntaxNode): Target | null {
  const target = declarationAround(work, fn.node, block);
  const value = target === null ? null : unwrap(target.value);
  return value !== null && isFunction(value) && holds(value, fn.node) ? target : null;
}

/** The member of an object that a node stands in. */
export function memberOf(
  object: SyntaxNode,
  node: SyntaxNode,
): Pick<Target, 'statement' | 'id' | 'value'> | null {
  if (object.type !== 'ObjectExpression') return null;
  const statement = children(object, 'properties').find((each) => holds(each, node));
  const id = statement === undefined ? null : child(statement, 'key');
  const value = statement === undefined ? null : child(statement, 'value');
  const isPlain = statement?.type === 'Property' && statement.kind === 'init';
  return isPlain && statement.computed !== true && isIdentifier(id) && value !== null && id !== value
    ? { statement, id, value }
    : null;
}

/** Whether a function goes by what it is called on: an arrow function has the `this` of where it stands. */
export function usesOwnThis(fn: SyntaxNode): boolean {
  let found = false;
  walk(fn, {
    enter(node) {
      if (node !== fn && isFunction(node) && node.type !== 'ArrowFunctionExpression') return 'skip';
      if (/^(ThisExpression|Super)$/.test(node.type)) found = true;
      return undefined;
    },
  });
  return found && fn.type !== 'ArrowFunctionExpression';
}

/** The statement that declares a constant; null where it is no constant of this file. */
export function constantOf(work: FileWork, name: SyntaxNode, block: SyntaxNode): Target | null {
  const binding = isIdentifier(name) ? work.bindings.bindingOf(name) : null;
  if (binding === null || binding.declaration.type !== 'VariableDeclarator') return null;
  const statement = statementIn(work, binding.declaration, block);
  const target = statement === null ? null : readTarget(work, statement);
  return target?.binding === binding ? target : null;
}

/** The outermost statement around a node, up to a block or the file. */
export function statementIn({ parents }: FileWork, node: SyntaxNode, block: SyntaxNode): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  for (let at: SyntaxNode | undefined = node; at !== undefined; at = parents.get(at)) {
    const up = parents.get(at);
    if (up === block || up?.type === 'Program') found = at;
    if (up === block) return found;
  }
  return found;
}

/** A statement that declares or exports one thing. */
export function readTarget(work: FileWork, statement: SyntaxNode): Target | null {
  const exported = /^Export(Named|Default)Declaration$/.test(statement.type)
    ? child(statement, 'declaration')
    : null;
  const declared = exported ?? statement;
  if (declared.type === 'FunctionDeclaration') {
    const id = child(declared, 'id');
    // Overloads are statements of their own.
    const isOne = isIdentifier(id) && work.bindings.bindingOf(id)?.declarations.length === 1;
    return isOne
      ? { work, statement, id, name: String(id.name), binding: work.bindings.bindingOf(id), value: declared }
      : null;
  }
  if (declared.type === 'VariableDeclaration') {
    const [declarator, ...more] = children(declared, 'declarations');
    const id = declarator === undefined ? null : child(declarator, 'id');
    const value = declarator === undefined ? null : child(declarator, 'init');
    if (!isIdentifier(id) || value === null || more.length > 0) return null;
    return { work, statement, id, name: String(id.name), binding: work.bindings.bindingOf(id), value };
  }
  const assignment = declared.type === 'ExpressionStatement' ? child(declared, 'expression') : null;
  const left = assignment?.type === 'AssignmentExpression' ? child(assignment, 'left') : null;
  const value = assignment === null ? null : child(assignment, 'right');
  if (left === null || value === null || !isMember(left)) return null;
  if (isModuleExports(left)) return { work, statement, id: left, name: '', binding: null, value };
  const object = child(left, 'object');
  const [name, property] = [memberName(left), child(left, 'property')];
  const isExport = isExportsObject(object);
  if (!isExport || name === null || !isIdentifier(property)) return null;
  return { work, statement, id: property, name, binding: null, value };
}

/**
 * Whether a value is a function, one that does nothing but to return it, or a call that is handed it. What a function
 * makes besides would be made twice.
 */
function leadsTo(value: SyntaxNode, fn: SyntaxNode): boolean {
  const node = unwrap(value);
  if (node === fn) return true;
  if (isCall(node)) {
    const args = argumentsOf(node).map(unwrap);
    const isPlain = args.every(
      (each) => isFunction(each) || /^(Literal|Identifier|MemberExpression)$/.test(each.type),
    );
    return isPlain && args.some((each) => isFunction(each) && holds(each, fn) && leadsTo(each, fn));
  }
  if (!isFunction(node) || !holds(node, fn)) return false;
  const body = child(node, 'body');
  if (body === null) return false;
  if (body.type !== 'BlockStatement') return leadsTo(body, fn);
  const [only, ...more] = children(body, 'body');
  const returned = only?.type === 'ReturnStatement' ? child(only, 'argument') : null;
  return more.length === 0 && returned !== null && leadsTo(returned, fn);
}
