import {
  argumentsOf,
  calleeChain,
  calleeOf,
  child,
  literalText,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { wholeChain } from '../facts/answers/chains.ts';
import { collectCustomAnswers } from '../facts/answers/custom-answers.ts';
import { collectReplacedAnswers } from '../facts/answers/replaced-answers.ts';
import { collectAssignedParts } from '../facts/assigned-parts.ts';
import { carriesValues, raisesValues } from '../facts/errors/carried-values.ts';
import { keepEmptyForwards } from '../facts/errors/nothing-raised.ts';
import { isForwardCall } from '../facts/forward-calls.ts';
import { needsNext } from '../facts/needs-next.ts';
import { memberAt } from '../facts/request-members.ts';
import { ownParamRouters } from '../facts/routes/own-params.ts';
import { functionsOf } from '../facts/routes/registrations.ts';
import { shareTypes, spreadTypes } from '../facts/shared-types.ts';
import { handsAllInside } from '../facts/taken-out.ts';
import { collectUnits, markAnswers } from '../facts/units.ts';
import { keepsLocals, localNames } from '../members/locals.ts';
import { collectResponseVariables } from '../members/response-variables.ts';
import { collectRewrites } from '../members/url-rewrites.ts';
import { convertUses } from '../members/uses.ts';
import { type Conversion, refuse, type Unit } from '../state/conversion.ts';
import { isInPlace } from '../state/worlds.ts';
import { convertCallArguments, convertSignature } from '../types/signature.ts';
import { convertBody, unitFrame } from './flow.ts';
import { hasOpenPath } from './frame.ts';
import { isNotFound } from './not-found.ts';
import { leaveUnanswered } from './unanswered.ts';
import { convertVerdictReturns } from './verdicts.ts';

/** Facts of the whole program that single functions are judged by. */
export function prepare(conversion: Conversion): void {
  collectUnits(conversion);
  for (const unit of conversion.units.values()) {
    for (const { node, role } of unit.uses) {
      const up = unit.work.parents.get(node);
      if (role === 'res' && seesType(unit, node)) conversion.writesRaw = true;
      const member = role === 'req' ? memberAt(unit.work, node) : null;
      if (member !== null && isAssigned(unit, member)) conversion.requestNames.add(memberName(member) ?? '');
      if (up?.type === 'CallExpression' && !conversion.calls.has(up) && isForwardCall(conversion, unit, up)) {
        conversion.forwards.add(up);
      }
    }
  }
  collectRewrites(conversion);
  collectAssignedParts(conversion);
  if (conversion.version === 5) {
    for (const { paths } of conversion.program.registrations) {
      for (const { text } of paths) {
        for (const match of (text ?? '').matchAll(/\*(\w+)/g)) conversion.splats.add(match[1] ?? '');
      }
    }
  }
  conversion.ownParams = ownParamRouters(conversion);
  conversion.keepsLocals = keepsLocals(conversion);
  conversion.localNames = localNames(conversion);
  collectReplacedAnswers(conversion);
  collectCustomAnswers(conversion);
  collectResponseVariables(conversion);
  markAnswers(conversion);
  keepEmptyForwards(conversion);
  shareTypes(conversion);
  if (conversion.customAnswers.size > 0) spreadTypes(conversion, () => true);
  spreadTypes(conversion, (unit) => unit.fn.kind !== 'helper' && needsNext(conversion, unit));
  for (const registration of conversion.program.registrations) {
    const all = conversion.program.registrations.filter(({ on }) => on === registration.on);
    const isOurs = registration.method === 'use' && !isInPlace(conversion, registration);
    // What is no Error gets to the error handler through the router alone: such a handler stands there as the last of all.
    const isOfRouter =
      conversion.idiomatic !== null &&
      registration.handlers.flatMap(functionsOf).some((fn) => raisesValues(conversion, fn));
    if (isOurs && !isOfRouter && isNotFound(conversion, registration, all)) {
      conversion.hasNotFound.add(registration.on);
      conversion.notFoundCalls.add(registration.call);
    }
  }
  conversion.carriesValues = carriesValues(conversion);
}

/** `res.status(200).end(body)`, `res.redirect('/')`, `res.get('Content-Type')`: the type must be whole before the response is there. */
function seesType(unit: Unit, root: SyntaxNode): boolean {
  const last = calleeChain(wholeChain(unit, root)).at(-1);
  if (last === undefined || last.call === null) return false;
  const [first] = argumentsOf(last.call);
  if (last.name === 'end') return first !== undefined;
  // To who takes neither text nor HTML it says the type that was set, and nothing more.
  if (last.name === 'redirect') return true;
  return (
    /^get(Header)?$/.test(last.name ?? '') && /^content-type$/i.test(literalText(first) ?? 'content-type')
  );
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
    checkUses(conversion, unit);
    const frame = unitFrame(conversion, unit);
    const flow = convertBody(conversion, frame);
    const mustAnswer = unit.fn.kind !== 'helper';
    if (mustAnswer && hasOpenPath(flow, frame)) {
      const mayWait = needsResponse(unit) || onlyReads(unit);
      const open = mayWait ? leaveUnanswered(conversion, frame) : (frame.open[0] ?? unit.fn.node);
      const what = mayWait
        ? 'no answer on the path that ends here: the request would hang as it does today'
        : 'this never answers and never calls `next()`';
      if (open !== null) refuse(conversion, unit.work, open, 'flow/none', what, unit);
    }
    convertVerdictReturns(conversion, unit);
    convertCallArguments(conversion, unit);
    convertUses(conversion, unit);
    convertSignature(conversion, unit, frame.awaits);
  }
}

/** A function that is also called without a request, or on a router whose parameters would change, stays. */
function checkUses(conversion: Conversion, unit: Unit): void {
  for (const use of unit.fn.uses) {
    if (use.kind === 'called') {
      const isOurs =
        unit.fn.takenOut.length > 0
          ? handsAllInside(conversion, unit, use)
          : argumentsOf(use.call).some((argument) => conversion.roles.has(unwrap(argument)));
      if (isOurs) continue;
      const reason = `\`${unit.fn.name}\` is also called with something that is no request or response of Express`;
      refuse(conversion, conversion.workOf(use.file), use.call, 'helpers/call', reason, unit);
    }
  }
}

const needsResponse = (unit: Unit): boolean =>
  unit.uses.some(
    ({ role, node }) =>
      role === 'res' ||
      (role === 'next' && argumentsOf(unit.work.parents.get(node) ?? node).length === 0) ||
      calleeOf(node) !== null,
  );

/** Whether a function only reads members of the request, if anything: that it answers elsewhere is out of the question. */
const onlyReads = ({ fn, uses, work }: Unit): boolean =>
  uses.every(({ node, role }) => role === 'req' && memberAt(work, node) !== null) &&
  findAll(fn.node, 'Identifier').every(({ name }) => name !== 'arguments');
