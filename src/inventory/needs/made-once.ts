import { type Binding, resolveBindings } from '../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  child,
  children,
  isCall,
  isFunction,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  unwrap,
} from '../../workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../workspace/syntax/parse.ts';
import { findAll, parentsOf } from '../../workspace/syntax/walk.ts';

const DEEPEST = 6;

/**
 * Whether an assignment only keeps what each process makes for itself: made where nothing is there yet, of nothing that a
 * call was handed, as `client ??= connect()` and `if (!client) client = connect()` do; or nothing again.
 */
export function isMadeOnce(file: ParsedFile, assignment: SyntaxNode): boolean {
  const left = child(assignment, 'left');
  const right = child(assignment, 'right');
  if (left === null || right === null) return false;
  const operator = String(assignment.operator);
  if (operator === '=' && isNothing(file, right)) return true;
  // What is taken back to `false` is a lock, or a state.
  if (right.type === 'Literal' && !right.value) return false;
  const isFirst =
    operator === '??=' || operator === '||=' || (operator === '=' && isGuarded(file, assignment, left));
  return isFirst && !isHanded(file, right, assignment, 0);
}

/**
 * Whether a call only fills a collection that is empty yet, with what no call was handed: `if (map.size === 0) map.set(…)`.
 *
 * @param object the collection
 */
export function isFilledOnce(file: ParsedFile, call: SyntaxNode, object: SyntaxNode): boolean {
  if (!isGuarded(file, call, object)) return false;
  return argumentsOf(call).every((value) => !isHanded(file, value, call, 0));
}

/** Whether a place is reached only where a target holds nothing. */
export function isGuarded(file: ParsedFile, assignment: SyntaxNode, target: SyntaxNode): boolean {
  const parents = parentsOf(file);
  for (let [node, up] = [assignment, parents.get(assignment)]; up; [node, up] = [up, parents.get(up)]) {
    if (isFunction(up)) return false;
    if (up.type === 'IfStatement' && node === child(up, 'consequent') && isEmpty(file, up, target))
      return true;
    if (up.type !== 'BlockStatement') continue;
    const before = children(up, 'body').filter((each) => each.end <= node.start);
    if (before.some((each) => each.type === 'IfStatement' && isLeftWhenThere(file, each, target)))
      return true;
    if (isFunction(parents.get(up) ?? null)) return false;
  }
  return false;
}

/** `if (client) return client;` */
function isLeftWhenThere(file: ParsedFile, statement: SyntaxNode, target: SyntaxNode): boolean {
  const then = child(statement, 'consequent');
  const last = then?.type === 'BlockStatement' ? children(then, 'body').at(-1) : then;
  return last?.type === 'ReturnStatement' && isSame(file, child(statement, 'test'), target);
}

/** `!client`, `client === undefined`, `typeof client === 'undefined'`, `isUndefined(client)`. */
function isEmpty(file: ParsedFile, statement: SyntaxNode, target: SyntaxNode): boolean {
  const test = child(statement, 'test');
  if (test === null) return false;
  if (test.type === 'UnaryExpression' && test.operator === '!')
    return isSame(file, child(test, 'argument'), target) || isSizeOf(file, child(test, 'argument'), target);
  if (isCall(test)) {
    const callee = child(test, 'callee');
    const name = isIdentifier(callee) ? String(callee.name) : isMember(callee) ? memberName(callee) : null;
    const [only, more] = argumentsOf(test);
    const asks = /^is(?:Nil|Null|Undefined|Empty)$/.test(name ?? '');
    return asks && more === undefined && isSame(file, only ?? null, target);
  }
  if (test.type !== 'BinaryExpression' || !/^===?$/.test(String(test.operator))) return false;
  const sides = [child(test, 'left'), child(test, 'right')].flatMap((side) => side ?? []);
  if (sides.some((side) => side.type === 'Literal' && side.value === 0))
    return sides.some((side) => isSizeOf(file, side, target));
  const asked = sides.find((side) => !isNothing(file, side) && literalText(side) !== 'undefined');
  if (asked === undefined || sides.length !== 2 || sides.every((side) => side === asked)) return false;
  const value =
    asked.type === 'UnaryExpression' && asked.operator === 'typeof' ? child(asked, 'argument') : asked;
  return sides.some((side) => side !== asked) && isSame(file, value, target);
}

/** `map.size`, `list.length`. */
const isSizeOf = (file: ParsedFile, node: SyntaxNode | null, target: SyntaxNode): boolean =>
  isMember(node) &&
  /^(?:size|length)$/.test(memberName(node) ?? '') &&
  isSame(file, child(node, 'object'), target);

/** Whether two expressions name the same variable or field. */
function isSame(file: ParsedFile, one: SyntaxNode | null, other: SyntaxNode): boolean {
  if (one === null) return false;
  const [left, right] = [unwrap(one), unwrap(other)];
  if (left.type === 'ThisExpression') return right.type === 'ThisExpression';
  if (isIdentifier(left) && isIdentifier(right)) {
    const { bindingOf } = resolveBindings(file);
    return bindingOf(left) !== null && bindingOf(left) === bindingOf(right);
  }
  if (!isMember(left) || !isMember(right)) return false;
  const name = memberName(left);
  const objects = [child(left, 'object'), child(right, 'object')] as const;
  return (
    name !== null && name === memberName(right) && objects[1] !== null && isSame(file, objects[0], objects[1])
  );
}

const isNothing = (file: ParsedFile, node: SyntaxNode): boolean => {
  const value = unwrap(node);
  const isNull =
    value.type === 'Literal' && value.value === null && value.regex === undefined && value.raw === 'null';
  return isNull || (isIdentifier(value, 'undefined') && resolveBindings(file).bindingOf(value) === null);
};

/** Whether a value is made of what the functions around it are handed, or of what is not known to be otherwise. */
function isHanded(file: ParsedFile, value: SyntaxNode, from: SyntaxNode, depth: number): boolean {
  if (depth > DEEPEST) return true;
  const { bindingOf } = resolveBindings(file);
  return findAll(value, 'Identifier').some((name) => {
    const binding = bindingOf(name);
    if (binding === null || binding.node === name) return false;
    // Names inside the value itself: parameters of a function that it holds.
    if (binding.node.start >= value.start && binding.node.end <= value.end) return false;
    const owner = functionOf(file, binding);
    if (owner === null || !(owner.start <= from.start && from.end <= owner.end)) return false;
    if (binding.kind !== 'const' && binding.kind !== 'let' && binding.kind !== 'var')
      return binding.kind !== 'function' && binding.kind !== 'class';
    const init = child(binding.declaration, 'init');
    const isSetOnce = binding.references.every(({ write, node }) => !write || node === binding.node);
    return init === null || !isSetOnce || isHanded(file, init, from, depth + 1);
  });
}

/** The function that a name is declared in; null for the module's. */
function functionOf(file: ParsedFile, binding: Binding): SyntaxNode | null {
  const parents = parentsOf(file);
  for (let up = parents.get(binding.node); up; up = parents.get(up)) if (isFunction(up)) return up;
  return null;
}
