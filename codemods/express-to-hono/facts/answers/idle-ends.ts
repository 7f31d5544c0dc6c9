import {
  argumentsOf,
  calleeChain,
  calleeOf,
  child,
  children,
  isFunction,
  isMember,
  memberName,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { Binding } from '../../../../src/workspace/syntax/scopes/scopes.ts';
import type { FileWork } from '../../state/conversion.ts';

/** Members that end the response before they return. What renders a view or sends a file ends it later. */
const WHOLE = new Set(['json', 'jsonp', 'send', 'sendStatus', 'redirect', 'end']);

/**
 * The statement `res.end();` or `return res.end();` where each path to it has answered whole: Node does nothing then, and says so to
 * a callback alone. `use` is the `res` in it. Null for everything else.
 */
export function idleEnd(work: FileWork, use: SyntaxNode): SyntaxNode | null {
  const { parents, bindings } = work;
  const member = parents.get(use);
  const call = member === undefined ? undefined : parents.get(member);
  if (!isMember(member) || memberName(member) !== 'end' || child(member, 'object') !== use) return null;
  if (call?.type !== 'CallExpression' || calleeOf(call) !== member || argumentsOf(call).length > 0)
    return null;
  const statement = parents.get(call);
  if (!/^(Expression|Return)Statement$/.test(statement?.type ?? '')) return null;
  const response = bindings.bindingOf(use);
  return response !== null && isBehindWhole(work, statement, new Set([response]))
    ? (statement ?? null)
    : null;
}

/** Whether each path to a statement has answered whole, by a response of one of these names. */
export function isBehindWhole(
  { parents, bindings }: FileWork,
  statement: SyntaxNode | undefined,
  responses: ReadonlySet<Binding>,
): boolean {
  const isResponse = (node: SyntaxNode) => {
    const binding = bindings.bindingOf(node);
    return binding !== null && responses.has(binding);
  };
  for (let up = statement; up !== undefined && !isFunction(up); up = parents.get(up)) {
    const list = listOf(parents.get(up));
    const at = list.indexOf(up);
    if (up === statement && at < 0) return false;
    if (list.slice(0, Math.max(at, 0)).some((each) => answersWhole(each, isResponse))) return true;
  }
  return false;
}

/** Statements that stand one behind the other in a node. */
function listOf(node: SyntaxNode | undefined): SyntaxNode[] {
  if (node?.type === 'BlockStatement') return children(node, 'body');
  return node?.type === 'SwitchCase' ? children(node, 'consequent') : [];
}

/** Whether code behind a statement, in the same list, runs only where the statement has answered. */
function answersWhole(node: SyntaxNode, isResponse: (node: SyntaxNode) => boolean): boolean {
  const whole = (name: string): boolean => {
    const part = child(node, name);
    return part !== null && answersWhole(part, isResponse);
  };
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    case 'ExpressionStatement':
      return isWhole(child(node, 'expression'), isResponse);
    case 'BlockStatement':
      return children(node, 'body').some((each) => answersWhole(each, isResponse));
    case 'IfStatement':
      return whole('consequent') && whole('alternate');
    case 'TryStatement': {
      const handler = child(node, 'handler');
      const body = handler === null ? null : child(handler, 'body');
      const isCaught = handler === null || (body !== null && answersWhole(body, isResponse));
      return whole('finalizer') || (whole('block') && isCaught);
    }
    default:
      return false;
  }
}

function isWhole(node: SyntaxNode | null, isResponse: (node: SyntaxNode) => boolean): boolean {
  const expression = node === null ? null : unwrap(node);
  if (expression?.type === 'ConditionalExpression')
    return [child(expression, 'consequent'), child(expression, 'alternate')].every((each) =>
      isWhole(each, isResponse),
    );
  if (expression?.type !== 'CallExpression') return false;
  const [root, ...links] = calleeChain(expression);
  return (
    root?.call === null &&
    isResponse(root.node) &&
    links.every(({ call }) => call !== null) &&
    links.some(({ name }) => name !== null && WHOLE.has(name))
  );
}
