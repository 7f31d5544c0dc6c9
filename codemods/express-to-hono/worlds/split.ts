import { at } from '../../../src/model/at.ts';
import type { ExpressProgram, Registration, RouterValue } from '../../../src/workspace/express/program.ts';
import { functionsIn, routersIn } from '../../../src/workspace/express/registrations.ts';
import { type Blame, reasonsOf } from './blame.ts';
import { copyProblem } from './copies.ts';
import type { Element } from './elements.ts';
import { overlap } from './patterns.ts';

/** What goes to Hono, what stays and why, and what both need. */
export interface Split {
  taken: readonly Element[];
  both: readonly Element[];
  stays: ReadonlyMap<Element, string>;
}

/**
 * Divides an application so that each request is in one world from its first middleware to its last: what is taken meets
 * nothing that stays, before it or after it.
 *
 * @param elements in the order they are written in
 */
export function splitProgram(program: ExpressProgram, elements: readonly Element[], blame: Blame): Split {
  const functions = reasonsOf(program, blame);
  const stays = new Map<Element, string>();
  const reasonOf = (registration: Registration, seen: readonly RouterValue[]): string | null => {
    const own = blame.calls.get(registration.call);
    if (own !== undefined) return own;
    for (const { node } of registration.handlers.flatMap(functionsIn)) {
      const reason = functions.get(node);
      if (reason !== undefined) return reason;
    }
    for (const router of registration.handlers.flatMap(routersIn)) {
      const reason = seen.includes(router) ? null : routerReason(router, [...seen, router]);
      if (reason !== null) return reason;
    }
    return null;
  };
  const routerReason = (router: RouterValue, seen: readonly RouterValue[]): string | null => {
    const own = blame.routers.get(router);
    if (own !== undefined) return own;
    for (const inner of program.registrations) {
      const reason = inner.on === router ? reasonOf(inner, seen) : null;
      if (reason !== null) return reason;
    }
    return null;
  };
  for (const element of elements) {
    const own = element.registrations.map((each) => reasonOf(each, [])).find((each) => each !== null);
    const [first] = element.registrations;
    const reason =
      own ??
      (element.statement === null && first !== undefined
        ? `it is not registered in a statement beside the one that makes the application (${at(first.location)})`
        : isOpen(element)
          ? 'middleware of its router may answer what none of its routes is for'
          : element.kind === 'routes'
            ? null
            : copyProblem(element));
    if (reason !== null && reason !== undefined) stays.set(element, reason);
  }
  stayWithShared(elements, stays);
  const left = () => elements.filter((each) => each.kind === 'routes' && !stays.has(each));
  for (let size = -1; size !== stays.size; ) {
    size = stays.size;
    for (const one of left()) {
      const wall = [...stays.keys()].find((other) => meet(one, other));
      if (wall === undefined) continue;
      stays.set(one, `a request to it may also meet ${nameOf(wall)}, which stays`);
    }
    stayWithShared(elements, stays);
  }
  const taken = left();
  const both = elements.filter(
    (each) => each.kind !== 'routes' && !stays.has(each) && taken.some((one) => meet(one, each)),
  );
  return { taken, both, stays };
}

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

/** A mount whose router has middleware, at a path that is not written out: what is below it cannot be told. */
const isOpen = ({ prefix, registrations }: Element): boolean =>
  prefix !== null &&
  (!/^(\/[\w.~-]+)+$/.test(prefix) || registrations.length > 1 || (registrations[0]?.paths.length ?? 0) > 1);

const meet = (one: Element, other: Element): boolean =>
  one.patterns.some((own) => other.patterns.some((each) => overlap(own, each)));

/** `POST /upload`, or the place of middleware. */
export function nameOf({ registrations, kind, patterns: own }: Element): string {
  const [first] = registrations;
  if (first === undefined) return '';
  if (kind !== 'routes')
    return `the ${kind === 'errors' ? 'error handler' : 'middleware'} of ${at(first.location)}`;
  const methods = [...new Set(registrations.map(({ method }) => method))].filter((each) => each !== 'use');
  const paths = first.paths.map(({ text }) => text ?? '<expression>');
  const path = paths.length > 0 ? paths.join(', ') : (own[0]?.path ?? '/');
  return methods.length === 0
    ? `the router at \`${path}\``
    : `\`${methods.map((each) => each.toUpperCase()).join(', ')} ${path}\``;
}
