import { Aggregate } from '../../model/aggregate.ts';
import { MigrateError } from '../../model/errors.ts';
import type { SideReport } from '../../model/verdict.ts';
import { canonicalCell, earliest } from './cells.ts';
import { mergeEffects, mergeProbes, startWarnings } from './merge-aside.ts';
import { by, mergeParts, patternKey } from './parts.ts';

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
  const { latency: _ofOneMachine, ...base } = first;
  return canonical({
    ...{ ...base, ...mergeParts(all) },
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
      ...(all.some(({ traffic }) => traffic.days) && {
        days: [...new Set(all.flatMap(({ traffic }) => traffic.days ?? []))].sort(),
      }),
    },
    unknownPages: [...new Set(all.flatMap(({ unknownPages }) => unknownPages ?? []))].sort(),
    ...mergeEffects(all),
    ...mergeProbes(all),
    warnings: [
      ...new Set([
        ...all.flatMap(({ warnings }) => warnings),
        ...withoutLatency(parts),
        ...startWarnings(all),
      ]),
    ],
  });
}

/** Percentiles and memory of different machines, or of one at different times, do not add up to those of one run. */
function withoutLatency(parts: readonly Aggregate[]): string[] {
  const measured = parts.filter(({ latency }) => latency).length;
  return measured === 0
    ? []
    : [
        `Latency under load was measured in ${measured} of the shards and is left out: times of different moments do not add up. Measure it in an unsplit run (--latency).`,
      ];
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
      .map((row) => ({
        ...row,
        reasons: row.reasons.toSorted(),
        statuses: sortKeys(row.statuses),
        ...(row.pages && { pages: sortKeys(row.pages) }),
      }))
      // Declared ones stay in the order of the router table; others come as they were first asked for.
      .sort((a, b) =>
        a.declared || b.declared ? Number(b.declared) - Number(a.declared) : a.first - b.first,
      ),
    plants: aggregate.plants.toSorted(by(({ fault, route }) => `${fault}\u0000${route}`)),
    notCompared: aggregate.notCompared.toSorted((a, b) => a.exchange - b.exchange),
    strays: {
      count: strays.count,
      samples: earliest(strays.samples),
    },
    warnings: aggregate.warnings.toSorted(),
  } satisfies Aggregate);
}

const sortKeys = (record: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(record).sort(by(([key]) => key)));

/** The side with the most memory at the end, the longest start, and a crash if there was one. */
function mergeSide(sides: readonly SideReport[]): SideReport {
  const most = (values: readonly (number | null)[]) =>
    values.reduce<number | null>((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);
  const [first] = sides;
  if (!first) throw notOneRun('No aggregate was given.');
  const endings = sides.flatMap((side) => side.endings ?? []).sort((a, b) => a.exchange - b.exchange);
  return {
    ...first,
    ...(endings.length > 0 && { endings }),
    startMs: most(sides.map(({ startMs }) => startMs)),
    ...(first.repeatRssBytes !== undefined && {
      repeatRssBytes: most(sides.map(({ repeatRssBytes = null }) => repeatRssBytes)),
    }),
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
