import { randomBytes } from 'node:crypto';
import type { Aggregate, Shard } from '../model/aggregate.ts';
import type { RouteLimit } from '../model/changeset.ts';
import type { Exchange } from '../model/exchange.ts';
import type { ProbeClass } from '../model/probes.ts';
import type { RunReport, SideReport } from '../model/verdict.ts';
import type { Waiver } from '../model/waiver.ts';
import { conclude } from './aggregate/conclude.ts';
import { canonical } from './aggregate/merge.ts';
import { coverage, UNSAFE } from './coverage.ts';
import { gatherEffects } from './effects/gather.ts';
import { type Gatherer, gatherer } from './gather.ts';
import { ENOUGH_SAMPLES } from './latency.ts';
import { limitOf } from './limits.ts';
import { judgements } from './pairs.ts';
import { probe } from './probes/index.ts';
import { redactor } from './redact.ts';
import { isSafe, unsendable } from './replay/prepare.ts';
import { type Trio, type Triple, trio } from './replay/trio.ts';
import { type RouteShape, routeTable } from './routes.ts';
import { shardOf } from './shard.ts';
import type { LiveSide, Sides } from './side.ts';
import type { Traffic } from './sources.ts';
import { waivers } from './waivers.ts';

/** How a run is done. Times in ms, sizes in bytes. */
export interface RunOptions {
  /** `isolated`: each side has state of its own, so unsafe methods may be sent. */
  writes: 'refused' | 'isolated';
  /** Routes of the application, from its inventory; empty when they are not known. */
  routes: readonly RouteShape[];
  limits: readonly RouteLimit[];
  waivers: readonly Waiver[];
  /** Optional rules asked for by name. */
  allow: readonly string[];
  /** For one answer. Default 10 000. */
  timeoutMs?: number;
  /** Of a body kept for comparison; beyond it hash and size are compared. Default 8 MiB. */
  maxBody?: number;
  /** Part of the routes, 0..1, that must be compared for a PASS. Default 0.8. */
  minCoverage?: number;
  /** Additional rate of differences, 0..1, that must not go unseen where the old side is noisy. Default 0.05. */
  extra?: number;
  /** Probed after the replay. Default none. */
  probes?: readonly ProbeClass[];
  /** This run is one share of the sessions. */
  shard?: Shard;
  /** What the user should know of the sides, before any exchange. */
  notes?: readonly string[];
  id?: string;
  signal?: AbortSignal;
  progress?(done: number, of: number): void;
}

/**
 * Replays traffic on three running sides (old, old again, new), compares, calibrates, plants faults, and judges.
 * Never throws for what a side does: that is the result. An aborted signal ends the run early with what there is.
 */
export const runShadow = async (sides: Sides, traffic: Traffic, options: RunOptions): Promise<RunReport> =>
  conclude(await collectShadow(sides, traffic, options), options);

/** The same without the judgement: what was counted, to be merged with other shards or handed to `conclude`. */
export async function collectShadow(sides: Sides, traffic: Traffic, options: RunOptions): Promise<Aggregate> {
  const startedAt = new Date();
  const table = routeTable(options.routes);
  const cover = coverage(table.known);
  const { runtime, version } = sides.new.identity;
  const accepted = waivers(options.waivers, { runtime, version }, startedAt.toISOString().slice(0, 10));
  const judged = judgements(sides, { allow: options.allow, waivers: accepted });
  const redact = redactor();
  const gather = gatherer({ cover, judgements: judged, redact });
  const limitFor = (route: string, target: string) =>
    limitOf(options.limits, runtime, route, target, table.known);

  const { signal, timeoutMs = 10_000, maxBody = 8 * 1024 * 1024 } = options;
  const mine = options.shard ? shardOf(traffic.exchanges, options.shard) : traffic.exchanges;
  const wire = trio(sides, { timeoutMs, maxBody, signal });
  const done = (exchange: Exchange, outcome: Triple | string) => {
    const { method, path } = exchange.request;
    const route = table.of(method, path);
    const limit = limitFor(route, path);
    const record = cover.of(route);
    record.recorded++;
    record.first ||= exchange.index;
    record.limit ??= limit;
    if (typeof outcome === 'string') gather.skip(exchange, route, outcome);
    else gather.take(exchange, route, limit, outcome);
  };
  let effects: Aggregate['effects'];
  let probes: Aggregate['probes'];
  const alive = () => [sides.old, sides.again, sides.new].every((side) => side.crashed() === null);
  try {
    await replayAll(wire, sides, mine, options, done);
    // Before anything is asked again: what was done once is compared.
    effects = await gatherEffects(sides, {
      exchanges: mine,
      routeOf: table.of,
      judgements: judged,
      accepted,
      redact,
    });
    if (alive()) await retime(wire, gather, signal);
    if (alive() && !signal?.aborted) {
      const classes = options.probes ?? [];
      probes = await probe(sides, { classes, exchanges: mine, routeOf: table.of, accepted, redact, signal });
    }
  } finally {
    await wire.close();
  }
  // Routes that no request reached may be known not to run either.
  for (const route of table.known)
    cover.of(route).limit ??= limitFor(route, route.slice(route.indexOf(' ') + 1));

  return canonical({
    ...{ schema: 'migrate/shadow-aggregate', version: 1, id: options.id ?? runId(startedAt) },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    interrupted: signal?.aborted ?? false,
    shards: options.shard ? [options.shard] : [],
    sides: { old: await describe(sides.old), new: await describe(sides.new) },
    againCrash: sides.again.crashed(),
    traffic: {
      ...{ source: traffic.source, file: traffic.file, exchanges: mine.length },
      sessions: new Set(mine.map(({ session }) => session)).size,
      total: traffic.exchanges.length,
    },
    ...{ writes: options.writes, minCoverage: options.minCoverage ?? 0.8 },
    ...gather.finish(),
    ...(effects && { effects }),
    ...(probes && { probes }),
    ...(sides.state && { state: sides.state }),
    ...{ plants: judged.plants(), rules: judged.rules(), waivers: accepted.uses() },
    warnings: [...traffic.warnings, ...(options.notes ?? [])],
  });
}

/** Sends every exchange that may be sent; `done` gets the three answers, or why there are none. */
async function replayAll(
  wire: Trio,
  sides: Sides,
  exchanges: readonly Exchange[],
  options: RunOptions,
  done: (exchange: Exchange, outcome: Triple | string) => void,
): Promise<void> {
  const { signal } = options;
  const refused = ({ request }: Exchange) =>
    options.writes === 'refused' && !isSafe(request.method) ? UNSAFE : null;
  let ended = '';
  for (const [position, exchange] of exchanges.entries()) {
    if (signal?.aborted) ended ||= 'the run was interrupted before it';
    const reason = ended || unsendable(exchange) || refused(exchange);
    if (reason) {
      done(exchange, reason);
      continue;
    }
    options.progress?.(position, exchanges.length);
    const triple = await wire.replay(exchange);
    if (signal?.aborted) {
      done(exchange, 'the run was interrupted during it');
      continue;
    }
    const oldGone = sides.old.crashed() !== null || sides.again.crashed() !== null;
    if (oldGone) ended = 'the old side had ended before it';
    else if (sides.new.crashed() !== null) ended = 'the new side had ended before it';
    done(exchange, oldGone ? 'the old side ended during it' : triple);
  }
}

/** Asks routes that look slower a few times more: one slow answer may be the machine's. */
async function retime(wire: Trio, gather: Gatherer, signal: AbortSignal | undefined): Promise<void> {
  for (const exchange of gather.suspects()) {
    for (let i = 1; i < ENOUGH_SAMPLES && !signal?.aborted; i++)
      gather.retime(exchange, await wire.replay(exchange));
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
