import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { type Conversion, claim, type FileWork, type Unit } from '../../state/conversion.ts';
import { returnsNothing } from './branches.ts';

/** Statements of a function's body; an expression body counts as one expression. */
export function bodyOf(fn: SyntaxNode): { statements: SyntaxNode[] } | { expression: SyntaxNode } | null {
  const body = child(fn, 'body');
  if (body === null) return null;
  return body.type === 'BlockStatement' || body.type === 'FunctionBody'
    ? { statements: children(body, 'body') }
    : { expression: body };
}

/** The call `next(x)` of ours behind a statement or expression: `next(err);`, `return next(err);`. */
export function nextCall(conversion: Conversion, node: SyntaxNode): SyntaxNode | null {
  const inner =
    node.type === 'ExpressionStatement'
      ? child(node, 'expression')
      : node.type === 'ReturnStatement'
        ? child(node, 'argument')
        : node;
  if (inner === null) return null;
  const call = unwrap(inner);
  const callee = call.type === 'CallExpression' ? calleeOf(call) : null;
  return callee !== null && conversion.roles.get(callee)?.role === 'next' ? call : null;
}

/** Only statement of a statement or block, else null. */
export function onlyStatement(node: SyntaxNode | null): SyntaxNode | null {
  if (node === null || node.type !== 'BlockStatement') return node;
  const body = children(node, 'body');
  return body.length === 1 ? (body[0] ?? null) : null;
}

/** The statement that does all of a block, before a `return` that gives nothing back. */
function onlyBeforeReturn(body: SyntaxNode | null): SyntaxNode | null {
  const statements = body?.type === 'BlockStatement' ? children(body, 'body') : [];
  const [first, second, ...more] = statements;
  return more.length === 0 && second !== undefined && returnsNothing(second)
    ? (first ?? null)
    : onlyStatement(body);
}

/** A `catch` clause or callback that does nothing but hand its error to `next`. Claims the uses when it does. */
export function forwardsOnly(
  conversion: Conversion,
  work: FileWork,
  error: SyntaxNode | null,
  body: SyntaxNode | null,
): boolean {
  const statement = onlyBeforeReturn(body);
  const call = statement === null ? null : nextCall(conversion, statement);
  if (call === null || error === null || !isIdentifier(error)) return false;
  const [argument, ...rest] = argumentsOf(call);
  if (argument === undefined || rest.length > 0 || !isIdentifier(argument)) return false;
  if (work.bindings.bindingOf(argument) !== work.bindings.bindingOf(error)) return false;
  const callee = calleeOf(call);
  if (callee !== null) claim(conversion, callee);
  return true;
}

/**
 * The callback of `sendFile` and `download` that passes a failure on when nothing has been sent:
 * `(err) => { if (err && !res.headersSent) next(err); }`. A failure is thrown in Hono, so it can go.
 */
export function isForwardOnly(conversion: Conversion, unit: Unit, fn: SyntaxNode): boolean {
  if (!isFunction(fn)) return false;
  const [error, ...rest] = parametersOf(fn);
  if (error === undefined || rest.length > 0) return false;
  const only = onlyStatement(child(fn, 'body'));
  if (only?.type !== 'IfStatement' || child(only, 'alternate') !== null) {
    return forwardsOnly(conversion, unit.work, error, child(fn, 'body'));
  }
  const test = child(only, 'test');
  if (test === null || !isErrorTest(conversion, unit.work, test, error)) return false;
  return forwardsOnly(conversion, unit.work, error, child(only, 'consequent'));
}

/** `err`, or `err && !res.headersSent`. */
export function isErrorTest(
  conversion: Conversion,
  work: FileWork,
  test: SyntaxNode,
  error: SyntaxNode,
): boolean {
  if (isIdentifier(test)) return work.bindings.bindingOf(test) === work.bindings.bindingOf(error);
  if (test.type !== 'LogicalExpression' || test.operator !== '&&') return false;
  const left = child(test, 'left');
  const right = child(test, 'right');
  if (left === null || right === null || !isErrorTest(conversion, work, left, error)) return false;
  const sent = right.type === 'UnaryExpression' && right.operator === '!' ? child(right, 'argument') : null;
  const root = headersSentRoot(conversion, sent);
  if (root === null) return false;
  claim(conversion, root);
  return true;
}

/** The `res` of `res.headersSent`, else null. */
export function headersSentRoot(conversion: Conversion, node: SyntaxNode | null): SyntaxNode | null {
  if (!isMember(node) || memberName(node) !== 'headersSent') return null;
  const object = child(node, 'object');
  return object !== null && conversion.roles.get(object)?.role === 'res' ? object : null;
}

/**
 * `if (res.headersSent) return next(err);`: a Hono handler runs before anything is sent. An error handler that asks so before it
 * does anything else never finds it so, whatever it would do then. Claims what it uses.
 */
export function isHeadersSentGuard(conversion: Conversion, node: SyntaxNode): boolean {
  if (node.type !== 'IfStatement' || child(node, 'alternate') !== null) return false;
  const root = headersSentRoot(conversion, child(node, 'test'));
  const consequent = child(node, 'consequent');
  if (root === null || consequent === null) return false;
  const unit = conversion.roles.get(root)?.unit;
  if (
    unit?.fn.kind === 'error-handler' &&
    unit.uses.every(({ node: use, role }) => role !== 'res' || use === root || use.start > root.start)
  ) {
    for (const { node: use } of unit.uses)
      if (node.start <= use.start && use.end <= node.end) claim(conversion, use);
    return true;
  }
  const body = consequent.type === 'BlockStatement' ? children(consequent, 'body') : [consequent];
  const last = body.at(-1);
  if (last?.type !== 'ReturnStatement' || body.length > 2) return false;
  const [first] = body;
  const call = first === undefined ? null : nextCall(conversion, first);
  if ((body.length === 2 || child(last, 'argument') !== null) && call === null) return false;
  claim(conversion, root);
  const callee = call === null ? null : calleeOf(call);
  if (callee !== null) claim(conversion, callee);
  return true;
}
