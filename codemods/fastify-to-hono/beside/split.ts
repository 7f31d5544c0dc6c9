import { at } from '../../../src/model/at.ts';
import type { ServerRoute } from '../../../src/workspace/server/model.ts';
import { convertUnit } from '../body/convert.ts';
import { begin, type Prepared } from '../prepare.ts';
import type { Conversion, Unit } from '../state.ts';
import type { Packages } from './packages.ts';
import { type Placed, placeRoutes } from './routes.ts';
import { type Place, placesIn } from './slots.ts';
import { readUses, type Uses } from './uses.ts';

/** Why a function stays that could be converted. */
export const UNUSED = 'no route that passes it is Hono’s';

/** What becomes Hono's, and why each other function stays Fastify's. */
export interface Split {
  taken: ReadonlySet<Unit>;
  reasons: ReadonlyMap<Unit, string>;
  routes: readonly Placed[];
  places: readonly Place[];
}

/**
 * The functions that become Hono's: those that convert, are used by a route of which all that a request passes converts, and are
 * called by nothing that stays.
 */
export function split(prepared: Prepared, packages: Packages): Split {
  const { program } = prepared;
  const uses = readUses(program);
  const places = placesIn(program);
  const reasons = new Map<Unit, string>();
  /** Why routes stay, before what only they pass stays with them. */
  const first = new Map<ServerRoute, string>();
  const taken = new Set(program.units.values());
  const leave = (unit: Unit, reason: string) => {
    if (!taken.delete(unit)) return;
    reasons.set(unit, reason);
  };
  for (;;) {
    const before = taken.size;
    for (const { unit, reason, location } of attempt(prepared, packages, taken).problems)
      if (unit !== null) leave(unit, `${reason} (${at(location)})`);
    for (let size = -1; size !== taken.size; ) {
      size = taken.size;
      leaveTogether(places, uses, taken, leave);
    }
    const routes = placeRoutes(program, packages, taken);
    for (const { route, stays } of routes) if (stays !== null && !first.has(route)) first.set(route, stays);
    const used = usedBy(routes, uses);
    for (const unit of [...taken]) if (!used.has(unit)) leave(unit, UNUSED);
    if (taken.size < before) continue;
    const named = routes.map((each) => ({ ...each, stays: first.get(each.route) ?? each.stays }));
    return { taken, reasons, routes: named, places };
  }
}

/** A conversion of some functions. */
export function attempt(prepared: Prepared, packages: Packages, taken: ReadonlySet<Unit>): Conversion {
  const units = new Map([...taken].map((unit) => [unit.node, unit]));
  const conversion = begin(prepared, units, true);
  for (const rule of packages.rules) conversion.packages.add(rule);
  conversion.lends = packages.lends;
  for (const unit of taken) convertUnit(conversion, unit);
  return conversion;
}

/** Leaves what is registered, called or handed out together with what stays. */
function leaveTogether(
  places: readonly Place[],
  { calls, handedOut }: Uses,
  taken: ReadonlySet<Unit>,
  leave: (unit: Unit, reason: string) => void,
) {
  for (const [unit, { file, node }] of handedOut)
    leave(unit, `it is handed to code that is not the application’s (${at(file.locate(node.start))})`);
  for (const { by, of } of calls) {
    if (by !== null && taken.has(by) && of.every((unit) => taken.has(unit))) continue;
    const caller =
      by === null ? 'code that no request of its own reaches' : `\`${by.name}\` (${at(by.location)})`;
    for (const unit of of) leave(unit, `it is called by ${caller}, which stays`);
  }
  for (const { file, node, units, isUnknown } of places) {
    if (!isUnknown && units.every((unit) => taken.has(unit))) continue;
    const where = at(file.locate(node.start));
    for (const unit of units) leave(unit, `it is registered together with something that stays (${where})`);
  }
}

/** The functions of the routes that are Hono's, and those that they call. */
function usedBy(routes: readonly Placed[], { calls }: Uses): ReadonlySet<Unit> {
  const used = new Set(routes.filter(({ stays }) => stays === null).flatMap(({ units }) => units));
  for (let size = -1; size !== used.size; ) {
    size = used.size;
    for (const { by, of } of calls) if (by !== null && used.has(by)) for (const unit of of) used.add(unit);
  }
  return used;
}
