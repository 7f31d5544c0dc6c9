import { child, children, isIdentifier, unwrap } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Unit } from '../../state/conversion.ts';
import { isAround, returnsNothing } from './branches.ts';

/** A helper that answers on some of its paths, and says by what it returns whether it has. */
export interface Verdict {
  /** By `true` and `false`, or by a value that its caller goes on with, and nothing where it has answered. */
  by: 'boolean' | 'value';
  /** With `boolean`: what it returns where it has answered; a bare `return` counts as `false`. */
  answered: boolean;
  /** The returns of the paths that have not answered. */
  others: readonly SyntaxNode[];
  /** With `value`: whether a path that has not answered may return nothing, too, so that nobody answers. */
  mayBeNothing: boolean;
}

const known = new WeakMap<Unit, Verdict | null>();

/**
 * `if (missing) { res.status(400).json(…); return false; } return true;`, or `{ …; return null; } return user;`; null for any
 * other function.
 */
export function verdictOf(unit: Unit): Verdict | null {
  const found = known.get(unit);
  if (found !== undefined) return found;
  const verdict = readVerdict(unit);
  known.set(unit, verdict);
  return verdict;
}

function readVerdict(unit: Unit): Verdict | null {
  const { fn, work } = unit;
  const body = child(fn.node, 'body');
  if (fn.kind !== 'helper' || body?.type !== 'BlockStatement') return null;
  if (fn.node.generator === true || !fn.uses.every(({ kind }) => kind === 'called')) return null;
  const left = returnsAfterAnswers(unit, body);
  if (left === null) return null;
  const isOwn = (node: SyntaxNode) => enclosingFunction(work.file, node) === fn.node;
  const others = findAll(body, 'ReturnStatement').filter((each) => isOwn(each) && !left.has(each));
  return byBoolean(body, left, others) ?? byValue(unit, body, left, others);
}

/** The `return` behind each answer; null where something else follows one. */
function returnsAfterAnswers({ fn, work, answering }: Unit, body: SyntaxNode): Set<SyntaxNode> | null {
  const listOf = (node: SyntaxNode) => {
    const up = work.parents.get(node);
    return up === undefined ? [] : children(up, up.type === 'SwitchCase' ? 'consequent' : 'body');
  };
  const left = new Set<SyntaxNode>();
  for (const each of findAll(body, 'ExpressionStatement').filter((node) => answering.has(node))) {
    const list = listOf(each);
    const following = list[list.indexOf(each) + 1];
    if (enclosingFunction(work.file, each) !== fn.node || following?.type !== 'ReturnStatement') return null;
    left.add(following);
  }
  return left.size === 0 ? null : left;
}

function byBoolean(
  body: SyntaxNode,
  left: ReadonlySet<SyntaxNode>,
  others: readonly SyntaxNode[],
): Verdict | null {
  const said = (node: SyntaxNode): boolean | null => {
    const value = child(node, 'argument');
    if (value === null) return false;
    return typeof value.value === 'boolean' ? value.value : null;
  };
  const [first] = left;
  const answered = first === undefined ? null : said(first);
  if (answered === null) return null;
  const isPlain =
    [...left].every((each) => said(each) === answered) && others.every((each) => said(each) === !answered);
  // What ends without a `return` says `false`.
  const isWhole = answered || children(body, 'body').at(-1)?.type === 'ReturnStatement';
  return isPlain && isWhole ? { by: 'boolean', answered, others, mayBeNothing: false } : null;
}

/** A response of `fetch` that is such a value would be taken for the answer. */
const WEB_RESPONSE = new Set(['fetch', 'Response']);

function byValue(
  unit: Unit,
  body: SyntaxNode,
  left: ReadonlySet<SyntaxNode>,
  others: readonly SyntaxNode[],
): Verdict | null {
  const isNothing = (node: SyntaxNode) =>
    returnsNothing(node) || child(node, 'argument')?.value === false || child(node, 'argument')?.raw === '0';
  if (![...left].every(isNothing) || others.every(isNothing)) return null;
  if (unit.work.bindings.globals.some(({ node }) => WEB_RESPONSE.has(String(node.name)))) return null;
  const last = children(body, 'body').at(-1)?.type ?? '';
  const mayBeNothing =
    !/^(Return|Throw)Statement$/.test(last) || !others.every((each) => isSomething(unit, each));
  return { by: 'value', answered: false, others, mayBeNothing };
}

/** Whether what a `return` gives is certainly something: an object, or a name that was looked at before. */
function isSomething({ work, fn }: Unit, statement: SyntaxNode): boolean {
  const given = child(statement, 'argument');
  const value = given === null ? null : unwrap(given);
  if (value === null) return false;
  if (/^(Object|Array|New|Class|Function|ArrowFunction)Expression$/.test(value.type)) return true;
  const binding = isIdentifier(value) ? work.bindings.bindingOf(value) : null;
  const body = child(fn.node, 'body');
  if (binding === null || body === null) return false;
  const guard = children(body, 'body').find(
    (each) => each.end < statement.start && each.type === 'IfStatement' && leavesWithout(each, binding.name),
  );
  return (
    guard !== undefined &&
    binding.references.every(({ node, write }) => !write || node.start < guard.start) &&
    binding.references.some(({ node }) => isAround(guard, node)) &&
    children(body, 'body').includes(statement)
  );
}

/** `if (!name) { …; return …; }`: behind it the name holds something. */
function leavesWithout(node: SyntaxNode, name: string): boolean {
  const [test, yes] = [child(node, 'test'), child(node, 'consequent')];
  const asked = test?.type === 'UnaryExpression' && test.operator === '!' ? child(test, 'argument') : null;
  const last = yes?.type === 'BlockStatement' ? children(yes, 'body').at(-1) : yes;
  return isIdentifier(asked, name) && /^(Return|Throw)Statement$/.test(last?.type ?? '');
}
