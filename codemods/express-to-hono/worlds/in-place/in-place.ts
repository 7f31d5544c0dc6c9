import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  Registration,
} from '../../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../../src/workspace/express/registrations.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { mayLeaveRoute, type Noticed, noticedAfterwards, replacesSend } from '../../bridge/noticed.ts';
import { registrationsOf } from '../../facts/routes/registrations.ts';
import { appsOf, rootsOf } from '../../facts/routes/sub-apps.ts';
import type { Conversion, Problem } from '../../state/conversion.ts';
import type { Blame, Element, Split, Worlds } from '../../state/worlds.ts';
import { addBlame, mergeBlame, noBlame, reasonsOf, sizeOf } from '../blame.ts';
import { changesAnswers, type Dividing, isHandedOn, partly } from '../divide.ts';
import { functionsOf, partOf } from '../project.ts';
import { isOfJson, setApart } from './set-apart.ts';

/** How often a handler that is left may turn out to stay as well. */
const ATTEMPTS = 20;

/**
 * Takes the handlers that answer to Hono where they are registered, each by itself: what is registered, where and in which
 * order stays Express's, and so does all that runs before and after them.
 *
 * @param beside what goes to Hono with its routes already, where anything does
 * @returns why none can go so, where that is no reason of its own
 */
export async function convertInPlace<Result extends { conversion: Conversion }>(
  whole: Conversion,
  beside: Worlds | null,
  dividing: Dividing<Result>,
): Promise<Result | Problem[]> {
  const { program } = dividing;
  const [app, ...more] = appsOf(whole);
  if (app === undefined || program.failed.length > 0) return [];
  // Of several applications that listen the one that is divided may be another.
  if (beside !== null && rootsOf(program).length > 1) return [];
  if (more.length > 0 && program.appCalls.some(isOfJson)) return [];
  const blame = noBlame();
  const [first] = blameNoticed(whole, blame);
  if (first !== undefined) {
    const { unit, node, reason } = first;
    return [{ location: unit.work.file.locate(node.start), rule: 'worlds/in-place', reason, unit: null }];
  }
  if (changesAnswers(whole) || !blameUnknown(whole, blame)) return [];
  const handedOn = [app, ...more].find((each) => isHandedOn(whole, each));
  if (handedOn !== undefined && dividing.options.parity === 'wire') return [];
  const taken = takenWith(program, beside);
  // Where no route goes nothing is written where it is made.
  const home = beside?.home ?? { statement: app.creation, block: app.file.program, name: app.creation };
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const chosen = answeringIn(program, blame, taken);
    if (chosen.size === 0) return [];
    const apart = setApart(program, chosen);
    const own = apart.answering.map(elementOf);
    const split = beside === null ? { ...NONE, taken: own } : apart.split(beside.split);
    const part = beside === null ? onlyJson(apart.program) : apart.program;
    const all = beside === null ? split : { ...split, taken: [...split.taken, ...own] };
    const found = partly(dividing, { program: part, app, split: all, home });
    const added = 'blame' in found ? found.blame : noBlame();
    if ('conversion' in found) {
      const { conversion, worlds } = found;
      const calls = new Set(apart.answering.map(({ call }) => call));
      const functions = new Set([...functionsOf(apart.program, apart.answering)].map(({ node }) => node));
      const inPlace = { calls, functions, isHeard: replacesSend(whole), reasons: whyNot(program, blame) };
      conversion.worlds = { ...worlds, inPlace, rest: beside?.rest ?? whole.problems };
      const result = await dividing.attempt(conversion);
      if (handedOn !== undefined)
        conversion.remarks.push({ location: handedOn.location, rule: 'worlds/in-place', reason: HANDED_ON });
      if (conversion.problems.length === 0) return result;
      if (addBlame(apart.program, conversion.problems, added).length > 0) return [];
    }
    const before = sizeOf(blame);
    mergeBlame(blame, added);
    if (sizeOf(blame) === before) return [];
  }
  return [];
}

const HANDED_ON =
  'code that is not known is handed this application: if it puts its own in the place of `res.json`, `res.render` and the like, handlers in `inExpress` do not come to it';

const NONE: Split = { taken: [], both: [], idle: [], stays: new Map(), behind: new Map(), divided: [] };

/** All settings but those of JSON are Express's to follow. */
const onlyJson = (program: ExpressProgram): ExpressProgram => ({
  ...program,
  appCalls: program.appCalls.filter(isOfJson),
});

/** What Hono's own routes take with them: no other route may, as a function has one form in Hono. */
function takenWith(program: ExpressProgram, beside: Worlds | null): ReadonlySet<ExpressFunction> {
  return beside === null ? new Set() : functionsOf(program, partOf(program, beside.split).inside);
}

/**
 * Blames the routes that have something in front of which nothing is known: it may change what answers, and when.
 *
 * @returns false where it stands in front of all of them
 */
function blameUnknown({ program, problems }: Conversion, blame: Blame): boolean {
  const found = noBlame();
  const unknown = problems.filter(({ rule }) => /^(packages|routing\/handler)$/.test(rule));
  const isLost = addBlame(program, unknown, found).length + found.functions.size + found.routers.size > 0;
  const calls = program.registrations.filter(({ call }) => found.calls.has(call));
  for (const [call, reason] of found.calls) blame.calls.set(call, reason);
  return !isLost && calls.every(({ method }) => !/^(use|all|param)$/.test(method));
}

/** Why functions stay Express's: their own reasons, or those of the places where they are registered. */
function whyNot(program: ExpressProgram, blame: Blame): Map<SyntaxNode, string> {
  const reasons = new Map(reasonsOf(program, blame));
  for (const { call, handlers } of program.registrations) {
    const reason = blame.calls.get(call);
    const last = handlers.at(-1);
    for (const { node } of reason === undefined || last === undefined ? [] : functionsIn(last))
      reasons.set(node, reasons.get(node) ?? String(reason));
  }
  return reasons;
}

/** Blames the routes that a guard of their own would notice. Returns what every handler may come after. */
function blameNoticed(whole: Conversion, blame: Blame): Noticed[] {
  return noticedAfterwards(whole).filter(({ unit, reason }) => {
    const registered = registrationsOf(unit.fn);
    const isGuard = ({ method, handlers }: Registration) =>
      !/^(use|all|param)$/.test(method) &&
      handlers.slice(0, -1).flatMap(functionsIn).includes(unit.fn) &&
      handlers.at(-1)?.kind !== 'unknown';
    if (unit.fn.kind === 'helper' || mayLeaveRoute(unit) || !registered.every(isGuard)) return true;
    for (const { call } of registered) blame.calls.set(call, reason);
    return false;
  });
}

/** The registrations whose last handler is a function that may go: no other value stands there, and nothing is in a loop. */
function answeringIn(
  program: ExpressProgram,
  blame: Blame,
  taken: ReadonlySet<ExpressFunction>,
): Set<Registration> {
  const reasons = reasonsOf(program, blame);
  const byNode = new Map<SyntaxNode, Registration[]>();
  for (const registration of program.registrations) {
    const last = registration.handlers.at(-1);
    if (last !== undefined) byNode.set(last.node, [...(byNode.get(last.node) ?? []), registration]);
  }
  const isFree = (registration: Registration): boolean => {
    const { call, handlers, method, rows, turns } = registration;
    const last = handlers.at(-1);
    if (last === undefined || rows !== undefined || turns !== undefined || blame.calls.has(call))
      return false;
    if (method === 'param' || !isFunctions(last)) return false;
    if ([...functionsOf(program, [{ ...registration, handlers: [last] }])].some((fn) => taken.has(fn)))
      return false;
    return functionsIn(last).every(
      ({ node, kind, roles }) =>
        !reasons.has(node) && kind !== 'error-handler' && !(method === 'use' && roles.includes('next')),
    );
  };
  return new Set([...byNode.values()].filter((all) => all.every(isFree)).flat());
}

const isFunctions = (argument: HandlerArgument): boolean =>
  (argument.kind === 'function' || argument.kind === 'factory') &&
  argument.node.type !== 'SpreadElement' &&
  functionsIn(argument).length > 0;

function elementOf(registration: Registration): Element {
  const [handler] = registration.handlers;
  return {
    registrations: [registration],
    ...{
      kind: 'routes',
      paths: [],
      patterns: [],
      object: null,
      isElsewhere: false,
      isChained: false,
      prefix: null,
      mount: null,
    },
    statement: handler?.node ?? null,
  };
}
