import type { CodemodOutput } from '../../../src/codemod/contract.ts';
import type { Outcome } from '../../../src/model/changeset.ts';
import type { Prepared } from '../prepare.ts';
import type { Conversion, Problem } from '../state.ts';
import { readPackages } from './packages.ts';
import { attempt, split } from './split.ts';
import { writeCreation, writePackages, writePlaces, writeTypes } from './write.ts';

/** What a part of an application becomes. */
export interface Part {
  conversion: Conversion;
  outcomes: Outcome[];
  notes: string[];
  leftForYou: CodemodOutput['leftForYou'];
}

/**
 * Routes that can go become Hono's, and Fastify stays beside it for the others. Null where no route can, or where something
 * keeps the application as it is.
 *
 * @param walls what is against a conversion of the whole
 */
export function convertBeside(prepared: Prepared, walls: readonly Problem[]): Part | null {
  const { program, creations, target, release } = prepared;
  if (target === 'workers' || release === null || creations.length === 0) return null;
  const packages = readPackages(prepared);
  const { taken, reasons, routes, places } = split(prepared, packages);
  const answered = routes.filter(({ stays }) => stays === null);
  if (answered.length === 0) return null;
  const conversion = attempt(prepared, packages, taken);
  if (conversion.problems.some(({ unit }) => unit !== null)) return null;
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
