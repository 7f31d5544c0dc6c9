import { argumentsOf, calleeOf, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { Conversion, Unit } from '../state/conversion.ts';
import { skipOf } from './routes/skips.ts';

const asked = new WeakMap<Conversion, Map<Unit, boolean>>();

/** Whether a converted function still calls `next()`; `next(err)` has become a `throw`. */
export function needsNext(conversion: Conversion, unit: Unit): boolean {
  if (unit.fn.kind === 'param') return true;
  const known = asked.get(conversion) ?? new Map<Unit, boolean>();
  asked.set(conversion, known);
  const found = known.get(unit);
  if (found !== undefined) return found;
  known.set(unit, false);
  const needs = unit.uses.some(({ node, role }) => {
    if (role !== 'next') return false;
    const call = unit.work.parents.get(node);
    if (call?.type !== 'CallExpression') return false;
    if (calleeOf(call) === node) return argumentsOf(call).length === 0 || skipOf(call) !== null;
    const reached = conversion.calls.get(call);
    if (reached !== undefined) return reached.some((helper) => needsNext(conversion, helper));
    return !/^(then|catch)$/.test(memberName(calleeOf(call)) ?? '');
  });
  known.set(unit, needs);
  return needs;
}
