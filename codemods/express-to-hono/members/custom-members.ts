import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { convertBody, type Frame, hasOpenPath } from '../body/flow.ts';
import type { Form } from '../body/forms.ts';
import type { Part } from '../edit/draft.ts';
import { memberNames, TERMINALS } from '../facts/units.ts';
import {
  type Conversion,
  claim,
  type FileWork,
  refuse,
  replace,
  spanOf,
  type Unit,
} from '../state/conversion.ts';
import { isOwnMember } from './own-members.ts';

/** The assignment `res.ok = (data) => res.json({ data });` that a use of `res` is the target of. */
function assignmentOf(work: FileWork, root: SyntaxNode): { name: string; assignment: SyntaxNode } | null {
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
  const made = new Map<string, number>();
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
      if (unit.work.file.typescript || !isStatement || !isFunction(fn) || !answersIn(unit, fn))
        lost.add(found.name);
      made.set(found.name, (made.get(found.name) ?? 0) + 1);
    }
  }
  for (const [name, times] of made) if (times === 1 && !lost.has(name)) conversion.customAnswers.add(name);
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

/** `res.ok = (data) => …;` becomes `c.set('ok', (data) => …);`: what it answers with is returned to its caller. */
export function convertCustomAnswer(conversion: Conversion, frame: Frame, statement: SyntaxNode): boolean {
  const { unit } = frame;
  const { work } = unit;
  const assignment = unwrap(child(statement, 'expression') ?? statement);
  const use = unit.uses.find(({ node, role }) => role === 'res' && node.start === assignment.start);
  const found = use === undefined ? null : assignmentOf(work, use.node);
  const fn = child(assignment, 'right');
  if (use === undefined || found === null || fn === null || !conversion.customAnswers.has(found.name))
    return false;
  const inner: Frame = { ...frame, fn, settle: null, guarded: false, open: [], awaits: false };
  if (hasOpenPath(convertBody(conversion, inner), inner)) {
    const reason = `\`res.${found.name}\` does not answer on every path`;
    refuse(conversion, work, inner.open[0] ?? fn, 'response/custom', reason, unit);
  }
  claim(conversion, use.node);
  conversion.variables.add(found.name);
  const key = work.layout.string(found.name);
  replace(conversion, work, assignment, [`${unit.context}.set(${key}, `, spanOf(fn), ')'], 'variables/set');
  return true;
}

/** `res.ok(data)`: the response that the member of that name makes. */
export function readCustomAnswer(conversion: Conversion, frame: Frame, call: SyntaxNode): Form | null {
  const { unit } = frame;
  const callee = calleeOf(call);
  const root = isMember(callee) ? child(callee, 'object') : null;
  const name = memberName(callee);
  if (root === null || name === null || !conversion.customAnswers.has(name)) return null;
  if (conversion.roles.get(root)?.role !== 'res') return null;
  claim(conversion, root);
  const given = argumentsOf(call).flatMap((arg, index): Part[] => [
    ...(index === 0 ? [] : [', ']),
    spanOf(arg),
  ]);
  const value: Part[] = [`${unit.context}.get(${unit.work.layout.string(name)})(`, ...given, ')'];
  return { kind: 'respond', before: [], value, rule: 'response/custom' };
}
