import { argumentsOf, calleeOf, child, isMember, memberName } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { type Conversion, refuse, type Unit } from './conversion.ts';
import { convertBody, unitFrame } from './flow.ts';
import { isForwardCall } from './forms.ts';
import { isNotFound } from './routing.ts';
import { convertCallArguments, convertSignature, needsNext } from './signature.ts';
import { collectUnits, markAnswers, spreadTypes } from './units.ts';
import { convertUses } from './uses.ts';

/** Facts of the whole program that single functions are judged by. */
export function prepare(conversion: Conversion): void {
  collectUnits(conversion);
  for (const unit of conversion.units.values()) {
    for (const { node, role } of unit.uses) {
      const up = unit.work.parents.get(node);
      if (role === 'req' && isMember(up) && isAssigned(unit, up))
        conversion.requestNames.add(memberName(up) ?? '');
      if (up?.type === 'CallExpression' && !conversion.calls.has(up) && isForwardCall(conversion, unit, up)) {
        conversion.forwards.add(up);
      }
    }
  }
  if (conversion.version === 5) {
    for (const { paths } of conversion.program.registrations) {
      for (const { text } of paths) {
        for (const match of (text ?? '').matchAll(/\*(\w+)/g)) conversion.splats.add(match[1] ?? '');
      }
    }
  }
  markAnswers(conversion);
  spreadTypes(conversion, (unit) => unit.fn.kind !== 'helper' && needsNext(conversion, unit));
  for (const registration of conversion.program.registrations) {
    const all = conversion.program.registrations.filter(({ on }) => on === registration.on);
    if (registration.method === 'use' && isNotFound(conversion, registration, all)) {
      conversion.hasNotFound.add(registration.on);
      conversion.notFoundCalls.add(registration.call);
    }
  }
}

const isAssigned = (unit: Unit, member: SyntaxNode): boolean => {
  const up = unit.work.parents.get(member);
  return up?.type === 'AssignmentExpression' && child(up, 'left') === member;
};

/** Converts every function that receives Express values, or says why one cannot be. */
export function convertUnits(conversion: Conversion): void {
  for (const unit of conversion.units.values()) {
    for (const { location, reason } of unit.fn.escapes) {
      conversion.problems.push({ location, rule: 'escape', reason, unit });
    }
    const frame = unitFrame(conversion, unit);
    const flow = convertBody(conversion, frame);
    const mustAnswer = unit.fn.kind !== 'helper';
    if (mustAnswer && flow.falls) {
      const open = frame.open[0] ?? unit.fn.node;
      const what = needsResponse(unit)
        ? 'no answer on the path that ends here: the request would hang as it does today'
        : 'this never answers and never calls `next()`';
      refuse(conversion, unit.work, open, 'flow/none', what, unit);
    }
    convertCallArguments(conversion, unit);
    convertUses(conversion, unit);
    convertSignature(conversion, unit, frame);
  }
}

const needsResponse = (unit: Unit): boolean =>
  unit.uses.some(
    ({ role, node }) =>
      role === 'res' ||
      (role === 'next' && argumentsOf(unit.work.parents.get(node) ?? node).length === 0) ||
      calleeOf(node) !== null,
  );
