import { calleeOf, child, isFunction, isMember, memberName } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import type { Conversion, FileWork, Unit } from '../../state/conversion.ts';
import { memberNames, TERMINALS } from '../units.ts';
import { isOwnMember } from './own-members.ts';

/** The assignment `res.ok = (data) => res.json({ data });` that a use of `res` is the target of. */
export function assignmentOf(
  work: FileWork,
  root: SyntaxNode,
): { name: string; assignment: SyntaxNode } | null {
  const member = work.parents.get(root);
  const up = member === undefined ? undefined : work.parents.get(member);
  const name = isMember(member) && child(member, 'object') === root ? memberName(member) : null;
  if (name === null || up?.type !== 'AssignmentExpression' || child(up, 'left') !== member) return null;
  return up.operator === '=' && isOwnMember(name) ? { name, assignment: up } : null;
}

/**
 * Members that the application puts on the response, and that answer when they are called: `res.ok(data)`. Each must
 * be assigned once, as a statement, and only ever be called.
 */
export function collectCustomAnswers(conversion: Conversion): void {
  const made = new Map<string, { times: number; isAsync: boolean }>();
  const lost = new Set<string>([...conversion.requestNames]);
  for (const unit of conversion.units.values()) {
    for (const { node, role } of unit.uses) {
      if (role !== 'res') continue;
      const found = assignmentOf(unit.work, node);
      const [name] = memberNames(unit.work, node);
      if (found === null) {
        if (name !== undefined && isOwnMember(name) && !isCalled(unit.work, node)) lost.add(name);
        continue;
      }
      const fn = child(found.assignment, 'right');
      const isStatement = unit.work.parents.get(found.assignment)?.type === 'ExpressionStatement';
      if (!isStatement || !isFunction(fn) || !answersIn(unit, fn)) lost.add(found.name);
      const times = (made.get(found.name)?.times ?? 0) + 1;
      made.set(found.name, { times, isAsync: fn?.async === true });
    }
  }
  for (const [name, { times, isAsync }] of made)
    if (times === 1 && !lost.has(name)) conversion.customAnswers.set(name, { isAsync });
}

const isCalled = (work: FileWork, root: SyntaxNode): boolean => {
  const member = work.parents.get(root);
  const call = member === undefined ? undefined : work.parents.get(member);
  return call?.type === 'CallExpression' && calleeOf(call) === member;
};

const answersIn = (unit: Unit, fn: SyntaxNode): boolean =>
  findAll(fn, 'ThisExpression').length === 0 &&
  unit.uses.some(
    ({ node, role }) =>
      role === 'res' &&
      fn.start <= node.start &&
      node.end <= fn.end &&
      memberNames(unit.work, node).some((name) => TERMINALS.has(name)),
  );
