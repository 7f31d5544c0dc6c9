import { calleeOf, child, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { isOwnMember } from '../facts/answers/own-members.ts';
import { memberAt } from '../facts/request-members.ts';
import { type Conversion, claim, replace, spanOf, type Unit } from '../state/conversion.ts';

/**
 * Members that the application puts on the response for the functions after it: `res.results = rows`. Each must be set by
 * statements alone, and be no name that the request or `res.locals` has as well: the context has one of each.
 */
export function collectResponseVariables(conversion: Conversion): void {
  const { customAnswers, responseNames } = conversion;
  const lost = new Set<string>(customAnswers.keys());
  for (const { uses, work } of conversion.units.values()) {
    for (const { node, role } of uses) {
      const member = memberAt(work, node);
      const name = memberName(member);
      if (member === null || name === null) continue;
      if (role === 'req') lost.add(name);
      if (role !== 'res') continue;
      const up = work.parents.get(member);
      if (name === 'locals' && isMember(up)) lost.add(memberName(up) ?? '');
      if (!isOwnMember(name)) continue;
      if (isSet(work.parents, member)) responseNames.add(name);
      if (work.file.typescript || !(isSet(work.parents, member) || isRead(up, member))) lost.add(name);
    }
  }
  for (const name of [...lost, ...conversion.bridgedNames]) responseNames.delete(name);
}

/** `res.results = rows;` */
function isSet(parents: ReadonlyMap<SyntaxNode, SyntaxNode>, member: SyntaxNode): boolean {
  const up = parents.get(member);
  return (
    up?.type === 'AssignmentExpression' &&
    up.operator === '=' &&
    child(up, 'left') === member &&
    parents.get(up)?.type === 'ExpressionStatement'
  );
}

const isRead = (up: SyntaxNode | undefined, member: SyntaxNode): boolean =>
  up !== undefined &&
  !/^(Update|Unary)Expression$|^For(In|Of)Statement$|Pattern$/.test(up.type) &&
  !(up.type === 'AssignmentExpression' && child(up, 'left') === member) &&
  calleeOf(up) !== member;

/** `res.results` becomes `c.get('results')`, what sets it `c.set(…)`. Returns false where the member is no such variable. */
export function convertResponseVariable(
  conversion: Conversion,
  unit: Unit,
  root: SyntaxNode,
  member: SyntaxNode,
): boolean {
  const { work, context: c } = unit;
  const name = memberName(member);
  if (name === null || !conversion.responseNames.has(name)) return false;
  claim(conversion, root);
  conversion.variables.add(name);
  const key = work.layout.string(name);
  const up = work.parents.get(member);
  const value =
    up?.type === 'AssignmentExpression' && child(up, 'left') === member ? child(up, 'right') : null;
  if (up !== undefined && value !== null)
    replace(conversion, work, up, [`${c}.set(${key}, `, spanOf(value), ')'], 'variables/set');
  else replace(conversion, work, member, [`${c}.get(${key})`], 'variables/get');
  return true;
}
