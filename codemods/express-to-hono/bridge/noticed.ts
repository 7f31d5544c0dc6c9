import { at } from '../../../src/model/at.ts';
import { calleeOf, child, children, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { areApart, isAround, isLeftBefore, isReturned } from '../facts/answers/branches.ts';
import { setsTypeHeader } from '../facts/answers/type-headers.ts';
import { skipOf } from '../facts/routes/skips.ts';
import { memberNames, TERMINALS, TYPE_SETTERS } from '../facts/units.ts';
import { takesRequest } from '../packages/_takes-request.ts';
import { type Conversion, handedTo, type Unit } from '../state/conversion.ts';
import { bridgedCall } from './lent.ts';

/** What a function does that a handler after it, which answers a moment later than it did in Express, would notice. */
export interface Noticed {
  unit: Unit;
  node: SyntaxNode;
  reason: string;
}

/**
 * Functions that go on and still ask for the request or response afterwards, that hand them to who knows what, that leave a
 * type for the answer, or that put
 * their own in the place of a method that answers: what comes after them must answer at the moment and in the way that
 * Express's own handlers do.
 */
export function noticedAfterwards(conversion: Conversion): Noticed[] {
  return [...conversion.units.values()].flatMap((unit): Noticed[] => {
    const late = lateUse(unit);
    const typed = leavesType(unit);
    if (late !== null) {
      const line = at(unit.work.file.locate(late.start));
      const reason = `\`${unit.fn.name}\` asks for the request or response after it went on (${line}): a \`return\` before or after \`next()\` frees it`;
      return [{ unit, node: late, reason }];
    }
    if (typed !== null)
      return [
        { unit, node: typed, reason: `\`${unit.fn.name}\` sets a type for the answers of what follows` },
      ];
    const given = handsOn(conversion, unit);
    if (given !== null) {
      const reason = `\`${unit.fn.name}\` hands the request or response to code that is not known`;
      return [{ unit, node: given, reason }];
    }
    const { node, name } = replacedMember(unit, BY_HONO) ?? {};
    return node === undefined
      ? []
      : [{ unit, node, reason: `\`res.${name}\` is made anew, and what is Hono's answers by \`res.send\`` }];
  });
}

/** The first use of the request or response that may come after a `next()`. */
function lateUse({ fn, uses, work }: Unit): SyntaxNode | null {
  const { parents } = work;
  if (fn.kind === 'error-handler') return null;
  const own = uses.filter(({ role }) => role !== 'next');
  for (const { node, role } of uses) {
    if (role !== 'next') continue;
    const up = parents.get(node);
    const call = (up !== undefined && calleeOf(up) === node ? up : handedTo(work, node)?.call) ?? node;
    if (isReturned(parents, fn.node, call)) continue;
    const caught = caughtAfter(parents, call);
    const late = own.find(
      (each) =>
        each.node.start >= call.end &&
        (caught === null || !isAround(caught, each.node)) &&
        !areApart(parents, fn.node, call, each.node) &&
        !isLeftBefore(parents, fn.node, call, each.node),
    );
    if (late !== undefined) return late.node;
  }
  return null;
}

/** The `catch` of a `try` that ends with a call: Express's `next()` throws nothing. */
function caughtAfter(parents: ReadonlyMap<SyntaxNode, SyntaxNode>, call: SyntaxNode): SyntaxNode | null {
  const statement = parents.get(call);
  const block = statement?.type === 'ExpressionStatement' ? parents.get(statement) : undefined;
  const around = block === undefined ? undefined : parents.get(block);
  const isLast = block?.type === 'BlockStatement' && children(block, 'body').at(-1) === statement;
  return isLast && around?.type === 'TryStatement' && child(around, 'block') === block
    ? child(around, 'handler')
    : null;
}

/** What Hono's handlers do by themselves: where the application has its own, they would not come to it. */
const BY_HONO =
  /^(json|jsonp|sendStatus|redirect|render|status|set|header|cookie|clearCookie|append|type|contentType|location|links|vary|get|attachment|format)$/;

/** Whether a function puts its own in the place of `res.send`, by which handlers of Hono answer what has a body. */
export const replacesSend = ({ units }: Conversion): boolean =>
  [...units.values()].some((unit) => replacedMember(unit, /^send$/) !== undefined);

/** Where a function puts its own in the place of a method of the response. */
function replacedMember(
  { uses, work: { parents } }: Unit,
  names: RegExp,
): { node: SyntaxNode; name: string } | undefined {
  return uses.flatMap(({ node, role }) => {
    const member = role === 'res' ? parents.get(node) : undefined;
    const up = member === undefined ? undefined : parents.get(member);
    const name = isMember(member) ? memberName(member) : null;
    const isSet = up?.type === 'AssignmentExpression' && child(up, 'left') === member;
    return name !== null && isSet && names.test(name) ? [{ node, name }] : [];
  })[0];
}

/** Whether what follows runs after a function, or after one that calls it. */
function isBefore({ fn }: Unit): boolean {
  const goesOn = ({ roles, kind }: Unit['fn']) => roles.includes('next') && kind !== 'error-handler';
  const isCalled = fn.uses.some((use) => use.kind === 'called' && use.by !== null && goesOn(use.by));
  return goesOn(fn) || (fn.kind === 'helper' && isCalled);
}

/** Where a function hands on the request or response to code that is none of the application's, nor of a known package. */
function handsOn({ calls }: Conversion, unit: Unit): SyntaxNode | null {
  const { uses, work } = unit;
  const found = uses.find(({ node, role }) => {
    const call = role === 'next' ? undefined : handedTo(work, node)?.call;
    const isKnown = (at: SyntaxNode) =>
      calls.has(at) || bridgedCall(work, node) !== null || takesRequest(work, node) !== null;
    return call !== undefined && !isKnown(call);
  });
  return isBefore(unit) ? (found?.node ?? null) : null;
}

/** Where a function that goes on, or that one calls, sets a type and does not answer with it. */
function leavesType(unit: Unit): SyntaxNode | null {
  const { uses, work } = unit;
  if (!isBefore(unit)) return null;
  const found = uses.find(({ node, role }) => {
    const names = role === 'res' ? memberNames(work, node) : [];
    const isType =
      names.some((name) => TYPE_SETTERS.has(name)) || (role === 'res' && setsTypeHeader(work, node));
    return isType && !names.some((name) => TERMINALS.has(name));
  });
  return found?.node ?? null;
}

/** Whether a function may leave out the rest of a route: `next('route')`. */
export const mayLeaveRoute = ({ uses, work }: Unit): boolean =>
  uses.some(({ node, role }) => {
    const up = role === 'next' ? work.parents.get(node) : undefined;
    return up !== undefined && calleeOf(up) === node && skipOf(up) !== null;
  });
