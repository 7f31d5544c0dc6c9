import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Conversion, type FileWork, handedTo } from '../state/conversion.ts';
import { assignsComputed, computedMember, definesPart, partsLeft } from './computed-members.ts';
import { memberAt } from './request-members.ts';
import { refuseTwin } from './routes/kept-params.ts';

/** The statement `Object.assign(req, value)`: the call, from the request in it; null for any other use. */
export function assignsParts(work: FileWork, root: SyntaxNode): SyntaxNode | null {
  const handed = handedTo(work, root);
  const args = handed === null ? [] : argumentsOf(handed.call);
  const callee = handed === null ? null : calleeOf(handed.call);
  const object = isMember(callee) ? child(callee, 'object') : null;
  const isAssign =
    memberName(callee) === 'assign' &&
    isIdentifier(object, 'Object') &&
    work.bindings.bindingOf(object) === null;
  const isStatement = handed !== null && work.parents.get(handed.call)?.type === 'ExpressionStatement';
  const isWhole = args.length === 2 && args[0] === handed?.argument && args[1]?.type !== 'SpreadElement';
  return handed !== null && isAssign && isStatement && isWhole ? handed.call : null;
}

/** Notes what such statements may change, so that every read of it finds what they made. */
export function collectAssignedParts(conversion: Conversion): void {
  for (const { work, uses, fn } of conversion.units.values()) {
    const names = uses.flatMap(({ node, role }) =>
      role === 'req' ? namesAssigned(conversion, work, node) : [],
    );
    if (names.includes('query')) conversion.rewrites.add('query');
    if (names.includes('body')) conversion.requestNames.add('body');
    if (!names.includes('params')) continue;
    for (const use of fn.uses) {
      if (use.kind !== 'registered') continue;
      conversion.keptParams.add(use.registration.call);
      refuseTwin(conversion, use.registration);
    }
  }
}

/** The statement `req.params = value`: the assignment; null for any other use. */
export function assignsParams(work: FileWork, root: SyntaxNode): SyntaxNode | null {
  const member = memberAt(work, root);
  const up = member === null ? undefined : work.parents.get(member);
  const isAssigned =
    memberName(member) === 'params' &&
    up?.type === 'AssignmentExpression' &&
    up.operator === '=' &&
    child(up, 'left') === member &&
    work.parents.get(up)?.type === 'ExpressionStatement';
  return isAssigned ? up : null;
}

/** The parts that a statement may assign. Express 5 has no query that can be set, and fails. */
function namesAssigned(conversion: Conversion, work: FileWork, root: SyntaxNode): readonly string[] {
  if (assignsParams(work, root) !== null) return ['params'];
  if (assignsParts(work, root) !== null)
    return conversion.version === 5 ? ['body', 'params'] : ['query', 'body', 'params'];
  const member = assignsComputed(work, root) === null ? null : computedMember(work, root);
  const key = member === null ? (definesPart(work, root)?.key ?? null) : child(member, 'property');
  return key === null ? [] : (partsLeft(conversion, work, key) ?? []);
}
