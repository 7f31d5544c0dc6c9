import { randomBytes } from 'node:crypto';
import type { Aggregate, RouteCounts } from '../model/aggregate.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Ending, RunReport, SideReport } from '../model/verdict.ts';
import { conclude } from './aggregate/conclude.ts';
import { canonical } from './aggregate/merge.ts';
import { mergeParts, type Part } from './aggregate/parts.ts';
import { coverage } from './coverage.ts';
import { gatherEffects } from './effects/gather.ts';
import { type Gatherer, gatherer } from './gather.ts';
import { judgements } from './judging/pairs.ts';
import { unknownPages } from './judging/unknown-page.ts';
import { ENOUGH_SAMPLES, timedOf } from './latency.ts';
import { limitOf } from './limits.ts';
import { probe } from './probes/index.ts';
import { redactAll, redactor } from './redact.ts';
import { replayAll, stage } from './replay/replay-all.ts';
import type { Trio, Triple } from './replay/trio.ts';
import type { RunOptions } from './run-options.ts';
import type { LiveSide, Sides } from './sides/side.ts';
import { routeTable } from './traffic/routes.ts';
import { shardOf } from './traffic/shard.ts';
import type { Traffic } from './traffic/traffic.ts';
import type { Announced } from './waivers/announced.ts';
import { waivers } from './waivers/index.ts';

const NOTHING: Announced = { differences: () => [], places: () => [] };

/**
 * Replays traffic on three running sides (old, old again, new), compares, calibrates, plants faults, and judges.
 * Never throws for what a side does: that is the result. An aborted signal ends the run early with what there is.
 */
export const runShadow = async (sides: Sides, traffic: Traffic, options: RunOptions): Promise<RunReport> =>
  conclude(await collectShadow(sides, traffic, options), options);

/** The same without the judgement: what was counted, to be merged with other shards or handed to `conclude`. */
export async function collectShadow(given: Sides, traffic: Traffic, options: RunOptions): Promise<Aggregate> {
  const { ledger } = options;
  const startedAt = ledger?.startedAt ?? new Date();
  const begun = performance.now();
  const table = routeTable(options.routes);
  const cover = coverage(table.known);
  const { runtime, version } = given.new.identity;
  const fresh = () =>
    waivers(
      options.waivers,
      { runtime, version },
      startedAt.toISOString().slice(0, 10),
      options.announced ?? NOTHING,
    );
  const accepted = fresh();
  const redact = options.redact ?? redactor();
  let counted = ledger?.part ?? null;
  const judged = judgements(given, { allow: options.allow, waivers: accepted, plants: counted?.plants });
  const unknown = unknownPages();
  const gather = gatherer({ cover, judgements: judged, redact, unknown, before: counted });
  const limitFor = (route: string, target: string) =>
    limitOf(options.limits, runtime, route, target, table.known);

  const declared = new Set(table.known);
  /** The route of a request. A path that no route declares may hold a secret. */
  const routeOf = ({ request }: Exchange): string => {
    const route = table.of(request.method, request.path);
    return declared.has(route) ? route : redact.target(route);
  };

  const { signal, timeoutMs = 10_000, maxBody = 8 * 1024 * 1024 } = options;
  const mine = options.shard ? shardOf(traffic.exchanges, options.shard) : traffic.exchanges;
  const play = stage(given, { timeoutMs, maxBody, signal, sent: redact.request });
  const seen = ({ old, again, new: next }: Triple) => {
    for (const { view } of [old, again, next]) if (view) redact.answer(view);
  };
  const done = (exchange: Exchange, outcome: Triple | string, inTurn = false) => {
    const route = routeOf(exchange);
    const limit = limitFor(route, exchange.request.path);
    const record = cover.of(route);
    record.recorded++;
    record.first ||= exchange.index;
    record.limit ??= limit;
    if (typeof outcome === 'string') gather.skip(exchange, route, outcome);
    else gather.take(exchange, route, limit, outcome, inTurn);
  };
  const again = (exchange: Exchange, triple: Triple) => {
    const route = routeOf(exchange);
    judged.learn(exchange, route, triple);
    gather.counted(exchange, route, triple);
  };
  /** Adds up what was counted since the last time. */
  const count = (used: readonly { id: string; exchanges: number }[] = []): { part: Part; whole: Part } => {
    const uses = fresh();
    const { rules, plants, waivers: applied } = judged.cut();
    for (const [id, times] of applied) uses.used(id, times);
    for (const { id, exchanges } of used) uses.used(id, exchanges);
    const part = { ...gather.cut(), rules, plants, waivers: uses.uses() };
    const whole = counted ? mergeParts([counted, part]) : part;
    counted = whole;
    return { part, whole };
  };
  const note = async (upTo: number) => ledger?.note(upTo, count().part);
  let effects: Aggregate['effects'];
  let probes: Aggregate['probes'];
  let pages: string[] = [];
  let endings: Ending[];
  try {
    const { forget } = judged;
    endings = await replayAll(play, mine, options, {
      ...{ done, again, seen, note, forget, routeOf },
      isTimed: timedOf(routeOf),
    });
    // Before anything is asked again: what was done once is compared.
    if (!play.isLost())
      effects = await gatherEffects(play.sides, {
        exchanges: mine,
        routeOf: table.of,
        judgements: judged,
        accepted,
        redact,
      });
    if (play.isWhole() && !signal?.aborted)
      pages = await unknown.ask(
        (exchange) => play.wire.replay(exchange, 'at-once'),
        (path) => declared.has(table.of('GET', path)),
      );
    if (play.isWhole()) await retime(play.wire, gather, count().whole.routes, signal);
    if (play.isWhole() && !signal?.aborted) {
      const classes = options.probes ?? [];
      probes = await probe(play.sides, {
        classes,
        exchanges: mine,
        routeOf: table.of,
        accepted,
        redact,
        signal,
      });
    }
  } finally {
    await play.wire.close();
  }
  const { sides } = play;
  // Routes that no request reached may be known not to run either.
  for (const route of table.known)
    cover.of(route).limit ??= limitFor(route, route.slice(route.indexOf(' ') + 1));
  // Waivers that a probe used; all others are counted where they are applied.
  const { whole } = count(accepted.uses());

  return canonical({
    ...{ schema: 'migrate/shadow-aggregate', version: 1, id: options.id ?? runId(startedAt) },
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    interrupted: signal?.aborted ?? false,
    shards: options.shard ? [options.shard] : [],
    sides: {
      old: { ...(await describe(sides.old)), repeatRssBytes: await sides.again.memory() },
      new: { ...(await describe(sides.new)), ...(endings.length > 0 && { endings }) },
    },
    againCrash: sides.again.crashed(),
    traffic: {
      ...{ source: traffic.source, file: traffic.file, exchanges: mine.length },
      sessions: new Set(mine.map(({ session }) => session)).size,
      total: traffic.exchanges.length,
      ...daysOf(mine),
    },
    ...{ writes: options.writes, minCoverage: options.minCoverage ?? 0.8 },
    // What became known as a secret late may stand in what was counted early.
    unknownPages: pages,
    ...redactAll({ ...whole, ...(effects && { effects }), ...(probes && { probes }) }, redact),
    ...(sides.state && { state: sides.state }),
    warnings: [...traffic.warnings, ...(options.notes ?? [])],
  });
}

/** The days of their recording, in order; nothing where the source does not tell. */
function daysOf(exchanges: readonly Exchange[]): { days?: string[] } {
  const days = new Set(
    exchanges.flatMap(({ sentAt }) => (sentAt ? [new Date(sentAt).toISOString().slice(0, 10)] : [])),
  );
  return days.size > 0 ? { days: [...days].sort() } : {};
}

/** Asks routes that look slower a few times more: one slow answer may be the machine's. */
async function retime(
  wire: Trio,
  gather: Gatherer,
  routes: readonly RouteCounts[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const exchange of gather.suspects(routes)) {
    for (let i = 1; i < ENOUGH_SAMPLES && !signal?.aborted; i++)
      gather.retime(exchange, await wire.replay(exchange, 'in-turn'));
  }
}

async function describe(side: LiveSide): Promise<SideReport> {
  return {
    ...side.identity,
    rssBytes: await side.memory(),
    latency: null,
    crash: side.crashed(),
  };
}

/** `2026-11-23-101500-3f9c`: sorts by time, unique without looking at the disk. */
export const runId = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
