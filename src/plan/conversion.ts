import { at } from '../model/at.ts';
import type { ChangeSet, Outcome } from '../model/changeset.ts';
import type { Route } from '../model/inventory.ts';
import type { Location } from '../model/location.ts';
import type { Incompatibility, Reason, StageItem } from '../model/plan.ts';

/** What a dry run of express-to-hono for Workers proposes, or why none was made. */
export type Conversion =
  | { asked: true; changes: Pick<ChangeSet, 'outcomes' | 'limits' | 'leftForYou'> }
  | { asked: false; reason: string };

/**
 * What the codemod's own dry run has against a route: a function or middleware on its way that is not converted, or a
 * limit the run names for it. Empty when the codemod carries the whole route to Workers.
 */
export function conversionReasons(conversion: Conversion): (route: Route) => Reason[] {
  if (!conversion.asked) {
    const sentence = `whether the codemod converts it is not known: ${conversion.reason}`;
    return ({ location }) => [{ sentence, location, known: 'heuristic' }];
  }
  const { outcomes, limits, leftForYou } = conversion.changes;
  const byPlace = new Map<string, Outcome[]>();
  for (const outcome of outcomes) byPlace.set(at(outcome), [...(byPlace.get(at(outcome)) ?? []), outcome]);
  const limited = new Map(
    limits.filter(({ runtime }) => runtime === 'workers').map((one) => [one.route, one]),
  );
  const whole = outcomes.some(({ outcome }) => outcome !== 'refused') ? null : (leftForYou[0] ?? null);
  return (route) => {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const limit = limited.get(name);
    if (limit) return [probed(limit.reason, limit.location ?? route.location)];
    if (whole) return [probed(`the codemod leaves the whole application as it is: ${whole.reason}`, whole)];
    const places = route.handler ? [route.handler, ...route.through] : route.through;
    const against = new Map<string, Reason>();
    for (const place of places) {
      for (const one of byPlace.get(at(place)) ?? []) {
        if (one.outcome === 'converted') continue;
        const sentence = `the codemod does not convert \`${one.name || 'a function'}\` (${one.outcome})${one.reason ? `: ${one.reason}` : ''}`;
        against.set(sentence, probed(sentence, one));
      }
    }
    const isKnown = route.handler !== null && byPlace.has(at(route.handler));
    if (against.size === 0 && !isKnown)
      return [probed('the codemod says nothing about its handler', route.handler ?? route.location)];
    return [...against.values()];
  };
}

/**
 * What keeps the application as a whole from Workers by the codemod's own word: every reason where it converts nothing,
 * else the routes it names a limit for and the table knows nothing of.
 *
 * @param routes the edge layer's items
 */
export function conversionBlockers(conversion: Conversion, routes: readonly StageItem[]): Incompatibility[] {
  if (!conversion.asked) return [];
  const { outcomes, limits, leftForYou } = conversion.changes;
  const known = new Set(
    routes.filter((item) => item.reasons.some((one) => one.known === 'table')).map(({ name }) => name),
  );
  const isRefused = outcomes.length > 0 && outcomes.every(({ outcome }) => outcome === 'refused');
  const places = isRefused
    ? leftForYou.map((one) => ({
        reason: one.reason,
        location: placeOf(one),
        remedy: one.advice ?? CHANGE_IT,
      }))
    : limits
        .filter(({ runtime, route }) => runtime === 'workers' && !known.has(route))
        .map(({ reason, location }) => ({ reason, location: location ?? null, remedy: LEAVE_IT }));
  const found = new Map<string, Incompatibility>();
  for (const { reason, location, remedy } of places) {
    const same = found.get(reason);
    if (same) {
      if (location) same.places.push(location);
      continue;
    }
    found.set(reason, {
      id: isRefused ? 'express-to-hono-refuses' : LIMIT,
      sentence: isRefused ? `express-to-hono leaves the application as it is: ${reason}` : reason,
      ...{ severity: 'blocks', stages: ['full-switch'], location, known: 'probed', remedy, command: null },
      places: location ? [location] : [],
    });
  }
  return [...found.values()];
}

/** Blockers whose every line the table blocks already: `express.static` is one thing to resolve, whoever says so. */
export function notSaidBefore(
  table: readonly Incompatibility[],
  own: readonly Incompatibility[],
): Incompatibility[] {
  const lineOf = ({ file, line }: Location): string => `${file}:${line}`;
  const said = new Set(table.flatMap(({ places }) => places.map(lineOf)));
  return own.filter(
    ({ id, places }) =>
      id !== LIMIT || places.length === 0 || !places.every((place) => said.has(lineOf(place))),
  );
}

const LIMIT = 'express-to-hono-limit';
const CHANGE_IT =
  'change that place, and ask again with `migrate codemod run express-to-hono --target workers`';
const LEAVE_IT = 'leave the route on the origin';
const placeOf = ({ file, line, column }: Location): Location => ({ file, line, column });

const probed = (sentence: string, place: Location | null): Reason => ({
  sentence,
  location: place && placeOf(place),
  known: 'probed',
});
