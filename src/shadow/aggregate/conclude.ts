import type { Aggregate, CountedCell, Pattern, Times } from '../../model/aggregate.ts';
import type { Cell, Noise } from '../../model/comparison.ts';
import type { RunReport, SideReport } from '../../model/verdict.ts';
import { found } from '../compare/found.ts';
import { costsOf } from '../costs.ts';
import { coverageRow, timesOf } from '../coverage.ts';
import { judge } from '../judging/judge.ts';
import { detection } from '../judging/plants.ts';
import { cellKey, title } from '../judging/tally.ts';
import { percentiles, slower } from '../latency.ts';
import { zeroDefectBound } from '../statistics.ts';
import { timing } from '../timing.ts';
import { type Waivers, waivers } from '../waivers/index.ts';
import { withStart } from './merge-aside.ts';
import { testNoise } from './noise.ts';
import { signatures, sortCells } from './signatures.ts';
import { waivedIn } from './waived.ts';

/** Of planted faults, this part must be seen for a PASS. */
const REQUIRED_DETECTION = 0.95;
/** An extra rate of differences that noise of the old side must not hide, unless something else is asked for. */
const EXTRA = 0.05;

/**
 * The report of a run, from its aggregate alone: a run that was split and merged again is judged as the whole one.
 *
 * @param options.extra additional rate of differences, 0..1, that must not go unseen in noisy places
 */
export function conclude(aggregate: Aggregate, options: { extra?: number } = {}): RunReport {
  const { runtime, version } = aggregate.sides.new;
  const accepted = waivers(aggregate.waivers, { runtime, version }, aggregate.startedAt.slice(0, 10));
  for (const { id, exchanges } of aggregate.waivers) accepted.used(id, exchanges);
  const atStart = aggregate.effects?.start?.uses ?? {};
  for (const { id } of aggregate.waivers) if (atStart[id]) accepted.used(id, atStart[id]);
  const rules = aggregate.rules.map((rule) => ({
    ...rule,
    exchanges: rule.exchanges + (atStart[rule.id] ?? 0),
  }));

  const calibrated = new Map(aggregate.routes.map((row) => [row.route, row.calibrated]));
  const extra = options.extra ?? EXTRA;
  const noise = testNoise(aggregate.cells, aggregate.noise, (route) => calibrated.get(route) ?? 0, extra);
  const excused = new Set([...noise].filter(([, { result }]) => result !== 'worse').map(([key]) => key));
  const patterns = aggregate.patterns.flatMap((pattern) => withoutNoise(pattern, excused));
  const different = new Map<string, number>();
  for (const { route, exchanges } of patterns) different.set(route, (different.get(route) ?? 0) + exchanges);
  const noisy = sum(aggregate.patterns) - sum(patterns);

  const slow = slowRoutes(aggregate, accepted);
  const { probes } = aggregate;
  const effects = aggregate.effects && withStart(aggregate.effects);
  const aside = [...(effects?.cells ?? []), ...(probes?.cells ?? [])];
  const keyed = sortCells([...aggregate.cells.map((cell) => excuse(cell, noise)), ...slow.cells, ...aside]);
  const unknown = new Set(aggregate.unknownPages);
  const routes = aggregate.routes.map((row) =>
    coverageRow(row, different.get(row.route) ?? 0, slow.routes.has(row.route), unknown),
  );
  const { compared, excluded } = aggregate.counts;
  const differing = sum(patterns);
  const done = asidePatterns(aside);
  const list = signatures([...patterns, ...slow.patterns, ...done], compared - excluded, keyed);
  const seen = detection(aggregate.plants, REQUIRED_DETECTION);
  const { recorded, sides, ...rest } = described(aggregate);
  const calibration = {
    ...aggregate.calibration,
    clean: aggregate.calibration.differing === 0,
    cells: sortCells(aggregate.noise).map((cell) => bare({ ...cell, noise: noise.get(cell.key) })),
  };
  const { verdict, reasons } = judge({
    ...{ interrupted: aggregate.interrupted, recorded, compared, excluded, differing, sides, calibration },
    ...{ signatures: list.length, slowRoutes: slow.routes.size, detection: seen, routes },
    ...{ againCrash: aggregate.againCrash, strays: aggregate.strays.count },
    minCoverage: aggregate.minCoverage,
    missingShards: missing(aggregate),
    effects: effects?.different ?? 0,
    probes: probes?.different ?? 0,
    asideSignatures: new Set(done.flatMap(({ items }) => items.map(({ title: name }) => name))).size,
    costs: costsOf(aggregate),
    stateDiffers: aggregate.state?.differs ?? null,
    noise: [...noise].map(([key, test]) => ({ place: placeOf(key), test })),
    latency: aggregate.latency,
    waived: waivedIn(keyed, accepted.uses()),
  });
  return {
    ...{ schema: 'migrate/shadow-run', version: 1, ...rest, verdict, reasons, sides },
    counts: {
      ...{ ...aggregate.counts, explained: aggregate.counts.explained + noisy, recorded, differing },
      notCompared: aggregate.notCompared.length,
      routes: routes.length,
      uncovered: routes.filter(({ status }) => status === 'uncovered').length,
    },
    defectBound: differing === 0 && compared > excluded ? zeroDefectBound(compared - excluded) : null,
    ...{ calibration, detection: seen, rules, waivers: accepted.uses() },
    ...{ signatures: list, cells: keyed.map(bare), routes },
    timing: timing(aggregate.routes.filter(({ limit }) => limit === null)),
    ...(aggregate.latency && { latency: aggregate.latency }),
    ...(effects && { effects: withoutCells(effects) }),
    ...(probes && { probes: withoutCells(probes) }),
    ...(aggregate.state && { state: aggregate.state }),
    notCompared: aggregate.notCompared,
    warnings: [
      ...aggregate.warnings,
      ...strayWarning(aggregate),
      ...accepted.warnings(),
      ...(aggregate.dropped === 0
        ? []
        : [`${aggregate.dropped} differences are left out: there are too many kinds of them.`]),
    ],
  };
}

const withoutCells = <T extends { cells: unknown }>({ cells: _cells, ...rest }: T): Omit<T, 'cells'> => rest;

/** Each unexplained difference beside the answers is a thing of its own to look at. */
const asidePatterns = (cells: readonly CountedCell[]): Pattern[] =>
  cells
    .filter(({ explained }) => !explained)
    .map((cell) => {
      const { key, route, kind, location, severity, exchanges, exemplars } = cell;
      const one = { kind, location, exact: location, severity, old: null, new: null };
      return {
        route,
        items: [{ cell: key, title: title(one) }],
        exchanges,
        first: exemplars[0]?.exchange ?? 1,
      };
    });

const sum = (patterns: readonly Pattern[]): number =>
  patterns.reduce((total, { exchanges }) => total + exchanges, 0);

function withoutNoise(pattern: Pattern, excused: ReadonlySet<string>): Pattern[] {
  const items = pattern.items.filter(({ cell }) => !excused.has(cell));
  return items.length === 0 ? [] : [{ ...pattern, items }];
}

function excuse(cell: CountedCell, tests: ReadonlyMap<string, Noise>): CountedCell {
  const noise = cell.explained ? undefined : tests.get(cell.key);
  if (!noise) return cell;
  return {
    ...cell,
    noise,
    ...(noise.result !== 'worse' && { explained: { by: 'noise' as const, id: 'noise' } }),
  };
}

const bare = ({ key: _key, b: _b, c: _c, both: _both, ...cell }: CountedCell): Cell => cell;

const placeOf = (key: string): string => {
  const [route = '', , location = ''] = key.split('\u0000');
  return `${route} ${location}`;
};

/** Routes slower beyond doubt, each as a cell and a pattern of its own, unless a waiver accepts it. */
function slowRoutes(aggregate: Aggregate, accepted: Waivers) {
  const out = { cells: [] as CountedCell[], patterns: [] as Pattern[], routes: new Set<string>() };
  for (const row of aggregate.routes) {
    const late = row.limit ? null : slower(timesOf(row));
    if (!late) continue;
    const { route } = row;
    const one = found('latency', 'latency', `p50 ${late.old} ms`, `p50 ${late.new} ms`);
    const waiver = accepted.covers(route, one)?.id;
    const explained = waiver ? ({ by: 'waiver', id: waiver } as const) : undefined;
    const key = cellKey(route, one, explained);
    const request = `all ${row.compared} exchanges of the route`;
    const exchange = Math.max(1, row.first);
    out.cells.push({
      ...{ key, route, kind: one.kind, location: one.location, severity: one.severity, exchanges: 1 },
      ...{ b: 0, c: 0, both: 0, exemplars: [{ exchange, request, old: one.old, new: one.new }] },
      ...(explained && { explained }),
    });
    if (waiver) {
      accepted.used(waiver);
      continue;
    }
    out.routes.add(route);
    out.patterns.push({ route, items: [{ cell: key, title: 'slower' }], exchanges: 1, first: exchange });
  }
  return out;
}

/** Shards of a split run that are not part of it. */
function missing({ shards }: Aggregate): string[] {
  const of = shards[0]?.of ?? 1;
  const there = new Set(shards.map(({ index }) => index));
  if (shards.length === 0) return [];
  return Array.from({ length: of }, (_, i) => i + 1).flatMap((i) => (there.has(i) ? [] : [`${i}/${of}`]));
}

function described(aggregate: Aggregate) {
  const latency = (name: keyof Times): SideReport['latency'] =>
    percentiles(aggregate.routes.flatMap(({ times }) => times[name]));
  const { id, startedAt, durationMs, interrupted, shards, writes, traffic, sides } = aggregate;
  const { source, file, exchanges, sessions, days } = traffic;
  return {
    ...{ id, startedAt, durationMs, interrupted, writes, recorded: exchanges },
    ...(shards.length > 0 && missing(aggregate).length > 0 && { shards }),
    traffic: { source, file, exchanges, sessions, ...(days && { days }) },
    sides: {
      old: { ...sides.old, latency: latency('old'), repeatLatency: latency('again') },
      new: { ...sides.new, latency: latency('new') },
    },
  };
}

const strayWarning = ({ strays, counts }: Aggregate): string[] =>
  strays.count === 0
    ? []
    : [
        `The old side answered another status than recorded in ${strays.count} of ${counts.compared} exchanges (${strays.samples.map(({ text }) => text).join('; ')}).`,
      ];
