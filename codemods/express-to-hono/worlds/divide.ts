import { at } from '../../../src/model/at.ts';
import type { ExpressProgram, RouterValue } from '../../../src/workspace/express/program.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { calleeOf, child, isCall, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { rootsOf } from '../facts/routes/sub-apps.ts';
import type { UsedByTests } from '../facts/used-by-tests.ts';
import { methodNames, routesBeforeNames } from '../members/method-names.ts';
import {
  type Conversion,
  type ConversionOptions,
  createConversion,
  type FileWork,
  type Problem,
} from '../state/conversion.ts';
import type { Blame, Home, Split, Worlds } from '../state/worlds.ts';
import { addBlame, mergeBlame, noBlame, sizeOf } from './blame.ts';
import { homeOf } from './elements.ts';
import { handedBy, withHanded } from './handed.ts';
import { planWorlds } from './plan.ts';
import { OTHER_ROOT, projected, registrationsBelow } from './project.ts';
import { keptBack, reasonsInExpress } from './report.ts';
import { splitProgram } from './split.ts';
import { whyNoWorker } from './workers/no-worker.ts';
import { nameShared } from './write.ts';

/** How often what is left may turn out to stay as well. */
const ATTEMPTS = 20;

/** Why nothing can go: the places that keep all of it, and for each function what keeps it. */
export interface KeptBack {
  problems: Problem[];
  stays: ReadonlyMap<SyntaxNode, string>;
}

const NONE: KeptBack['stays'] = new Map();

/** What every try needs. */
export interface Dividing<Result extends { conversion: Conversion }> {
  program: ExpressProgram;
  modules: Modules;
  options: ConversionOptions;
  used: UsedByTests;
  attempt(conversion: Conversion): Promise<Result>;
}

/**
 * Takes to Hono what can go while the rest stays in Express, beside it: each try leaves what the one before it could not
 * convert.
 *
 * @param whole the conversion of all of it, with the problems that keep it from going
 * @returns what keeps back what is asked for, when nothing can go by itself
 */
export async function divide<Result extends { conversion: Conversion }>(
  whole: Conversion,
  dividing: Dividing<Result>,
): Promise<Result | KeptBack> {
  const [app, ...others] = rootsByRoutes(dividing.program);
  const [root] = rootsOf(dividing.program);
  if (app === undefined)
    return {
      problems:
        root === undefined
          ? []
          : [{ location: root.location, rule: 'worlds/whole', reason: SEVERAL, unit: null }],
      stays: NONE,
    };
  const found = await divideOne(whole, app, dividing);
  for (const other of 'stays' in found ? others : []) {
    const next = await divideOne(whole, other, dividing);
    if (!('conversion' in next)) continue;
    const { worlds } = next.conversion;
    const why = 'stays' in found ? found.problems.map((each) => ({ ...each, rule: 'worlds/app' })) : [];
    if (worlds !== null) next.conversion.worlds = { ...worlds, rest: [...worlds.rest, ...why] };
    return next;
  }
  return found;
}

/**
 * The applications that share files or routers, that with the most routes first: one of them is divided, the others stay. One
 * that does not listen may be mounted by code that is not followed, behind middleware that is not known.
 */
function rootsByRoutes(program: ExpressProgram): RouterValue[] {
  const roots = rootsOf(program);
  const listening = roots.filter((each) =>
    program.appCalls.some(
      ({ on, member }) => on === each && /^(listen|create(Secure)?Server|request)$/.test(member),
    ),
  );
  const routes = (app: RouterValue) => {
    const own = registrationsBelow(program, app);
    return program.routes.filter(({ registration }) =>
      own.some(({ location }) => at(location) === at(registration)),
    ).length;
  };
  const counted = (roots.length === 1 ? roots : listening).map((app) => ({ app, count: routes(app) }));
  return counted.sort((a, b) => b.count - a.count).map(({ app }) => app);
}

/** The same for one application of a program. */
async function divideOne<Result extends { conversion: Conversion }>(
  whole: Conversion,
  app: RouterValue,
  { program: known, modules, options, used, attempt }: Dividing<Result>,
): Promise<Result | KeptBack> {
  const home = homeOf(whole.workOf(app.file), app);
  const program = home === null ? known : withHanded(known, app, { block: home.block, workOf: whole.workOf });
  const lost = program === null ? 'code that is not known is handed it' : null;
  const why = home === null ? 'it is not the one value of a constant' : (whyWhole(whole, app) ?? lost);
  if (home === null || program === null || why !== null) {
    const reason = `the application goes to Hono as a whole or not at all: ${why}`;
    return { problems: [{ location: app.location, rule: 'worlds/whole', reason, unit: null }], stays: NONE };
  }
  const blame = noBlame();
  for (const each of program.registrations)
    if (handedBy(each) !== undefined) blame.calls.set(each.call, HANDED_ON);
  for (const { call, location } of program.registrations) {
    const reason = options.unasked?.get(at(location));
    if (reason !== undefined) blame.calls.set(call, reason);
  }
  for (const { call } of routesBeforeNames(whole, app)) blame.calls.set(call, BEFORE_NAMES);
  for (const other of rootsOf(program).filter((each) => each !== app))
    for (const router of new Set(registrationsBelow(program, other).map(({ on }) => on)))
      if (router !== other)
        blame.routers.set(router, `another application mounts it as well (${at(other.location)})`);
  // Calls on the application are Express's as before: what keeps them from converting keeps no route.
  // What the tests use has a twin, or stays: that is planned with the part.
  const isOfApp = ({ rule }: Problem) => /^(entry|routing\/member)/.test(rule);
  const isOfTests = ({ rule }: Problem) => rule === 'tests/used';
  // Of what is not asked for nothing is told.
  const told = options.unasked === null ? whole.problems : [];
  const rest = [
    ...whole.problems.filter(isOfApp),
    ...addBlame(
      program,
      whole.problems.filter((each) => !isOfApp(each) && !isOfTests(each)),
      blame,
    ),
  ];
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const before = sizeOf(blame);
    const conversion = prepared({ program, modules, options, used }, { app, home, blame });
    if (conversion === null) continue;
    if ('stays' in conversion)
      return { problems: keptBack(conversion, told), stays: reasonsInExpress(program, conversion) };
    if (conversion.worlds !== null)
      conversion.worlds = { ...conversion.worlds, rest: [...rest, ...otherRoots(program, app)] };
    const result = await attempt(conversion);
    if (conversion.problems.length === 0) return result;
    addBlame(program, conversion.problems, blame);
    if (sizeOf(blame) === before) return { problems: conversion.problems, stays: NONE };
  }
  return { problems: [], stays: NONE };
}

const SEVERAL =
  'the application goes to Hono as a whole or not at all: it is one of several that share handlers or routers, and none of them is known to listen';

/** The applications that stay because another one of their files is divided. */
const otherRoots = (program: ExpressProgram, app: RouterValue): Problem[] =>
  rootsOf(program)
    .filter((each) => each !== app)
    .map(({ location }) => ({ location, rule: 'worlds/app', reason: OTHER_ROOT, unit: null }));

const HANDED_ON = 'the application is handed to it, and what it does with that is not followed';

const BEFORE_NAMES = 'it comes before the middleware by which a request names another method';

/** Why no part of an application can go by itself; null where one can. */
function whyWhole(whole: Conversion, app: RouterValue): string | null {
  const { program, options } = whole;
  const [failed] = program.failed;
  const inWorker = options.target === 'workers' ? whyNoWorker(whole) : null;
  if (inWorker !== null) return inWorker;
  if (methodNames(whole, app) === null)
    return 'a handler changes the URL or the method that requests are routed by';
  if (failed !== undefined) return `${failed.path} does not parse`;
  if (program.routers.some(({ copyOf }) => copyOf !== undefined)) return 'one function makes several routers';
  if (readsStack(whole) || changesAnswers(whole))
    return 'something reads or changes what is registered on it, past its own methods';
  return null;
}

/** The next try; the split where nothing is left to take; null when what is to blame has grown. */
function prepared(
  dividing: Pick<Dividing<never>, 'program' | 'modules' | 'options' | 'used'>,
  { app, home, blame }: { app: RouterValue; home: Home; blame: Blame },
): Conversion | Split | null {
  const { program, modules, options } = dividing;
  const scratch = createConversion(program, options);
  const looking = { program, modules, workOf: scratch.workOf };
  const split = splitProgram(looking, { on: app, home, prefix: '/', mount: null }, blame, options);
  if (split.taken.length === 0) return split;
  const part = partly(dividing, { program, app, split, home });
  if ('conversion' in part) return part.conversion;
  mergeBlame(blame, part.blame);
  return null;
}

/** The conversion of the part of a program that a split takes; what is to blame where it cannot be told apart. */
export function partly(
  { modules, options, used: tested }: Pick<Dividing<never>, 'modules' | 'options' | 'used'>,
  { program, app, split, home }: { program: ExpressProgram; app: RouterValue; split: Split; home: Home },
): { conversion: Conversion; worlds: Worlds } | { blame: Blame } {
  const conversion = createConversion(projected(program, app, split), options);
  const { workOf } = conversion;
  const plan = planWorlds({ program, split, home, modules, tested, workOf, natives: options.natives });
  if (sizeOf(plan.blame) > 0) return { blame: plan.blame };
  const work = workOf(app.file);
  const hono = freshName(work.bindings.module, 'hono', work.taken);
  work.taken.add(hono);
  const shared = nameShared(conversion, split.both);
  const worlds = { ...plan, program, split, home, hono, shared, rest: [], inPlace: null };
  conversion.worlds = worlds;
  return { conversion, worlds };
}

/** Whether code that is not known gets the application: it may register more on it than is known. */
export const isHandedOn = ({ workOf }: Conversion, { references, escapes }: RouterValue): boolean =>
  escapes.some(
    ({ location: { file, line, column } }) =>
      !references.some(({ file: own, node }) => {
        const { line: start, column: at } = own.locate(node.start);
        const isHere = own.path === file && start === line && at === column;
        const call = isHere ? workOf(own).parents.get(node) : undefined;
        return isCall(call) && /^(on|once|addListener)$/.test(memberName(calleeOf(call)) ?? '');
      }),
  );

/** Whether something asks Express for what is registered, or runs its router by itself. */
const readsStack = (whole: Conversion): boolean =>
  hasMember(whole, (_work, member) => /^(_router|router|handle|stack)$/.test(memberName(member) ?? ''));

/** Whether something changes how Express answers past `set`. */
export const changesAnswers = (whole: Conversion): boolean =>
  hasMember(
    whole,
    (work, member) =>
      /^(settings|engines|request|response)$/.test(memberName(member) ?? '') && !isOnlyRead(work, member),
  );

const hasMember = (
  { program, workOf }: Conversion,
  isOne: (work: FileWork, member: SyntaxNode) => boolean,
): boolean =>
  program.routers.some(({ references }) =>
    references.some(({ file, node }) => {
      const work = workOf(file);
      const member = work.parents.get(node);
      return isMember(member) && child(member, 'object') === node && isOne(work, member);
    }),
  );

/** `app.settings.env` as a value: nothing is done to what it is a member of. */
function isOnlyRead({ parents }: FileWork, object: SyntaxNode): boolean {
  const member = parents.get(object);
  if (!isMember(member) || child(member, 'object') !== object) return false;
  const up = parents.get(member);
  const isTarget = up?.type === 'AssignmentExpression' && child(up, 'left') === member;
  return (
    !isTarget &&
    !isMember(up) &&
    up !== undefined &&
    calleeOf(up) !== member &&
    !/^(Update|Unary)Expression$/.test(up.type)
  );
}
