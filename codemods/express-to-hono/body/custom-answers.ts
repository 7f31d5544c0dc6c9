import {
  argumentsOf,
  calleeOf,
  child,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { assignmentOf } from '../facts/answers/custom-answers.ts';
import { type Conversion, claim, refuse, replace, spanOf } from '../state/conversion.ts';
import type { Form } from './form.ts';
import { type Frame, hasOpenPath } from './frame.ts';

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
  if (hasOpenPath(frame.reading.body(conversion, inner), inner)) {
    const reason = `\`res.${found.name}\` does not answer on every path`;
    refuse(conversion, work, inner.open[0] ?? fn, 'response/custom', reason, unit);
  }
  claim(conversion, use.node);
  const returned = child(fn, 'returnType');
  const type = fn.async === true ? ': Promise<Response>' : '';
  if (returned !== null) replace(conversion, work, returned, [type], 'types/return');
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
