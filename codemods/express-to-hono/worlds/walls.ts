import type {
  ExpressFunction,
  ExpressProgram,
  Registration,
  RouterValue,
} from '../../../src/workspace/express/program.ts';
import { functionsIn, routersIn } from '../../../src/workspace/express/registrations.ts';
import { child, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../../src/workspace/syntax/walk.ts';
import { mayRecover } from '../facts/errors/recovery.ts';
import { overlap, shareMethod } from '../facts/routes/path-patterns.ts';
import { isErrorHandler } from '../facts/routes/registrations.ts';
import { answeredBy, bridgingOf, isPackageErrors } from '../packages/_known.ts';
import { type Element, holds, type Pattern } from '../state/worlds.ts';
import { registeredBy } from './handed.ts';

/** Something that stays. */
export interface Wall {
  other: Element;
  /**
   * OPTIONS need not list what stays: nothing else shows that a path is divided so. Somebody asked for it, or the answers
   * need not be Express's to the byte.
   */
  isFree: boolean;
}

/**
 * Whether something that stays may answer or handle a request that an element is for: OPTIONS and an empty error go on
 * behind an answer, too. Where that is no matter, another method at the same path is no such thing, and neither is what
 * comes after an answer.
 */
export function isInTheWay(
  program: ExpressProgram,
  elements: readonly Element[],
  one: Element,
  { other, isFree }: Wall,
): boolean {
  // What hears of a parameter does so wherever it is registered.
  if (!isFree || other.registrations.some(({ method }) => method === 'param')) return meet(one, other);
  if (!meetByMethod(one, other)) return false;
  const isLater = standTogether(one, other) && elements.indexOf(other) > elements.indexOf(one);
  return !isLater || mayGoOn(program, one) || mayHandleErrors(program, other);
}

/** Whether two statements run in the order in which they are written: of what is called elsewhere nobody knows when. */
function standTogether(one: Element, other: Element): boolean {
  if (one.statement === null || other.statement === null) return false;
  if (!one.isElsewhere && !other.isElsewhere) return true;
  const [own, each] = [one.registrations[0], other.registrations[0]];
  return (
    own !== undefined &&
    own.file === each?.file &&
    enclosingFunction(own.file, own.call) === enclosingFunction(each.file, each.call)
  );
}

/** Whether a request that its routes are for may go on to what is registered after it. */
function mayGoOn(program: ExpressProgram, { registrations, prefix }: Element): boolean {
  // Middleware and parameters may leave a route out as its own handlers may.
  const before = program.registrations.filter(({ method }) => /^(use|param)$/.test(method));
  // Where an error is no end, what comes after answers.
  if (program.functions.some(mayRecover)) return true;
  if (
    prefix !== null ||
    before
      .flatMap((each) => each.handlers)
      .flatMap(functionsIn)
      .some(leavesRoute)
  )
    return true;
  const goesOn = ({ handlers }: Registration, seen: readonly RouterValue[]): boolean => {
    const last = handlers.at(-1);
    if (last === undefined) return true;
    const routers = routersIn(last);
    // Where it holds nothing but routes, a request is for one of them.
    if (routers.length > 0)
      return routers.some(
        (router) =>
          seen.includes(router) ||
          program.registrations.some((each) => each.on === router && goesOn(each, [...seen, router])),
      );
    const functions = functionsIn(last);
    if (functions.length === 0 || functions.some(({ roles }) => roles.includes('next'))) return true;
    return handlers.flatMap(functionsIn).some((fn) => leavesRoute(fn) || mayThrowNothing(fn));
  };
  return registrations.some((each) => goesOn(each, []));
}

/** `next('route')`, `next('router')`: what comes after the route is asked then. */
const leavesRoute = ({ node }: ExpressFunction): boolean =>
  findAll(node, 'Literal').some(({ value }) => value === 'route' || value === 'router');

/** `throw undefined`: Express goes on as after `next()`. What is made anew, or was caught, is something. */
const mayThrowNothing = ({ node }: ExpressFunction): boolean =>
  findAll(node, 'ThrowStatement').some((thrown) => {
    const value = child(thrown, 'argument');
    if (value === null || /^(New|Call|Await|Template)\w*$/.test(value.type)) return false;
    const isCaught = ({ name }: SyntaxNode) =>
      findAll(node, 'CatchClause').some(
        (clause) => holds(clause, thrown) && isIdentifier(child(clause, 'param'), String(name)),
      );
    return !(isIdentifier(value) && isCaught(value)) && !(value.type === 'Literal' && Boolean(value.value));
  });

/** Elements taken over for whose paths something stays in Express as well. */
export function dividedPaths({
  stays,
  taken,
}: {
  stays: ReadonlyMap<Element, string>;
  taken: readonly Element[];
}): Element[] {
  return taken.filter((one) => [...stays.keys()].some((each) => meet(one, each)));
}

/** Whether a request may meet both, `one` taken with all that its router may answer. */
export const meet = (one: Element, other: Element): boolean => pairs(one, other, overlap);

const meetByMethod = (one: Element, other: Element): boolean =>
  pairs(one, other, (own, each) => shareMethod(own, each) && overlap(own, each));

const pairs = (one: Element, other: Element, holds: (own: Pattern, each: Pattern) => boolean): boolean =>
  wide(one).some((own) => other.patterns.some((each) => holds(own, each)));

/** What a router with middleware is taken with: everything below its path. */
const wide = ({ prefix, patterns }: Element): readonly Pattern[] =>
  prefix === null ? patterns : [{ path: prefix, below: true, method: null }];

/** A mount whose router has middleware, at a path that is not written out: what is below it cannot be told. */
export const isOpen = ({ prefix, registrations }: Element): boolean =>
  prefix !== null &&
  (!/^(\/[\w.~-]+)+$/.test(prefix) || registrations.length > 1 || (registrations[0]?.paths.length ?? 0) > 1);

/** Whether an element is registered on the router that a mount brings, or on one that is mounted there. */
export function isInside(element: Element, mount: Element): boolean {
  for (let up = element.mount; up !== null; up = up.mount) if (up === mount) return true;
  return false;
}

/** Whether what is registered may be an error handler: one is, and what is not known may be one. */
function mayHandleErrors(program: ExpressProgram, { kind, registrations }: Element): boolean {
  const inRouters = (routers: readonly RouterValue[], seen: readonly RouterValue[]): boolean =>
    program.registrations.some((each) => routers.includes(each.on) && isOne(each, [...seen, ...routers]));
  const isOne = (registration: Registration, seen: readonly RouterValue[]): boolean =>
    registeredBy(registration) === null &&
    (isErrorHandler(registration) ||
      registration.handlers.some((each) => {
        const routers = routersIn(each).filter((router) => !seen.includes(router));
        if (answeredBy(each) !== null) return false;
        if (each.kind === 'package' && bridgingOf(each) !== undefined) return isPackageErrors(each);
        return each.kind === 'router' ? inRouters(routers, seen) : functionsIn(each).length === 0;
      }));
  return kind === 'errors' || registrations.some((each) => isOne(each, []));
}
