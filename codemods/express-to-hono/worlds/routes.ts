import { at } from '../../../src/model/at.ts';
import type { RouteWorld } from '../../../src/model/changeset.ts';
import type { ExpressProgram, ExpressRoute, Registration } from '../../../src/workspace/express/program.ts';
import { hasReplacement } from '../bridge/replaced-packages.ts';
import { rootsOf } from '../facts/routes/sub-apps.ts';
import type { Conversion } from '../state/conversion.ts';
import type { Natives } from '../state/native.ts';
import { isInPlace, type Worlds } from '../state/worlds.ts';
import { OTHER_ROOT, partOf, registrationsBelow, routersOf } from './project.ts';
import { NOT_ASKED } from './selection.ts';

/** What stays as long as anything does: it is there for requests that no route is for. */
const FOR_MANY = 'it answers all methods at paths that are not written out, as middleware does';

/** A route of which no more than the handler is Hono's. */
const IN_PLACE = 'its handler is Hono’s, and what stands before it stays';

/** In which world each route of a converted application is. */
export function routeWorlds({ program, options }: Conversion, worlds: Worlds | null): RouteWorld[] {
  const { natives } = options;
  if (worlds === null) return describe(program, (registration) => inHono(registration, natives));
  const { split } = worlds;
  const taken = new Set(partOf(worlds.program, { ...split, both: [] }).inside.map(({ call }) => call));
  const reasons = new Map<unknown, string>();
  for (const [element, reason] of split.stays) {
    const routers = routersOf(worlds.program, [element]);
    for (const each of worlds.program.registrations)
      if (element.registrations.includes(each) || routers.has(each.on)) reasons.set(each.call, reason);
  }
  const [app] = program.routers;
  for (const other of rootsOf(worlds.program))
    for (const each of other.creation === app?.creation ? [] : registrationsBelow(worlds.program, other))
      reasons.set(each.call, OTHER_ROOT);
  return describe(worlds.program, (registration) =>
    isInPlace({ worlds }, registration)
      ? inExpress(IN_PLACE)
      : taken.has(registration.call)
        ? inHono(registration, natives)
        : inExpress(reasons.get(registration.call) ?? FOR_MANY),
  );
}

/** Every route of an application that is left as it is. */
export const routesInExpress = (program: ExpressProgram, reason?: string): RouteWorld[] =>
  describe(program, () => inExpress(reason));

type World = Pick<RouteWorld, 'world' | 'reason' | 'asked'>;

const inExpress = (reason: string | undefined): World => ({
  world: 'express',
  ...(reason !== undefined && { reason }),
  ...(reason === NOT_ASKED && { asked: false }),
});

/** A route that a package's own middleware answers runs behind a bridge. */
function inHono({ handlers }: Registration, natives: Natives | undefined): World {
  const last = handlers.at(-1);
  return { world: last?.kind === 'package' && !hasReplacement(last, natives) ? 'package' : 'hono' };
}

function describe(program: ExpressProgram, worldOf: (registration: Registration) => World): RouteWorld[] {
  const byPlace = new Map(program.registrations.map((each) => [at(each.location), each]));
  return program.routes.flatMap((route: ExpressRoute): RouteWorld[] => {
    const registration = byPlace.get(at(route.registration));
    const { method, path } = route;
    return registration === undefined
      ? []
      : [{ ...route.registration, method, path, ...worldOf(registration) }];
  });
}
