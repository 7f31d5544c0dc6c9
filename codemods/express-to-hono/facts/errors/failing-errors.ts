import type { ExpressFunction, Role } from '../../../../src/workspace/express/program.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
  unwrap,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';

/** Members of a request or response that are always objects: what is read of them cannot fail. */
const THERE = new Set(['headers', 'app', 'query', 'params', 'locals', 'socket']);
/** Calls that do not fail on what error handlers give them. */
const LOGS = /^(error|warn|info|log|debug|trace)$/;
const SAFE_GLOBALS = /^(String|Number|Boolean|isNaN)$/;

/**
 * Whether an error handler may fail itself: it renders a view, throws, waits, calls what may, or reads a member of what
 * may not be there. Express gives such an error to its own page, with the status set so far; Hono's `onError` has nothing
 * after it, and ends in an empty 500.
 */
export function mayFail({ node: fn, roles }: ExpressFunction): boolean {
  const names = new Map<string, Role>();
  for (const [index, role] of roles.entries()) {
    const parameter = parametersOf(fn)[index];
    const target = parameter === undefined ? null : patternTarget(parameter);
    if (role !== null && isIdentifier(target)) names.set(String(target.name), role);
  }
  if (findAll(fn, 'ThrowStatement', 'AwaitExpression', 'NewExpression').length > 0) return true;
  return (
    findAll(fn, 'CallExpression').some((call) => callMayFail(call, names)) ||
    findAll(fn, 'MemberExpression').some((member) => readMayFail(member, names))
  );
}

function callMayFail(call: SyntaxNode, names: ReadonlyMap<string, Role>): boolean {
  const callee = calleeOf(call);
  if (callee === null) return true;
  if (isIdentifier(callee))
    return names.get(String(callee.name)) !== 'next' && !SAFE_GLOBALS.test(String(callee.name));
  const name = memberName(callee);
  const root = rootOf(callee);
  const role = root === null ? undefined : names.get(root);
  if (name === 'render') return true;
  if (role === 'res' || role === 'req') return false;
  return name === null || !LOGS.test(name) || argumentsOf(call).some(({ type }) => type === 'SpreadElement');
}

function readMayFail(member: SyntaxNode, names: ReadonlyMap<string, Role>): boolean {
  const holder = child(member, 'object');
  const object = holder === null ? null : unwrap(holder);
  if (!isMember(object) || member.optional === true || member.computed === true) return false;
  const root = rootOf(object);
  if (root === 'process') return false;
  const role = root === null ? undefined : names.get(root);
  if (role === undefined) return false;
  return role === 'req' || role === 'res' ? !THERE.has(memberName(object) ?? '') : true;
}

/** The name a chain of members and calls starts with. */
function rootOf(node: SyntaxNode): string | null {
  let at = unwrap(node);
  for (;;) {
    const inner = isMember(at) ? child(at, 'object') : calleeOf(at);
    if (inner === null) return isIdentifier(at) ? String(at.name) : null;
    at = unwrap(inner);
  }
}
