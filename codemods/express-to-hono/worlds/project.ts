import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  Registration,
  RouterValue,
} from '../../../src/workspace/express/program.ts';
import { functionsIn, routersIn } from '../../../src/workspace/express/registrations.ts';
import { type Element, holds, type Split } from '../state/worlds.ts';

/** The routers that some statements bring along: those they mount, and those mounted in them. */
export function routersOf(
  program: ExpressProgram,
  elements: readonly Pick<Element, 'registrations'>[],
): Set<RouterValue> {
  const found = new Set<RouterValue>();
  const add = (registration: Registration): void => {
    for (const router of registration.handlers.flatMap(routersIn)) {
      if (found.has(router)) continue;
      found.add(router);
      for (const inner of program.registrations) if (inner.on === router) add(inner);
    }
  };
  for (const { registrations } of elements) registrations.forEach(add);
  return found;
}

/** Why an application that shares files with another one is all Express's. */
export const OTHER_ROOT =
  'it stays in Express: of several applications that share files or handlers one goes to Hono, and another one of them did';

/** What is registered on an application, and on all routers that it mounts. */
export function registrationsBelow(program: ExpressProgram, app: RouterValue): Registration[] {
  const own = program.registrations.filter(({ on }) => on === app);
  const routers = routersOf(program, [{ registrations: own }]);
  return program.registrations.filter(({ on }) => on === app || routers.has(on));
}

/** What of a program becomes Hono's: routers that go as a whole, and what is registered on them and on those that are divided. */
export interface Part {
  routers: ReadonlySet<RouterValue>;
  inside: readonly Registration[];
}

/** The part of a program that a split takes. */
export function partOf(program: ExpressProgram, { taken, both }: Split): Part {
  const elements = [...taken, ...both];
  const routers = routersOf(
    program,
    elements.filter(({ kind }) => kind !== 'mount'),
  );
  const own = new Set(elements.flatMap(({ registrations }) => registrations));
  return { routers, inside: program.registrations.filter((each) => own.has(each) || routers.has(each.on)) };
}

/** Functions that run in the same world as some registrations: what they register, and what that calls. */
export function functionsOf(
  program: ExpressProgram,
  registrations: readonly Registration[],
): Set<ExpressFunction> {
  const found = new Set(registrations.flatMap(({ handlers }) => handlers.flatMap(functionsIn)));
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const fn of program.functions) {
      if (found.has(fn)) continue;
      const isReached = fn.uses.some(
        (use) =>
          (use.kind === 'option' &&
            registrations.some(({ file, call }) => file === use.file && holds(call, use.call))) ||
          (use.kind === 'called' &&
            ((use.by !== null && found.has(use.by)) ||
              [...found].some(({ file, node }) => file === use.file && holds(node, use.call)))),
      );
      if (isReached) found.add(fn);
    }
  }
  return found;
}

/** A handler argument of another program: with the functions and routers that stand there for its own; what has none goes. */
export function argumentWith(
  functions: ReadonlyMap<ExpressFunction, ExpressFunction>,
  each: HandlerArgument,
  routerFor: (router: RouterValue) => RouterValue = (router) => router,
): HandlerArgument {
  const mine = (list: readonly ExpressFunction[]) => list.flatMap((fn) => functions.get(fn) ?? []);
  const items = (all: readonly HandlerArgument[]) =>
    all.map((item) => argumentWith(functions, item, routerFor));
  if (each.kind === 'router') return { ...each, routers: each.routers.map(routerFor) };
  if (each.kind === 'function') return { ...each, functions: mine(each.functions) };
  // What stays may call it as well, and a twin of it would make that middleware a second time.
  if (each.kind === 'factory' && each.packages !== undefined)
    return { ...each, kind: 'unknown', reason: 'a function of this repository or middleware of a package' };
  if (each.kind === 'factory') return { ...each, functions: mine(each.functions), wraps: mine(each.wraps) };
  return each.kind === 'array' ? { ...each, items: items(each.items) } : each;
}

/** The part of a program that becomes Hono's, as if there were nothing else: what stays is not known there. */
export function projected(program: ExpressProgram, app: RouterValue, split: Split): ExpressProgram {
  const { routers, inside } = partOf(program, split);
  const kept = functionsOf(program, inside);
  const functions = new Map([...kept].map((fn) => [fn, { ...fn }]));
  const divided = split.divided.map(({ on }) => on);
  const parts = new Map(
    [app, ...divided].map((each): [RouterValue, RouterValue] => [
      each,
      { ...each, references: [], escapes: [] },
    ]),
  );
  const wholeOf = (router: RouterValue) => [...parts].find(([, part]) => part === router)?.[0] ?? router;
  const partOrWhole = (router: RouterValue) => parts.get(router) ?? router;
  const registrations = new Map(inside.map((each) => [each, { ...each, on: partOrWhole(each.on) }] as const));
  const argument = (each: HandlerArgument) => argumentWith(functions, each, partOrWhole);
  for (const [before, after] of registrations) {
    Object.assign(after, { handlers: before.handlers.map(argument) });
    if (before.rows !== undefined)
      Object.assign(after, {
        rows: before.rows.map((row) => ({ ...row, handlers: row.handlers.map(argument) })),
      });
  }
  for (const [before, after] of functions) {
    const uses = before.uses.flatMap((use): ExpressFunction['uses'][number][] => {
      if (use.kind === 'returned' || use.kind === 'option') return [use];
      if (use.kind === 'registered') {
        const registration = registrations.get(use.registration);
        return registration === undefined ? [] : [{ ...use, registration }];
      }
      const by = use.by === null ? null : functions.get(use.by);
      return by === undefined ? [] : [{ ...use, by }];
    });
    Object.assign(after, { uses });
  }
  return {
    ...program,
    routers: [...parts.values(), ...program.routers.filter((each) => routers.has(each))],
    functions: program.functions.flatMap((fn) => functions.get(fn) ?? []),
    registrations: inside.flatMap((each) => registrations.get(each) ?? []),
    // What else Express's application does, it does as before; one that is mounted in it becomes a router.
    appCalls: program.appCalls
      .filter(({ on, member }) =>
        on === app ? /^(set|enable|disable)$/.test(member) : routers.has(on) || parts.has(on),
      )
      .map((call) => ({ ...call, on: partOrWhole(call.on) })),
    inPlace: program.inPlace.filter(({ file, node }) =>
      [...kept].some((fn) => fn.file === file && holds(fn.node, node)),
    ),
    reach: (on, file, node) => program.reach(wholeOf(on), file, node),
    late: (on, file, node) => program.late(wholeOf(on), file, node),
    onceListening: (on, file, node) => program.onceListening(wholeOf(on), file, node),
    laterThan: (on, early, later) => program.laterThan(wholeOf(on), early, later),
    routes: program.routes.filter(({ registration }) =>
      inside.some(
        ({ location }) =>
          location.file === registration.file &&
          location.line === registration.line &&
          location.column === registration.column,
      ),
    ),
  };
}
