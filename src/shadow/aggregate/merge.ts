import { Aggregate, type Pattern, type RouteCounts, type Times } from '../../model/aggregate.ts';
import type { Explanation } from '../../model/comparison.ts';
import { MigrateError } from '../../model/errors.ts';
import type { SideReport } from '../../model/verdict.ts';
import { mergePlants } from '../plants.ts';
import { canonicalCell, joinCells, mergeBy } from './cells.ts';
import { mergeEffects, mergeProbes } from './merge-aside.ts';

/**
 * Merges the aggregates of shards of one run: sums, unions, earliest samples. Associative and independent of order.
 *
 * @throws MigrateError NOT_ONE_RUN when they are not disjoint shards of one run
 */
export function mergeAggregates(parts: readonly Aggregate[]): Aggregate {
  const [first, ...others] = parts.toSorted((a, b) => (a.shards[0]?.index ?? 0) - (b.shards[0]?.index ?? 0));
  if (!first) throw notOneRun('No aggregate was given.');
  for (const other of others) requireSameRun(first, other);
  const shards = parts.flatMap((part) => part.shards).sort((a, b) => a.index - b.index);
  const twice = shards.find(({ index }, i) => shards[i - 1]?.index === index);
  if (twice) throw notOneRun(`Shard ${twice.index}/${twice.of} was given twice.`);
  const total = (pick: (part: Aggregate) => number) => parts.reduce((sum, part) => sum + pick(part), 0);
  const all = [first, ...others];
  return canonical({
    ...first,
    startedAt: all.map(({ startedAt }) => startedAt).sort()[0] ?? first.startedAt,
    durationMs: Math.max(...all.map(({ durationMs }) => durationMs)),
    interrupted: all.some(({ interrupted }) => interrupted),
    shards,
    sides: {
      old: mergeSide(all.map(({ sides }) => sides.old)),
      new: mergeSide(all.map(({ sides }) => sides.new)),
    },
    againCrash: all.map(({ againCrash }) => againCrash).find((crash) => crash !== null) ?? null,
    traffic: {
      ...first.traffic,
      exchanges: total(({ traffic }) => traffic.exchanges),
      sessions: total(({ traffic }) => traffic.sessions),
    },
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
      all.flatMap(({ cells }) => cells),
      ({ key }) => key,
      joinCells,
    ),
    noise: mergeBy(
      all.flatMap(({ noise }) => noise),
      ({ key }) => key,
      joinCells,
    ),
    patterns: mergeBy(
      all.flatMap(({ patterns }) => patterns),
      patternKey,
      joinPatterns,
    ),
    routes: mergeBy(
      all.flatMap(({ routes }) => routes),
      ({ route }) => route,
      joinRoutes,
    ),
    ...mergeEffects(all),
    ...mergeProbes(all),
    plants: mergePlants(all.map(({ plants }) => plants)),
    rules: mergeBy(
      all.flatMap(({ rules }) => rules),
      ({ id }) => id,
      joinUses,
    ),
    waivers: mergeBy(
      all.flatMap(({ waivers }) => waivers),
      ({ id }) => id,
      joinUses,
    ),
    notCompared: all.flatMap(({ notCompared }) => notCompared),
    strays: {
      count: total(({ strays }) => strays.count),
      samples: all.flatMap(({ strays }) => strays.samples),
    },
    dropped: total(({ dropped }) => dropped),
    warnings: [...new Set(all.flatMap(({ warnings }) => warnings))],
  });
}

/** The same aggregate in the one order it has, however it was gathered: by exchange, and by name. */
export function canonical(aggregate: Aggregate): Aggregate {
  const { strays } = aggregate;
  // The schema gives every object its order of fields, as reading it from the disk does.
  return Aggregate.parse({
    ...aggregate,
    cells: aggregate.cells.map(canonicalCell).sort(by(({ key }) => key)),
    noise: aggregate.noise.map(canonicalCell).sort(by(({ key }) => key)),
    patterns: aggregate.patterns
      .map((one) => ({ ...one, items: one.items.toSorted(by(({ cell }) => cell)) }))
      .sort(by(patternKey)),
    routes: aggregate.routes
      .map((row) => ({ ...row, reasons: row.reasons.toSorted(), statuses: sortKeys(row.statuses) }))
      // Declared ones stay in the order of the router table; others come as they were first asked for.
      .sort((a, b) =>
        a.declared || b.declared ? Number(b.declared) - Number(a.declared) : a.first - b.first,
      ),
    plants: aggregate.plants.toSorted(by(({ fault, route }) => `${fault}\u0000${route}`)),
    notCompared: aggregate.notCompared.toSorted((a, b) => a.exchange - b.exchange),
    strays: {
      count: strays.count,
      samples: strays.samples.toSorted((a, b) => a.exchange - b.exchange).slice(0, 3),
    },
    warnings: aggregate.warnings.toSorted(),
  } satisfies Aggregate);
}

const by =
  <T>(name: (one: T) => string) =>
  (a: T, b: T): number => {
    const [x, y] = [name(a), name(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };

const sortKeys = (record: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(record).sort(by(([key]) => key)));

const patternKey = ({ route, items }: Pattern): string =>
  [route, ...items.toSorted(by(({ cell }) => cell)).flatMap(({ cell, title }) => [cell, title])].join(
    '\u0001',
  );

const joinPatterns = (a: Pattern, b: Pattern): Pattern => ({
  ...a,
  exchanges: a.exchanges + b.exchanges,
  first: Math.min(a.first, b.first),
});

function joinRoutes(a: RouteCounts, b: RouteCounts): RouteCounts {
  const statuses = { ...a.statuses };
  for (const [status, count] of Object.entries(b.statuses))
    statuses[status] = (statuses[status] ?? 0) + count;
  return {
    route: a.route,
    declared: a.declared || b.declared,
    first: Math.min(a.first || b.first, b.first || a.first),
    recorded: a.recorded + b.recorded,
    compared: a.compared + b.compared,
    calibrated: a.calibrated + b.calibrated,
    explained: a.explained + b.explained,
    statuses,
    reasons: [...new Set([...a.reasons, ...b.reasons])],
    limit: a.limit ?? b.limit,
    times: joinTimes(a.times, b.times),
    retimed: joinTimes(a.retimed, b.retimed),
  };
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

/** The side with the most memory at the end, the longest start, and a crash if there was one. */
function mergeSide(sides: readonly SideReport[]): SideReport {
  const most = (values: readonly (number | null)[]) =>
    values.reduce<number | null>((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);
  const [first] = sides;
  if (!first) throw notOneRun('No aggregate was given.');
  return {
    ...first,
    startMs: most(sides.map(({ startMs }) => startMs)),
    rssBytes: most(sides.map(({ rssBytes }) => rssBytes)),
    crash: sides.map(({ crash }) => crash).find((crash) => crash !== null) ?? null,
  };
}

/** Everything that must agree for two aggregates to be shards of one run. */
function requireSameRun(a: Aggregate, b: Aggregate): void {
  const identity = ({ sides, traffic, writes, minCoverage, shards, rules, waivers }: Aggregate) => ({
    'old side': [sides.old.given, sides.old.runtime, sides.old.version, sides.old.gitSha].join(' '),
    'new side': [sides.new.given, sides.new.runtime, sides.new.version, sides.new.gitSha].join(' '),
    traffic: `${traffic.file}, ${traffic.total} exchanges`,
    'mode of writing': writes,
    'least coverage': minCoverage,
    'number of shards': shards[0]?.of ?? 1,
    rules: rules.map(({ id }) => id).join(),
    waivers: waivers.map(({ id, route, location }) => [id, route, location].join(' ')).join(),
  });
  const [mine, other] = [identity(a), identity(b)];
  for (const name of Object.keys(mine) as (keyof typeof mine)[]) {
    if (mine[name] === other[name]) continue;
    throw notOneRun(
      `Not shards of one run: the ${name} is ${mine[name]} in ${a.id} and ${other[name]} in ${b.id}.`,
    );
  }
  if (a.shards.length === 0 || b.shards.length === 0)
    throw notOneRun(
      `Run ${(a.shards.length === 0 ? a : b).id} was not split (--shard), so it cannot be merged.`,
    );
}

const notOneRun = (message: string) => new MigrateError('NOT_ONE_RUN', message);
