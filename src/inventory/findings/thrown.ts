import type { Binding } from '../../workspace/syntax/bindings.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isCall,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
} from '../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../workspace/syntax/parse.ts';
import { findAll } from '../../workspace/syntax/walk.ts';
import type { Look } from './look.ts';

/** Calls that are given a function for whatever was thrown: its first parameter is that. */
const HANDLERS = /^(?:catch|onError|setErrorHandler)$/;
/** Errors that engines throw themselves. */
const OF_ENGINES = /^(?:Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error$/;

/** Whether a name holds whatever was thrown: of a `catch`, or the first parameter of a handler of errors. */
export function isThrown(binding: Binding, look: Look): boolean {
  if (binding.kind === 'catch') return true;
  if (binding.kind !== 'parameter') return false;
  const owner = look.enclosing(binding.node);
  if (owner === null) return false;
  const params = children(owner, 'params');
  if (params[0] !== binding.node) return false;
  // Express and Connect know a handler of errors by its four parameters.
  if (params.length === 4) return true;
  const call = look.parentOf(owner);
  const callee = isCall(call) && argumentsOf(call).includes(owner) ? calleeOf(call) : null;
  return isMember(callee) && HANDLERS.test(memberName(callee) ?? '');
}

/** Whether a place is reached for errors of one kind alone, which a test around it or before it asks for. */
export function isOneKind(place: SyntaxNode, binding: Binding, look: Look): boolean {
  for (let [node, up] = [place, look.parentOf(place)]; up; [node, up] = [up, look.parentOf(up)]) {
    if (isFunction(up) || up.type === 'CatchClause') break;
    if (up.type === 'IfStatement' || up.type === 'ConditionalExpression')
      if (node === child(up, 'consequent') && narrows(child(up, 'test'), binding, look)) return true;
    if (up.type !== 'BlockStatement') continue;
    // What is left after `if (!(error instanceof Ours)) throw error`.
    const before = children(up, 'body').filter((each) => each.end <= node.start);
    for (const each of before) {
      const test = each.type === 'IfStatement' ? child(each, 'test') : null;
      if (test?.type !== 'UnaryExpression' || !leaves(child(each, 'consequent'))) continue;
      if (narrows(child(test, 'argument'), binding, look)) return true;
    }
  }
  return false;
}

/** Whether a test asks more of an error than that it is one: of which class, with which code. */
function narrows(test: SyntaxNode | null, binding: Binding, look: Look): boolean {
  if (test === null) return false;
  return findAll(test, 'Identifier').some((name) => {
    if (look.bindingOf(name) !== binding) return false;
    const up = look.parentOf(name);
    if (up === null) return false;
    if (isMember(up)) return !isText(up) || isCompared(up, look);
    if (isCall(up)) return argumentsOf(up).includes(name);
    if (up.type !== 'BinaryExpression' || up.operator !== 'instanceof') return false;
    const kind = child(up, 'right');
    return !(isIdentifier(kind) && look.bindingOf(kind) === null && OF_ENGINES.test(String(kind.name)));
  });
}

const isText = (member: SyntaxNode): boolean => /^(?:message|stack)$/.test(memberName(member) ?? '');

/** `error.message === '…'`, `error.message.includes('…')`: one text, and no other. */
function isCompared(member: SyntaxNode, look: Look): boolean {
  const up = look.parentOf(member);
  return (
    (up?.type === 'BinaryExpression' && /^===?$/.test(String(up.operator))) ||
    (isMember(up) && isCall(look.parentOf(up)))
  );
}

/** Whether a statement ends with `throw` or `return`. */
function leaves(statement: SyntaxNode | null): boolean {
  const last = statement?.type === 'BlockStatement' ? children(statement, 'body').at(-1) : statement;
  return last?.type === 'ThrowStatement' || last?.type === 'ReturnStatement';
}
