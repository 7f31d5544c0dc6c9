import type { CodemodOutput } from '../../../src/codemod/contract.ts';
import type { Outcome } from '../../../src/model/changeset.ts';
import type { Prepared } from '../prepare.ts';
import type { Conversion, Problem, Unit } from '../state.ts';
import { readPackages } from './packages.ts';
import type { Placed } from './routes.ts';
import { attempt, split, UNUSED } from './split.ts';
import { writeCreation, writePackages, writePlaces, writeTypes } from './write.ts';

/** What a part of an application becomes. */
export interface Part {
  conversion: Conversion;
  outcomes: Outcome[];
  notes: string[];
  leftForYou: CodemodOutput['leftForYou'];
}

/**
 * Routes that can go become Hono's, and Fastify stays beside it for the others. Where no route can: why, by function.
 *
 * @param walls what is against a conversion of the whole
 */
export function convertBeside(
  prepared: Prepared,
  walls: readonly Problem[],
): Part | ReadonlyMap<Unit, string> {
  const { program, creations, target, release } = prepared;
  if (target === 'workers' || release === null || creations.length === 0) return new Map();
  const packages = readPackages(prepared);
  const { taken, reasons, routes, places } = split(prepared, packages);
  const answered = routes.filter(({ stays }) => stays === null);
  if (answered.length === 0) return whyNone(routes, reasons);
  const conversion = attempt(prepared, packages, taken);
  writePlaces(conversion, places, taken);
  writePackages(conversion, packages);
  writeTypes(conversion, taken);
  for (const creation of creations) writeCreation(conversion, creation);
  if (conversion.facts.hasSchemas) conversion.support.add('schemas');
  const outcomes = [...program.units.values()].map((unit): Outcome => {
    const { location, name } = unit;
    if (taken.has(unit)) return { ...location, name, outcome: 'converted' };
    return { ...location, name, outcome: 'kept', reason: reasons.get(unit) ?? 'it stays in Fastify' };
  });
  const stays = routes.flatMap(({ route, stays }) =>
    stays === null
      ? []
      : [
          {
            ...route.location,
            ...{ codemod: 'fastify-to-hono', rule: 'worlds/stays' },
            reason: `${route.method} ${route.path} stays in Fastify: ${stays}`,
          },
        ],
  );
  const blocking = walls.filter(({ unit }) => unit === null);
  return {
    ...{ conversion, outcomes, leftForYou: stays },
    notes: [
      `${answered.length} of ${routes.length} routes are answered by Hono, the others by Fastify in the same process.`,
      ...blocking.slice(0, 3).map(({ reason }) => `What keeps Fastify: ${reason}.`),
    ],
  };
}

/** Why no route can go, by function: what is against the function itself, else against the route it is for. */
function whyNone(routes: readonly Placed[], reasons: ReadonlyMap<Unit, string>): ReadonlyMap<Unit, string> {
  const found = new Map(reasons);
  for (const { units, stays } of routes)
    for (const unit of units)
      if (stays !== null && (found.get(unit) ?? UNUSED) === UNUSED) found.set(unit, stays);
  return found;
}
