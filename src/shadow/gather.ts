import type { RouteLimit } from '../model/changeset.ts';
import type { Cell } from '../model/comparison.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Calibration, NotCompared, RouteCoverage, Signature } from '../model/verdict.ts';
import { found } from './compare/found.ts';
import { type Coverage, type RouteRecord, statusOf } from './coverage.ts';
import { slower, suspicious } from './latency.ts';
import type { Judgements } from './pairs.ts';
import type { Redactor } from './redact.ts';
import { isSafe } from './replay/prepare.ts';
import type { Triple } from './replay/trio.ts';
import { tally } from './tally.ts';
import type { Waivers } from './waivers.ts';

/** Counts of exchanges while a run goes; at its end `compared = excluded + differing + explained + identical`. */
export interface Counts {
  replayed: number;
  compared: number;
  excluded: number;
  differing: number;
  explained: number;
  identical: number;
}

/** Everything a run has seen, folded. */
export interface Gathered {
  counts: Counts & { uncovered: number };
  cells: Cell[];
  signatures: Signature[];
  routes: RouteCoverage[];
  calibration: Calibration;
  notCompared: NotCompared[];
  /** Service times, ms. */
  latency: { old: number[]; new: number[] };
  slowRoutes: number;
  /** Exchanges in which the old side did not answer with the recorded status, and the first of them in words. */
  strays: { count: number; samples: string[] };
  /** Differences left out because there were too many kinds of them. */
  dropped: number;
}

/** Takes the outcomes of exchanges one by one. Memory grows with what differs, not with traffic. */
export interface Gatherer {
  /** An exchange that is not compared. */
  skip(exchange: Exchange, route: string, reason: string): void;
  /** An exchange that was sent to all sides. */
  take(exchange: Exchange, route: string, limit: RouteLimit | null, triple: Triple): void;
  /** Routes with too few samples to tell whether they became slower, each with a safe exchange to ask again. */
  suspects(): Exchange[];
  /** Another answer to an exchange of {@link suspects}: only its time counts. */
  retime(exchange: Exchange, triple: Triple): void;
  finish(): Gathered;
}

interface Parts {
  cover: Coverage;
  judgements: Judgements;
  waivers: Waivers;
  redact: Redactor;
}

/** An empty {@link Gatherer}. */
export function gatherer({ cover, judgements, waivers, redact }: Parts): Gatherer {
  const differences = tally(redact);
  const noise = tally(redact);
  const notCompared: NotCompared[] = [];
  const counts: Counts = { replayed: 0, compared: 0, excluded: 0, differing: 0, explained: 0, identical: 0 };
  const calibrated = { compared: 0, differing: 0 };
  const latency = { old: [] as number[], new: [] as number[] };
  /** By route: its first safe exchange. */
  const repeatable = new Map<string, Exchange>();
  const routeOf = new Map<Exchange, string>();
  const strays = { count: 0, samples: [] as string[] };
  const requestLine = ({ request }: Exchange) => `${request.method} ${redact.target(request.path)}`;

  const time = (record: RouteRecord, { old, again, new: next, eventsUpTo }: Triple, overall = true) => {
    if (!old.answer.ok || !again.answer.ok || !next.answer.ok) return;
    // How long a stream stays open says nothing about how fast it is.
    if (eventsUpTo !== undefined || old.view?.kind === 'events') return;
    record.latency.old.push(old.answer.response.totalMs);
    record.latency.again.push(again.answer.response.totalMs);
    record.latency.new.push(next.answer.response.totalMs);
    if (!overall) return;
    latency.old.push(old.answer.response.totalMs);
    latency.new.push(next.answer.response.totalMs);
  };

  const addSlowRoutes = (): number => {
    let slow = 0;
    for (const [route, record] of cover.routes) {
      const late = record.limit ? null : slower(record.latency);
      if (!late) continue;
      const one = found('latency', 'latency', `p50 ${late.old} ms`, `p50 ${late.new} ms`);
      const waiver = waivers.covers(route, one);
      const place = {
        exchange: record.first,
        route,
        request: `all ${record.compared} exchanges of the route`,
      };
      differences.add(place, [
        { found: one, ...(waiver && { explained: { by: 'waiver' as const, id: waiver } }) },
      ]);
      if (waiver) waivers.used(waiver);
      else {
        record.slow = true;
        slow++;
      }
    }
    return slow;
  };

  return {
    skip(exchange, route, reason) {
      cover.of(route).reasons.add(reason);
      notCompared.push({ exchange: exchange.index, route, reason, request: requestLine(exchange) });
    },
    take(exchange, route, limit, triple) {
      const record = cover.of(route);
      const place = { exchange: exchange.index, route, request: requestLine(exchange) };
      const judged = judgements.judge(exchange, route, triple, limit !== null);
      const { answer } = triple.old;
      const status = answer.ok ? String(answer.response.status) : answer.failure.code;
      counts.replayed++;
      counts.compared++;
      record.compared++;
      record.statuses.set(status, (record.statuses.get(status) ?? 0) + 1);
      if (exchange.response && answer.ok && exchange.response.status !== answer.response.status) {
        strays.count++;
        if (strays.samples.length < 3)
          strays.samples.push(`${place.request}: recorded ${exchange.response.status}, answered ${status}`);
      }
      if (judged.calibration) {
        calibrated.compared++;
        if (judged.calibration.some(({ explained }) => !explained)) calibrated.differing++;
        noise.add(place, judged.calibration);
      }
      time(record, triple);
      if (isSafe(exchange.request.method) && !repeatable.has(route)) {
        repeatable.set(route, exchange);
        routeOf.set(exchange, route);
      }
      if (limit) {
        counts.excluded++;
        return;
      }
      differences.add(place, judged.differences);
      if (judged.differences.length === 0) counts.identical++;
      else if (judged.differences.every(({ explained }) => explained)) {
        counts.explained++;
        record.explained++;
      } else {
        counts.differing++;
        record.different++;
      }
    },
    suspects: () =>
      [...repeatable]
        .filter(([route]) => suspicious(cover.of(route).latency))
        .map(([, exchange]) => exchange),
    retime(exchange, triple) {
      const route = routeOf.get(exchange);
      if (route !== undefined) time(cover.of(route), triple, false);
    },
    finish() {
      const slowRoutes = addSlowRoutes();
      const cells = differences.cells();
      return {
        counts: {
          ...counts,
          uncovered: [...cover.routes.values()].filter((record) => statusOf(record) === 'uncovered').length,
        },
        ...{ cells, notCompared, latency, slowRoutes, strays },
        signatures: differences.signatures(counts.compared - counts.excluded, cells),
        routes: cover.report(),
        calibration: { ...calibrated, clean: calibrated.differing === 0, cells: noise.cells() },
        dropped: differences.dropped,
      };
    },
  };
}
