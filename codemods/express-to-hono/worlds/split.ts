import { at } from '../../../src/model/at.ts';
import type { ExpressProgram, Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { functionsIn, routersIn } from '../../../src/workspace/express/registrations.ts';
import type { ConversionOptions } from '../state/conversion.ts';
import type { Blame, Element, Ground, Split } from '../state/worlds.ts';
import { reasonsOf } from './blame.ts';
import { copyProblem } from './copies.ts';
import { elementsOf } from './elements.ts';
import { type Divided, type Looking, lookInto } from './grounds.ts';
import { handedBy } from './handed.ts';
import { idleFor } from './idle.ts';
import { routersOf } from './project.ts';
import { NOT_ASKED } from './selection.ts';
import { isInside, isInTheWay, isOpen, meet } from './walls.ts';

/**
 * Divides an application so that each request is in one world from its first middleware to its last: what is taken meets
 * nothing that stays, before it or after it. A router that cannot go as a whole is divided as the application is.
 *
 * @param options what an earlier run took, and whether OPTIONS must list all methods of a path
 */
export function splitProgram(
  looking: Looking,
  ground: Ground,
  blame: Blame,
  options: Pick<ConversionOptions, 'taken' | 'parity' | 'target'>,
): Split {
  const top = elementsOf(looking.program, ground, looking.workOf);
  const reasonOf = reasonsFor(looking.program, blame);
  const looked = new Map<Element, Divided | null>();
  /** Mounts in which nothing could be taken. */
  const whole = new Set<Element>();
  /** Mounts that cannot go with all that is below them, though nothing of their own keeps them back. */
  const crowded = new Set<Element>();
  const mayOpen = (element: Element) =>
    element.kind === 'routes' &&
    !whole.has(element) &&
    element.registrations.some(({ handlers }) => handlers.flatMap(routersIn).length > 0);
  const open = (element: Element, around: Ground): Divided[] => {
    if (!mayOpen(element) || (reasonOf(element) === null && !crowded.has(element))) return [];
    if (!looked.has(element)) looked.set(element, lookInto(looking, element, around));
    const found = looked.get(element) ?? null;
    return found === null || reasonOf(found.mount) !== null ? [] : [found];
  };
  for (;;) {
    const opened: (Divided & { from: Element })[] = [];
    const expand = (element: Element, around: Ground): Element[] => {
      const [found] = open(element, around);
      if (found === undefined) return [element];
      opened.push({ ...found, from: element });
      return [found.mount, ...found.inner.flatMap((each) => expand(each, found.ground))];
    };
    const split = settle(
      looking.program,
      top.flatMap((each) => expand(each, ground)),
      reasonOf,
      options,
    );
    const empty = opened.filter(({ mount }) => !split.both.includes(mount));
    const closed = [...split.behind.keys()].filter((each) => mayOpen(each) && !crowded.has(each));
    if (empty.length === 0 && closed.length === 0)
      return { ...split, divided: opened.map((each) => each.ground) };
    for (const { from } of empty) whole.add(from);
    for (const each of closed) crowded.add(each);
  }
}

type ReasonOf = (element: Element) => string | null;

/** Why an element must stay, by itself. */
function reasonsFor(program: ExpressProgram, blame: Blame): ReasonOf {
  const functions = reasonsOf(program, blame);
  const reasonOf = (
    registration: Registration,
    seen: readonly RouterValue[],
    into: boolean,
  ): string | null => {
    const own = blame.calls.get(registration.call);
    if (own !== undefined) return own;
    for (const { node } of registration.handlers.flatMap(functionsIn)) {
      const reason = functions.get(node);
      if (reason !== undefined) return reason;
    }
    for (const router of registration.handlers.flatMap(routersIn)) {
      const reason = seen.includes(router) ? null : routerReason(router, [...seen, router], into);
      if (reason !== null) return reason;
    }
    return null;
  };
  const routerReason = (router: RouterValue, seen: readonly RouterValue[], into: boolean): string | null => {
    const own = blame.routers.get(router);
    if (own !== undefined) return own;
    for (const inner of into ? program.registrations : []) {
      const reason = inner.on === router ? reasonOf(inner, seen, into) : null;
      if (reason !== null) return reason;
    }
    return null;
  };
  return (element) => {
    const { registrations, statement, kind } = element;
    const reasons = registrations.map((each) => reasonOf(each, [], kind !== 'mount'));
    const own = reasons.find((each) => each !== null);
    if (own !== undefined && own !== null) return own;
    const [first] = registrations;
    if (statement === null && first !== undefined)
      return `it is not registered in a statement beside the one that makes the application (${at(first.location)})`;
    if (isOpen(element)) return 'middleware of its router may answer what none of its routes is for';
    return kind === 'routes' ? null : copyProblem(element);
  };
}

/** What each element becomes, given why some must stay. */
function settle(
  program: ExpressProgram,
  elements: readonly Element[],
  reasonOf: ReasonOf,
  options: Pick<ConversionOptions, 'taken' | 'parity' | 'target'>,
): Omit<Split, 'divided'> {
  const { taken: before, parity } = options;
  const stays = new Map<Element, string>();
  const behind = new Map<Element, Element>();
  for (const element of elements) {
    const reason = reasonOf(element);
    if (reason !== null) stays.set(element, reason);
  }
  stayWithShared(elements, stays);
  const left = () => elements.filter((each) => each.kind === 'routes' && !stays.has(each));
  for (let size = -1; size !== stays.size; ) {
    size = stays.size;
    for (const one of left()) {
      const wall = [...stays].find(([other, reason]) =>
        isInTheWay(program, elements, one, {
          other,
          isFree: parity === 'idiomatic' || reason === NOT_ASKED || wasTaken(program, one, before),
        }),
      );
      if (wall === undefined) continue;
      behind.set(one, wall[0]);
      stays.set(one, `a request to it may also meet ${nameOf(wall[0])}, which ${whatOf(wall[1])}`);
    }
    stayWithShared(elements, stays);
  }
  const taken = left();
  const isBoth = (each: Element) =>
    each.kind === 'mount'
      ? taken.some((one) => isInside(one, each))
      : each.kind !== 'routes' && taken.some((one) => meet(one, each));
  const both = elements.filter((each) => !stays.has(each) && isBoth(each));
  const idle = idleFor(program, taken, both, options);
  return { taken, both: both.filter((each) => !idle.has(each)), idle: [...idle], stays, behind };
}

/** Whether all routes of an element were taken by an earlier run. */
function wasTaken(program: ExpressProgram, element: Element, before: ReadonlySet<string>): boolean {
  const routers = routersOf(program, [element]);
  const routes = program.registrations.filter(
    (each) =>
      (routers.has(each.on) || element.registrations.includes(each)) && !/^(use|param)$/.test(each.method),
  );
  return before.size > 0 && routes.every(({ location }) => before.has(at(location)));
}

const whatOf = (reason: string): string => (reason === NOT_ASKED ? `is ${NOT_ASKED}` : 'stays');

/** A router that is mounted by something that stays is Express's wherever it is mounted. */
function stayWithShared(elements: readonly Element[], stays: Map<Element, string>): void {
  const routers = (element: Element) =>
    element.registrations.flatMap(({ handlers }) => handlers.flatMap(routersIn));
  for (let size = -1; size !== stays.size; ) {
    size = stays.size;
    for (const one of elements) {
      const other = [...stays.keys()].find((each) =>
        routers(each).some((router) => routers(one).includes(router)),
      );
      if (other !== undefined && !stays.has(one))
        stays.set(one, `its router is mounted at ${nameOf(other)} as well, which stays`);
    }
  }
}

/** `POST /upload`, or the place of middleware. */
export function nameOf({ registrations, kind, paths: own }: Element): string {
  const [first] = registrations;
  if (first === undefined) return '';
  const handed = handedBy(first);
  if (handed !== undefined)
    return `what ${handed.package === null ? 'unknown code' : `\`${handed.package}\``} registers on the application (${at(first.location)})`;
  if (kind !== 'routes' && kind !== 'mount')
    return `the ${kind === 'errors' ? 'error handler' : 'middleware'} of ${at(first.location)}`;
  const methods = [...new Set(registrations.map(({ method }) => method))].filter((each) => each !== 'use');
  const paths = [...new Set(own)].join(', ');
  return methods.length === 0
    ? `the router at \`${paths}\``
    : `\`${methods.map((each) => each.toUpperCase()).join(', ')} ${paths}\``;
}
