import { at } from '../../../src/model/at.ts';
import type { LeftForYou, Outcome } from '../../../src/model/changeset.ts';
import { packagesIn } from '../../../src/workspace/express/registrations.ts';
import type { Conversion } from '../conversion.ts';
import { functionsOf, routersOf } from './project.ts';
import { nameOf } from './split.ts';
import type { Worlds } from './worlds.ts';

/** Each function that stays in Express only, with the reason of the route it belongs to. */
export function keptOutcomes({ units }: Conversion, { program, split }: Worlds): Outcome[] {
  const reasons = new Map<unknown, string>();
  for (const [element, reason] of split.stays) {
    const routers = routersOf(program, [element]);
    const all = program.registrations.filter(
      (each) => element.registrations.includes(each) || routers.has(each.on),
    );
    for (const { node } of functionsOf(program, all))
      reasons.set(node, reasons.get(node) ?? `${nameOf(element)} stays in Express: ${reason}`);
  }
  const packages = [...split.stays].flatMap(([element, reason]) =>
    element.registrations.flatMap(({ location, handlers }) =>
      handlers.flatMap(packagesIn).map(
        (each): Outcome => ({
          ...location,
          name: each.package,
          outcome: 'kept',
          reason: `${nameOf(element)} stays in Express: ${reason}`,
        }),
      ),
    ),
  );
  const functions = program.functions
    .filter(({ node }) => !units.has(node))
    .map(({ node, location, name }) => ({
      ...location,
      name,
      outcome: 'kept' as const,
      reason: reasons.get(node) ?? 'only requests that stay in Express reach it',
    }));
  return [...functions, ...packages];
}

/** What stays, statement by statement, and what would free it. */
export function leftInExpress({ split, rest }: Worlds): LeftForYou[] {
  if (split.stays.size === 0)
    return rest.map(({ location, rule, reason }) => ({
      ...{ ...location, codemod: 'express-to-hono', rule },
      reason: `Express is still there: ${reason}`,
    }));
  return [...split.stays].flatMap(([element, reason]): LeftForYou[] => {
    const [first] = element.registrations;
    if (first === undefined) return [];
    return [
      {
        ...first.location,
        codemod: 'express-to-hono',
        rule: 'worlds/stays',
        reason: `${capital(nameOf(element))} stays in Express: ${reason}`,
      },
    ];
  });
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** How many routes are in each world. */
export function aboutWorlds({ program: part }: Conversion, { program, split }: Worlds): string[] {
  const all = program.routes.length;
  const taken = new Set(
    part.routes.map(({ method, path, registration }) => `${method} ${path} ${at(registration)}`),
  ).size;
  const shared = split.both.length;
  return [
    `${taken} of ${all} routes are Hono's now. Every other request stays in Express, in the same process: each is in one of the two from first to last.`,
    ...(shared === 0
      ? []
      : ['What both need is registered on both: a change to one is a change to the other.']),
  ];
}
