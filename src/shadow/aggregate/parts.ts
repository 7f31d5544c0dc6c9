import type { z } from 'zod';
import { Aggregate, type Pattern, type RouteCounts, type Times } from '../../model/aggregate.ts';
import type { Explanation } from '../../model/comparison.ts';
import { mergePlants } from '../judging/plants.ts';
import { earliest, joinCells, mergeBy } from './cells.ts';

/** What a stretch of a run counted: everything of an aggregate that adds up. */
export const Part = Aggregate.pick({
  ...{ counts: true, calibration: true, cells: true, noise: true, patterns: true, routes: true },
  ...{ plants: true, rules: true, waivers: true, notCompared: true, strays: true, dropped: true },
});
export type Part = z.infer<typeof Part>;

/**
 * Adds up parts that share no exchange: sums, unions, earliest samples. Associative; any cut of a run gives the same.
 * Of what is written into an answer's place (exemplars, strays) only as much is kept as a report shows.
 */
export function mergeParts(parts: readonly Part[]): Part {
  const total = (pick: (part: Part) => number) => parts.reduce((sum, part) => sum + pick(part), 0);
  return {
    counts: {
      replayed: total(({ counts }) => counts.replayed),
      compared: total(({ counts }) => counts.compared),
      excluded: total(({ counts }) => counts.excluded),
      explained: total(({ counts }) => counts.explained),
      identical: total(({ counts }) => counts.identical),
    },
    calibration: {
      compared: total(({ calibration }) => calibration.compared),
      differing: total(({ calibration }) => calibration.differing),
    },
    cells: mergeBy(
      parts.flatMap(({ cells }) => cells),
      ({ key }) => key,
      joinCells,
    ),
    noise: mergeBy(
      parts.flatMap(({ noise }) => noise),
      ({ key }) => key,
      joinCells,
    ),
    patterns: mergeBy(
      parts.flatMap(({ patterns }) => patterns),
      patternKey,
      joinPatterns,
    ),
    routes: mergeBy(
      parts.flatMap(({ routes }) => routes),
      ({ route }) => route,
      joinRoutes,
    ),
    plants: mergePlants(parts.map(({ plants }) => plants)),
    rules: mergeBy(
      parts.flatMap(({ rules }) => rules),
      ({ id }) => id,
      joinUses,
    ),
    waivers: mergeBy(
      parts.flatMap(({ waivers }) => waivers),
      ({ id }) => id,
      joinUses,
    ),
    notCompared: parts.flatMap(({ notCompared }) => notCompared),
    strays: {
      count: total(({ strays }) => strays.count),
      samples: earliest(parts.flatMap(({ strays }) => strays.samples)),
    },
    dropped: total(({ dropped }) => dropped),
  };
}

/** Compares by a name. */
export const by =
  <T>(name: (one: T) => string) =>
  (a: T, b: T): number => {
    const [x, y] = [name(a), name(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };

/** What makes two patterns the same. */
export const patternKey = ({ route, items }: Pattern): string =>
  [route, ...items.toSorted(by(({ cell }) => cell)).flatMap(({ cell, title }) => [cell, title])].join(
    '\u0001',
  );

const joinPatterns = (a: Pattern, b: Pattern): Pattern => ({
  ...a,
  exchanges: a.exchanges + b.exchanges,
  first: Math.min(a.first, b.first),
});

function joinRoutes(a: RouteCounts, b: RouteCounts): RouteCounts {
  const statuses = addUp(a.statuses, b.statuses);
  return {
    route: a.route,
    declared: a.declared || b.declared,
    first: Math.min(a.first || b.first, b.first || a.first),
    recorded: a.recorded + b.recorded,
    compared: a.compared + b.compared,
    calibrated: a.calibrated + b.calibrated,
    explained: a.explained + b.explained,
    statuses,
    ...((a.pages || b.pages) && { pages: addUp(a.pages ?? {}, b.pages ?? {}) }),
    reasons: [...new Set([...a.reasons, ...b.reasons])],
    limit: a.limit ?? b.limit,
    times: joinTimes(a.times, b.times),
    retimed: joinTimes(a.retimed, b.retimed),
  };
}

function addUp(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const out = { ...a };
  for (const [name, count] of Object.entries(b)) out[name] = (out[name] ?? 0) + count;
  return out;
}

const joinTimes = (a: Times, b: Times): Times => ({
  old: [...a.old, ...b.old],
  again: [...a.again, ...b.again],
  new: [...a.new, ...b.new],
});

function joinUses<T extends { exchanges: number; state?: string; explained?: Explanation }>(a: T, b: T): T {
  const exchanges = a.exchanges + b.exchanges;
  return a.state === 'dead' && exchanges > 0 ? { ...a, exchanges, state: 'used' } : { ...a, exchanges };
}
