import {
  argumentsOf,
  calleeOf,
  child,
  isCall,
  isIdentifier,
  isMember,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import type { Lent } from '../state/conversion.ts';
import type { Answer } from './answer.ts';
import { useOf } from './context-use.ts';

/** What is known of the function that is converted. */
export interface Names {
  work: FileWork;
  /** The names that stand for the context or a member of it. */
  isContext(node: SyntaxNode): boolean;
  /** The member that a name stands for; null for the context itself. */
  aliasOf(node: SyntaxNode): string | null;
  isNext(node: SyntaxNode): boolean;
  /** What a package puts on the context under a name. */
  lent(member: string): Lent | undefined;
}

/** The expression of a statement, `await` and `return` left out. */
export function expressionOf(statement: SyntaxNode): SyntaxNode | null {
  const inner =
    statement.type === 'ExpressionStatement'
      ? child(statement, 'expression')
      : statement.type === 'ReturnStatement'
        ? child(statement, 'argument')
        : null;
  return inner === null ? null : unwrap(inner);
}

/** The member of the context that an expression is. */
export function memberIn({ work, isContext, aliasOf }: Names, expression: SyntaxNode | null): string | null {
  let root = expression === null ? null : unwrap(expression);
  while (root?.type === 'MemberExpression') root = unwrap(child(root, 'object') ?? root);
  if (root === null || !isIdentifier(root) || !isContext(root)) return null;
  const use = useOf(work, root, aliasOf(root));
  return unwrap(use.node) === (expression === null ? null : unwrap(expression)) ? use.member : null;
}

/** `ctx.body = value`, `ctx.redirect(to)`, as an expression. */
export function answerIn(names: Names, expression: SyntaxNode | null): Answer | null {
  if (expression === null) return null;
  const node = unwrap(expression);
  if (node.type === 'AssignmentExpression' && node.operator === '=') {
    const value = child(node, 'right');
    if (value !== null && memberIn(names, child(node, 'left')) === 'response.body')
      return { kind: 'body', value, place: node };
  }
  if (isCall(node) && memberIn(names, calleeOf(node)) === 'response.redirect') {
    const [to, ...more] = argumentsOf(node);
    if (to !== undefined && more.length === 0) return { kind: 'redirect', to, place: node };
  }
  return lentIn(names, node);
}

/** `await ctx.render('index')`: a function that a package puts on the context, and that answers. */
function lentIn(names: Names, node: SyntaxNode): Answer | null {
  const isWaited = node.type === 'AwaitExpression';
  const call = isWaited ? child(node, 'argument') : node;
  if (call === null || !isCall(call)) return null;
  const member = memberIn(names, calleeOf(call));
  const lent = member === null ? undefined : names.lent(member);
  if (lent?.is !== 'answers') return null;
  const parent = names.work.parents.get(node);
  const isGiven =
    parent?.type === 'ReturnStatement' ||
    (parent?.type === 'ArrowFunctionExpression' && child(parent, 'body') === node);
  return lent.waits === true && !isWaited && !isGiven ? null : { kind: 'lent', lent, call, place: node };
}

/** `ctx.status = value`: the value. */
export function statusIn(names: Names, expression: SyntaxNode | null): SyntaxNode | null {
  const node = expression === null ? null : unwrap(expression);
  if (node?.type !== 'AssignmentExpression' || node.operator !== '=') return null;
  return memberIn(names, child(node, 'left')) === 'response.status' ? child(node, 'right') : null;
}

/** `next()` or `await next()`. */
export function isNextCall({ isNext }: Names, expression: SyntaxNode | null): boolean {
  let node = expression === null ? null : unwrap(expression);
  if (node?.type === 'AwaitExpression') node = child(node, 'argument');
  const callee = node !== null && isCall(node) ? calleeOf(node) : null;
  return (
    callee !== null && isIdentifier(callee) && isNext(callee) && argumentsOf(node as SyntaxNode).length === 0
  );
}

/** `ctx.throw(…)`: its call. */
export function thrownIn(names: Names, expression: SyntaxNode | null): SyntaxNode | null {
  const node = expression === null ? null : unwrap(expression);
  return node !== null && isCall(node) && memberIn(names, calleeOf(node)) === 'ctx.throw' ? node : null;
}

/** `ctx.assert(…)`: its call. */
export function assertedIn(names: Names, expression: SyntaxNode | null): SyntaxNode | null {
  const node = expression === null ? null : unwrap(expression);
  return node !== null && isCall(node) && memberIn(names, calleeOf(node)) === 'ctx.assert' ? node : null;
}

/** `console.error`. */
export function isConsole({ work }: Pick<Names, 'work'>, callee: SyntaxNode): boolean {
  const inner = unwrap(callee);
  const object = isMember(inner) ? child(inner, 'object') : null;
  return object !== null && isIdentifier(object, 'console') && work.bindings.bindingOf(object) === null;
}
