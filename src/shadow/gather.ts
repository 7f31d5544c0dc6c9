import type { Aggregate } from '../model/aggregate.ts';
import type { RouteLimit } from '../model/changeset.ts';
import type { Exchange } from '../model/exchange.ts';
import type { NotCompared } from '../model/verdict.ts';
import { type Coverage, type RouteRecord, timesOf } from './coverage.ts';
import { suspicious } from './latency.ts';
import type { Judgements } from './pairs.ts';
import type { Redactor } from './redact.ts';
import { isSafe } from './replay/prepare.ts';
import type { Triple } from './replay/trio.ts';
import { tally } from './tally.ts';

/** Everything a run has counted, as it goes into its aggregate. */
export type Gathered = Pick<
  Aggregate,
  'counts' | 'cells' | 'noise' | 'patterns' | 'routes' | 'calibration' | 'notCompared' | 'strays' | 'dropped'
>;

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
  redact: Redactor;
}

/** An empty {@link Gatherer}. */
export function gatherer({ cover, judgements, redact }: Parts): Gatherer {
  const differences = tally(redact);
  const noise = tally(redact);
  const notCompared: NotCompared[] = [];
  const counts = { replayed: 0, compared: 0, excluded: 0, explained: 0, identical: 0 };
  const calibrated = { compared: 0, differing: 0 };
  /** By route: its first safe exchange. */
  const repeatable = new Map<string, Exchange>();
  const routeOf = new Map<Exchange, string>();
  const strays = { count: 0, samples: [] as { exchange: number; text: string }[] };
  const requestLine = ({ request }: Exchange) => `${request.method} ${redact.target(request.path)}`;

  const time = (record: RouteRecord, { old, again, new: next, eventsUpTo }: Triple, overall = true) => {
    if (!old.answer.ok || !again.answer.ok || !next.answer.ok) return;
    // How long a stream stays open says nothing about how fast it is.
    if (old.answer.response.transcript !== undefined) return;
    if (eventsUpTo !== undefined || old.view?.kind === 'events') return;
    const into = overall ? record.times : record.retimed;
    into.old.push(round(old.answer.response.totalMs));
    into.again.push(round(again.answer.response.totalMs));
    into.new.push(round(next.answer.response.totalMs));
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
          strays.samples.push({
            exchange: exchange.index,
            text: `${place.request}: recorded ${exchange.response.status}, answered ${status}`,
          });
      }
      let repeat: Set<string> | null = null;
      if (judged.calibration) {
        calibrated.compared++;
        repeat = noise.add(place, judged.calibration);
        if (repeat.size > 0) calibrated.differing++;
        record.calibrated++;
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
      const open = differences.add(place, judged.differences);
      if (repeat) differences.pair(open, repeat);
      if (judged.differences.length === 0) counts.identical++;
      else if (judged.differences.every(({ explained }) => explained)) {
        counts.explained++;
        record.explained++;
      }
    },
    suspects: () =>
      [...repeatable]
        .filter(([route]) => suspicious(timesOf(cover.of(route))))
        .map(([, exchange]) => exchange),
    retime(exchange, triple) {
      const route = routeOf.get(exchange);
      if (route !== undefined) time(cover.of(route), triple, false);
    },
    finish: () => ({
      ...{ counts, notCompared, strays, calibration: calibrated },
      ...{ cells: differences.cells(), patterns: differences.patterns(), noise: noise.cells() },
      routes: cover.counts(),
      dropped: differences.dropped,
    }),
  };
}

/** Hundredths of a millisecond: what a clock around a socket can tell. */
const round = (ms: number): number => Math.round(ms * 100) / 100;
