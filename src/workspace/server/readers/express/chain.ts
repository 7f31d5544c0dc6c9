import { at } from '../../../../model/at.ts';
import type {
  ExpressFunction,
  ExpressProgram,
  ExpressRoute,
  HandlerArgument,
  Registration,
  RouterValue,
} from '../../../express/program.ts';

/** What a request for one route passes through: its handlers and the middlewares before it, on every router above. */
export interface Chain {
  functions: readonly ExpressFunction[];
  /** Middleware of packages, and arguments that could not be followed. */
  others: readonly { argument: HandlerArgument; registration: Registration }[];
}

/** Answers for each route which functions a request reaches. */
export function chains(program: ExpressProgram): (route: ExpressRoute) => Chain {
  const byPlace = new Map<string, Registration[]>();
  const byRouter = new Map<RouterValue, Registration[]>();
  const mounts = new Map<RouterValue, Registration[]>();
  for (const registration of program.registrations) {
    push(byPlace, at(registration.location), registration);
    push(byRouter, registration.on, registration);
    for (const router of registration.handlers.flatMap(routersOf)) push(mounts, router, registration);
  }

  return (route) => {
    const registration = byPlace
      .get(at(route.registration))
      ?.find((item) => item.method.toUpperCase() === route.method);
    const functions = new Set<ExpressFunction>();
    const others = new Map<HandlerArgument, Registration>();
    const take = (from: Registration) => {
      for (const argument of from.handlers.flatMap(flatten)) {
        if (argument.kind === 'function') for (const fn of argument.functions) functions.add(fn);
        else if (argument.kind === 'factory')
          for (const fn of [...argument.functions, ...argument.wraps]) functions.add(fn);
        else if (argument.kind !== 'router') others.set(argument, from);
      }
    };
    const seen = new Set<Registration>();
    const climb = (at: Registration) => {
      if (seen.has(at)) return;
      seen.add(at);
      take(at);
      for (const before of byRouter.get(at.on) ?? []) {
        if (before === at) break;
        if (
          before.method === 'use' &&
          !before.handlers.some((item) => routersOf(item).length > 0) &&
          covers(before, at)
        )
          take(before);
        if (
          before.method === 'param' &&
          before.paths.some(({ text }) => text !== null && route.path.includes(`:${text}`))
        )
          take(before);
      }
      for (const mount of mounts.get(at.on) ?? []) climb(mount);
    };
    if (registration) climb(registration);
    // Error handlers run only when something failed; they decide nothing about where the route can live.
    return {
      functions: [...functions].filter((fn) => fn.kind !== 'error-handler'),
      others: [...others].map(([argument, from]) => ({ argument, registration: from })),
    };
  };
}

/** Whether middleware mounted at a path sees requests of a registration on the same router. */
function covers(middleware: Registration, registration: Registration): boolean {
  if (middleware.paths.length === 0) return true;
  return middleware.paths.some(({ text }) => {
    if (text === null || text === '/') return true;
    return registration.paths.some(
      (path) => path.text === null || `${path.text}/`.startsWith(text.replace(/\/?$/, '/')),
    );
  });
}

function flatten(argument: HandlerArgument): HandlerArgument[] {
  return argument.kind === 'array' ? argument.items.flatMap(flatten) : [argument];
}

const routersOf = (argument: HandlerArgument): readonly RouterValue[] =>
  flatten(argument).flatMap((item) => (item.kind === 'router' ? item.routers : []));

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
