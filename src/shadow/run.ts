import { randomBytes } from 'node:crypto';
import type { RouteLimit } from '../model/changeset.ts';
import type { Exchange } from '../model/exchange.ts';
import type { RunReport, SideReport } from '../model/verdict.ts';
import type { Waiver } from '../model/waiver.ts';
import { coverage, UNSAFE } from './coverage.ts';
import { type Gathered, type Gatherer, gatherer } from './gather.ts';
import { judge } from './judge.ts';
import { ENOUGH_SAMPLES, percentiles } from './latency.ts';
import { limitOf } from './limits.ts';
import { judgements } from './pairs.ts';
import { redactor } from './redact.ts';
import { isSafe, unsendable } from './replay/prepare.ts';
import { type Trio, type Triple, trio } from './replay/trio.ts';
import { type RouteShape, routeTable } from './routes.ts';
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
  id?: string;
  signal?: AbortSignal;
  progress?(done: number, of: number): void;
}

/** Of planted faults, this part must be seen for a PASS. */
const REQUIRED_DETECTION = 0.95;

/**
 * Replays traffic on three running sides (old, old again, new), compares, calibrates, plants faults, and judges.
 * Never throws for what a side does: that is the result. An aborted signal ends the run early with what there is.
 */
export async function runShadow(sides: Sides, traffic: Traffic, options: RunOptions): Promise<RunReport> {
  const startedAt = new Date();
  const table = routeTable(options.routes);
  const cover = coverage(table.known);
  const { runtime, version } = sides.new.identity;
  const accepted = waivers(options.waivers, { runtime, version }, startedAt.toISOString().slice(0, 10));
  const judged = judgements(sides, { allow: options.allow, waivers: accepted });
  const gather = gatherer({ cover, judgements: judged, waivers: accepted, redact: redactor() });
  const limitFor = (route: string, target: string) =>
    limitOf(options.limits, runtime, route, target, table.known);

  const { signal, timeoutMs = 10_000, maxBody = 8 * 1024 * 1024 } = options;
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
  try {
    await replayAll(wire, sides, traffic, options, done);
    if ([sides.old, sides.again, sides.new].every((side) => side.crashed() === null))
      await retime(wire, gather, signal);
  } finally {
    await wire.close();
  }
  // Routes that no request reached may be known not to run either.
  for (const route of table.known)
    cover.of(route).limit ??= limitFor(route, route.slice(route.indexOf(' ') + 1));

  const seen = gather.finish();
  const { counts, calibration, signatures, cells, routes, notCompared, strays } = seen;
  const detection = judged.detection(REQUIRED_DETECTION);
  const recorded = traffic.exchanges.length;
  const interrupted = signal?.aborted ?? false;
  const described = {
    old: await describe(sides.old, seen.latency.old),
    new: await describe(sides.new, seen.latency.new),
  };
  const { verdict, reasons } = judge({
    ...{ ...counts, interrupted, recorded, calibration, detection, routes, sides: described },
    ...{ signatures: signatures.length, slowRoutes: seen.slowRoutes, strays: strays.count },
    againCrash: sides.again.crashed(),
    minCoverage: options.minCoverage ?? 0.8,
  });
  const counted = counts.compared - counts.excluded;
  return {
    ...{ schema: 'migrate/shadow-run', version: 1, id: options.id ?? runId(startedAt) },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    ...{ verdict, reasons, interrupted, sides: described },
    traffic: {
      ...{ source: traffic.source, file: traffic.file, exchanges: recorded },
      sessions: new Set(traffic.exchanges.map(({ session }) => session)).size,
    },
    writes: options.writes,
    counts: { ...counts, recorded, notCompared: notCompared.length, routes: routes.length },
    defectBound: counts.differing === 0 && counted > 0 ? Math.min(1, 3 / counted) : null,
    ...{ calibration, detection, rules: judged.rules(), waivers: accepted.uses() },
    ...{ signatures, cells, routes, notCompared },
    warnings: [...traffic.warnings, ...strayWarning(seen), ...accepted.warnings(), ...droppedWarning(seen)],
  };
}

/** Sends every exchange that may be sent; `done` gets the three answers, or why there are none. */
async function replayAll(
  wire: Trio,
  sides: Sides,
  traffic: Traffic,
  options: RunOptions,
  done: (exchange: Exchange, outcome: Triple | string) => void,
): Promise<void> {
  const { signal } = options;
  const refused = ({ request }: Exchange) =>
    options.writes === 'refused' && !isSafe(request.method) ? UNSAFE : null;
  let ended = '';
  for (const [position, exchange] of traffic.exchanges.entries()) {
    if (signal?.aborted) ended ||= 'the run was interrupted before it';
    const reason = ended || unsendable(exchange) || refused(exchange);
    if (reason) {
      done(exchange, reason);
      continue;
    }
    options.progress?.(position, traffic.exchanges.length);
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

const strayWarning = ({ strays, counts }: Gathered): string[] =>
  strays.count === 0
    ? []
    : [
        `The old side answered another status than recorded in ${strays.count} of ${counts.compared} exchanges (${strays.samples.join('; ')}).`,
      ];

const droppedWarning = ({ dropped }: Gathered): string[] =>
  dropped === 0 ? [] : [`${dropped} differences are left out: there are too many kinds of them.`];

async function describe(side: LiveSide, samples: readonly number[]): Promise<SideReport> {
  return {
    ...side.identity,
    rssBytes: await side.memory(),
    latency: percentiles(samples),
    crash: side.crashed(),
  };
}

/** `2026-11-23-101500-3f9c`: sorts by time, unique without looking at the disk. */
export const runId = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
