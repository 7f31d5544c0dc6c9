import type {
  ExpressFunction,
  ExpressProgram,
  FunctionUse,
  HandlerArgument,
  Registration,
} from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { argumentsOf, calleeOf, child, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { isDoneAfterNext } from '../bridge/done-after-next.ts';
import { bridgedCall, lentParameters, lentUse, setsHeader } from '../bridge/lent.ts';
import { SAVED_BEFORE } from '../facts/after-answer.ts';
import { memberAt } from '../facts/request-members.ts';
import { isErrorArgument } from '../facts/routes/registrations.ts';
import { bridgingOf } from '../packages/_known.ts';
import type { AsItIs } from '../state/as-is.ts';
import type { Conversion, Problem, Unit } from '../state/conversion.ts';
import { holds } from '../state/worlds.ts';
import { addBlame, noBlame, reasonsOf } from './blame.ts';

/**
 * Middleware and error handlers of the application that have no form of Hono's, and that run as they are behind a bridge:
 * all they do to a request and response is among what the bridge lends. What stands over everything keeps nothing back so.
 *
 * @param whole the conversion of everything, with the problems of each function
 */
export function bridgeable(whole: Conversion): AsItIs[] {
  const { program, options } = whole;
  // What is thrown and is no Error has rules of its own, wherever it is caught.
  const isOfErrors = whole.problems.some(({ rule }) => /^errors\/(?!handler)/.test(rule));
  if (options.target === 'workers' || isOfErrors) return [];
  const blame = noBlame();
  addBlame(program, whole.problems, blame);
  const reasons = reasonsOf(program, blame);
  const between = new Set(program.registrations.flatMap(betweenIn));
  const found = new Map<ExpressFunction, string>();
  for (const fn of program.functions) {
    const why = reasons.get(fn.node);
    if (why === undefined || !between.has(fn) || found.has(fn) || recovers(whole, fn)) continue;
    const family = familyOf(program, fn);
    if (family !== null) for (const each of family) found.set(each, reasons.get(each.node) ?? why);
  }
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    const names = new Set([...found.keys()].flatMap((fn) => setBy(whole, fn)));
    for (const fn of [...found.keys()]) {
      const family = familyOf(program, fn) ?? [];
      const isLent = family.every((each) => found.has(each) && runsOnWhatIsLent(whole, each, found, names));
      if (!isLent) found.delete(fn);
    }
  }
  return [...found].map(([fn, why]) => {
    const unit = whole.units.get(fn.node);
    return {
      ...{ fn, why, sets: setBy(whole, fn) },
      changesHeaders: unit?.uses.some((use) => changesHeader(unit.work, use)) === true,
      fails:
        findAll(fn.node, 'ThrowStatement').length > 0 ||
        unit?.uses.some((use) => use.role === 'next' && !goesOn(unit.work, use.node)) === true,
      passesOn: unit?.uses.some(({ role }) => role === 'next') === true,
    };
  });
}

/**
 * Whether an error handler may go on with what is registered after it, as if nothing had failed: Hono handles an error once
 * all that could answer is over.
 */
function recovers({ program, units }: Conversion, fn: ExpressFunction): boolean {
  const unit = units.get(fn.node);
  if (fn.kind !== 'error-handler' || unit === undefined) return false;
  const mayGoOn = unit.uses.some(
    ({ node, role }) =>
      role === 'next' && (goesOn(unit.work, node) || calleeOf(unit.work.parents.get(node) ?? node) !== node),
  );
  return (
    mayGoOn &&
    fn.uses.some((use) => {
      if (use.kind !== 'registered') return false;
      const { on } = use.registration;
      const all = program.registrations.filter((each) => each.on === on);
      return on.kind === 'router' || all.at(-1) !== use.registration;
    })
  );
}

/** `next()`, with nothing in it. */
function goesOn({ parents }: Unit['work'], node: SyntaxNode): boolean {
  const up = parents.get(node);
  return up?.type === 'CallExpression' && calleeOf(up) === node && argumentsOf(up).length === 0;
}

function changesHeader(work: Unit['work'], { node, role }: Unit['uses'][number]): boolean {
  const member = role === 'req' ? memberAt(work, node) : null;
  return member !== null && setsHeader(work, member);
}

/** Functions that stand before others: middleware, what guards a route, error handlers. */
function betweenIn(registration: Registration): ExpressFunction[] {
  const { handlers, method } = registration;
  if (method === 'param') return [];
  const before = method === 'use' ? handlers : handlers.slice(0, -1);
  return [...before, ...handlers.filter(isErrorArgument)].flatMap(functionsIn);
}

/**
 * A function with all that can only stay together with it: the others of its registrations, what it calls and what stands
 * inside. Null where something that becomes Hono's would call one of them.
 */
function familyOf(program: ExpressProgram, first: ExpressFunction): ExpressFunction[] | null {
  const family = new Set([first]);
  for (const fn of family) {
    for (const use of fn.uses) {
      if (use.kind === 'option') return null;
      if (use.kind !== 'registered') continue;
      if (use.registration.method === 'param') return null;
      const own = use.registration.handlers.flatMap((each) => argumentsWith(each, fn));
      if (own.length === 0) return null;
      for (const each of own.flatMap(functionsIn)) family.add(each);
    }
    for (const other of program.functions) {
      const isCalled = other.uses.some((use) => use.kind === 'called' && use.by === fn);
      if (isCalled || (other.file === fn.file && holds(fn.node, other.node))) family.add(other);
    }
  }
  const isOurs = ({ uses }: ExpressFunction) =>
    uses.every(
      (use) =>
        use.kind !== 'called' ||
        (use.by !== null && family.has(use.by)) ||
        [...family].some(({ file, node }) => file === use.file && holds(node, use.call)),
    );
  return [...family].every(isOurs) ? [...family] : null;
}

/**
 * Whether a list is made elsewhere, of nothing but functions and plain middleware of packages: it can only stay as a whole, as
 * what is put around its items would be there for whoever else reads it.
 */
const isListElsewhere = (
  argument: HandlerArgument,
): argument is Extract<HandlerArgument, { kind: 'array' }> =>
  argument.kind === 'array' &&
  argument.items.some(({ file, node }) => file !== argument.file || !holds(argument.node, node)) &&
  argument.items.every((each) => each.kind === 'function' || isPlainPackage(each));

function isPlainPackage(argument: HandlerArgument): boolean {
  const bridging = argument.kind === 'package' ? bridgingOf(argument) : undefined;
  return typeof bridging === 'object' && Object.keys(bridging).length === 0;
}

/** The arguments, lists opened, in which a function is. */
const argumentsWith = (argument: HandlerArgument, fn: ExpressFunction): HandlerArgument[] =>
  argument.kind === 'array' && !(isListElsewhere(argument) && functionsIn(argument).includes(fn))
    ? argument.items.flatMap((item) => argumentsWith(item, fn))
    : functionsIn(argument).includes(fn)
      ? [argument]
      : [];

function runsOnWhatIsLent(
  whole: Conversion,
  fn: ExpressFunction,
  found: ReadonlyMap<ExpressFunction, string>,
  names: ReadonlySet<string>,
): boolean {
  const unit = whole.units.get(fn.node);
  const isLate = ({ rule, unit: of }: Problem) => rule === SAVED_BEFORE && of === unit;
  const others = [...whole.units.values()].filter((each) => !found.has(each.fn));
  if (unit === undefined || whole.problems.some(isLate)) return false;
  if (findAll(fn.node, 'Identifier').some(({ name }) => name === 'arguments')) return false;
  const isLent = (use: Unit['uses'][number]) => lentUse(whole, unit, use, { names, others });
  return lentParameters(unit) && isDoneAfterNext(unit) && unit.uses.every(isLent);
}

/** Names that a function puts on the request, by itself or by the middleware of a package it calls. */
function setBy({ units }: Conversion, fn: ExpressFunction): string[] {
  const unit = units.get(fn.node);
  if (unit === undefined) return [];
  return unit.uses.flatMap(({ node, role }) => {
    if (role !== 'req') return [];
    const member = memberAt(unit.work, node);
    const up = member === null ? undefined : unit.work.parents.get(member);
    if (member !== null && up?.type === 'AssignmentExpression' && child(up, 'left') === member)
      return memberName(member) ?? [];
    const provides = bridgedCall(unit.work, node)?.provides ?? [];
    return typeof provides === 'function' ? [] : provides;
  });
}

/** The program in which these functions are known no more: what is registered there runs as it is. */
export function leftAsTheyAre(program: ExpressProgram, all: readonly AsItIs[]): ExpressProgram {
  const left = new Set(all.map(({ fn }) => fn));
  const functions = new Map(
    program.functions.flatMap((fn) => (left.has(fn) ? [] : [[fn, { ...fn }] as const])),
  );
  const argument = (each: HandlerArgument): HandlerArgument => {
    const own = functionsIn(each);
    const { file, node } = each;
    if (isListElsewhere(each) && own.some((fn) => left.has(fn)))
      return { kind: 'as-is', file, node, functions: own, list: true };
    if (each.kind === 'array') return { ...each, items: each.items.map(argument) };
    if (own.some((fn) => left.has(fn))) return { kind: 'as-is', file, node, functions: own };
    const kept = (list: readonly ExpressFunction[]) => list.flatMap((fn) => functions.get(fn) ?? []);
    if (each.kind === 'function') return { ...each, functions: kept(each.functions) };
    return each.kind === 'factory'
      ? { ...each, functions: kept(each.functions), wraps: kept(each.wraps) }
      : each;
  };
  type Row = NonNullable<Registration['rows']>[number];
  const row = (each: Row): Row => ({ ...each, handlers: each.handlers.map(argument) });
  const registrations = new Map(
    program.registrations.map((each) => [
      each,
      {
        ...each,
        handlers: each.handlers.map(argument),
        ...(each.rows !== undefined && { rows: each.rows.map(row) }),
        ...(each.turns !== undefined && { turns: each.turns.map(row) }),
      },
    ]),
  );
  for (const [before, after] of functions) {
    const uses = before.uses.map((use): FunctionUse => {
      if (use.kind === 'registered')
        return { ...use, registration: registrations.get(use.registration) ?? use.registration };
      return use.kind === 'called' && use.by !== null ? { ...use, by: functions.get(use.by) ?? use.by } : use;
    });
    Object.assign(after, { uses });
  }
  return {
    ...program,
    functions: [...functions.values()],
    registrations: [...registrations.values()],
    wrappers: program.wrappers.flatMap((each) =>
      each.functions.some((fn) => left.has(fn))
        ? []
        : [{ ...each, functions: each.functions.flatMap((fn) => functions.get(fn) ?? []) }],
    ),
  };
}
