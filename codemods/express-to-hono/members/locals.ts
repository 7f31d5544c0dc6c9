import { packagesOf } from '../../../src/workspace/express/registrations.ts';
import {
  child,
  children,
  isMember,
  memberName,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parityName } from '../edit/imports.ts';
import { BUILT_IN, memberAt } from '../facts/request-members.ts';
import { memberNames } from '../facts/units.ts';
import { ruleOf } from '../packages/_known.ts';
import { type Conversion, claim, refuse, replace, spanOf, type Unit } from '../state/conversion.ts';
import { convertPattern } from './patterns.ts';

/**
 * Whether `res.locals` stays an object of its own: views are given all of it, it is used
 * as a whole, a package reads or sets it, or it has a name that the request has as well. Else its members are variables of the context.
 */
export function keepsLocals(conversion: Conversion): boolean {
  if (packagesOf(conversion.program).some((each) => ruleOf(each)?.locals === true)) return true;
  const onRequest = new Set(conversion.requestNames);
  for (const { uses, work } of conversion.units.values()) {
    for (const { node, role } of uses) {
      const member = role === 'req' ? memberAt(work, node) : null;
      if (member !== null) onRequest.add(memberName(member) ?? '');
    }
  }
  for (const unit of conversion.units.values()) {
    for (const { node, role } of unit.uses) {
      if (role !== 'res') continue;
      if (memberNames(unit.work, node).includes('render')) return true;
      const locals = unit.work.parents.get(node);
      if (!isMember(locals) || child(locals, 'object') !== node || memberName(locals) !== 'locals') continue;
      if (!isPlain(onRequest, unit, locals)) return true;
    }
  }
  return false;
}

/** The names on `res.locals`, each of which is a variable of the context. */
export function localNames({ units, keepsLocals }: Conversion): Set<string> {
  if (keepsLocals) return new Set();
  const ofUse = ({ work }: Unit, node: SyntaxNode): (string | null)[] => {
    const [first, second] = memberNames(work, node);
    const locals = first === 'locals' ? work.parents.get(node) : undefined;
    const declarator = locals === undefined ? undefined : work.parents.get(locals);
    if (declarator?.type !== 'VariableDeclarator') return [locals === undefined ? null : (second ?? null)];
    return children(child(declarator, 'id') ?? declarator, 'properties').map(propertyKeyName);
  };
  const names = [...units.values()].flatMap((unit) =>
    unit.uses.flatMap(({ node, role }) => (role === 'res' ? ofUse(unit, node) : [])),
  );
  return new Set(names.filter((name) => name !== null));
}

function isPlain(onRequest: ReadonlySet<string>, unit: Unit, locals: SyntaxNode): boolean {
  const { parents } = unit.work;
  const member = parents.get(locals);
  if (member?.type === 'VariableDeclarator') return child(member, 'id')?.type === 'ObjectPattern';
  const name = isMember(member) && child(member, 'object') === locals ? memberName(member) : null;
  if (member === undefined || name === null || (onRequest.has(name) && !BUILT_IN.has(name))) return false;
  const up = parents.get(member);
  if (up?.type === 'AssignmentExpression' && child(up, 'left') === member)
    return up.operator === '=' && parents.get(up)?.type === 'ExpressionStatement';
  return up?.type !== 'UpdateExpression' && !(up?.type === 'UnaryExpression' && up.operator === 'delete');
}

/** `res.locals.user`: `c.get('user')`, or `locals(c).user` where the object is kept. */
export function convertLocals(conversion: Conversion, unit: Unit, root: SyntaxNode, locals: SyntaxNode) {
  const { work, context: c } = unit;
  const member = work.parents.get(locals);
  if (member?.type === 'AssignmentExpression' && child(member, 'left') === locals)
    return replaceLocals(conversion, unit, root, member);
  claim(conversion, root);
  if (conversion.keepsLocals || unit.ofExpress !== null) {
    const kept = parityName(conversion, work, 'locals');
    return replace(conversion, work, locals, [`${kept}(${c})`], 'variables/locals');
  }
  const get = (name: string) => {
    conversion.variables.add(name);
    return `${c}.get(${work.layout.string(name)})`;
  };
  if (member?.type === 'VariableDeclarator')
    return convertPattern(conversion, unit, member, (name) => [get(name)]);
  const name = isMember(member) ? memberName(member) : null;
  if (!isMember(member) || name === null) return;
  const read = get(name);
  const up = work.parents.get(member);
  const value =
    up?.type === 'AssignmentExpression' && child(up, 'left') === member ? child(up, 'right') : null;
  if (up === undefined || value === null) return replace(conversion, work, member, [read], 'variables/get');
  const key = work.layout.string(name);
  replace(conversion, work, up, [`${c}.set(${key}, `, spanOf(value), ')'], 'variables/set');
}

/** `res.locals = session;`: another object from there on, for all that runs for the request. */
function replaceLocals(conversion: Conversion, unit: Unit, root: SyntaxNode, assignment: SyntaxNode) {
  const { work, context: c } = unit;
  const value = child(assignment, 'right');
  const isStatement = work.parents.get(assignment)?.type === 'ExpressionStatement';
  // Express's own response would keep the object that it has.
  if (value === null || !isStatement || assignment.operator !== '=' || unit.ofExpress !== null) {
    const reason = 'this assignment to `res.locals` has no rule';
    return refuse(conversion, work, assignment, 'variables/locals', reason, unit);
  }
  claim(conversion, root);
  const name = parityName(conversion, work, 'handLocals');
  replace(conversion, work, assignment, [`${name}(${c}, `, spanOf(value), ')'], 'variables/locals');
}
