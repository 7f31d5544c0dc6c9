import type { Aggregate, RouteCounts } from '../model/aggregate.ts';
import type { RouteLimit } from '../model/changeset.ts';
import type { Exchange } from '../model/exchange.ts';
import type { NotCompared } from '../model/verdict.ts';
import { hasEvents } from './answer.ts';
import { type Coverage, type RouteRecord, timesOf } from './coverage.ts';
import type { Judgements } from './judging/pairs.ts';
import { tally } from './judging/tally.ts';
import { pageOf, type UnknownPages } from './judging/unknown-page.ts';
import { suspicious } from './latency.ts';
import type { Redactor } from './redact.ts';
import { isSafe } from './replay/prepare.ts';
import type { Triple } from './replay/trio.ts';

/** What was counted of a stretch of a run, as it goes into its aggregate. */
export type Gathered = Pick<
  Aggregate,
  'counts' | 'cells' | 'noise' | 'patterns' | 'routes' | 'calibration' | 'notCompared' | 'strays' | 'dropped'
>;

/** Takes the outcomes of exchanges one by one. Memory grows with what differs, not with traffic. */
export interface Gatherer {
  /** An exchange that is not compared. */
  skip(exchange: Exchange, route: string, reason: string): void;
  /** An exchange that was sent to all sides. @param timed its times can be compared */
  take(exchange: Exchange, route: string, limit: RouteLimit | null, triple: Triple, timed: boolean): void;
  /** An exchange that an earlier attempt of the run had counted already. */
  counted(exchange: Exchange, route: string, triple: Triple): void;
  /** Of these routes, those with too few samples to tell whether they became slower, each with a safe exchange to ask again. */
  suspects(routes: readonly RouteCounts[]): Exchange[];
  /** Another answer to an exchange of {@link suspects}: only its time counts. */
  retime(exchange: Exchange, triple: Triple): void;
  /** What was counted since the last cut. */
  cut(): Gathered;
}

interface Parts {
  cover: Coverage;
  judgements: Judgements;
  redact: Redactor;
  unknown: UnknownPages;
  /** What an earlier attempt of the run has counted. */
  before: Gathered | null;
}

const nothing = () => ({
  notCompared: [] as NotCompared[],
  counts: { replayed: 0, compared: 0, excluded: 0, explained: 0, identical: 0 },
  calibration: { compared: 0, differing: 0 },
  strays: { count: 0, samples: [] as { exchange: number; text: string }[] },
});

/** A {@link Gatherer} that has counted nothing itself. */
export function gatherer({ cover, judgements, redact, unknown, before }: Parts): Gatherer {
  const differences = tally(redact, before?.cells, before?.patterns);
  const noise = tally(redact, before?.noise);
  let now = nothing();
  /** By route: its first safe exchange. */
  const repeatable = new Map<string, Exchange>();
  const routeOf = new Map<Exchange, string>();
  const requestLine = ({ request }: Exchange) => `${request.method} ${redact.target(request.path)}`;

  const time = (record: RouteRecord, { old, again, new: next, eventsUpTo }: Triple, overall = true) => {
    if (!old.answer.ok || !again.answer.ok || !next.answer.ok) return;
    // How long a stream stays open says nothing about how fast it is.
    if (old.answer.response.transcript !== undefined) return;
    if (eventsUpTo !== undefined || (old.view && hasEvents(old.view))) return;
    const into = overall ? record.times : record.retimed;
    into.old.push(round(old.answer.response.totalMs));
    into.again.push(round(again.answer.response.totalMs));
    into.new.push(round(next.answer.response.totalMs));
  };

  const remember = (exchange: Exchange, route: string) => {
    if (!isSafe(exchange.request.method) || repeatable.has(route)) return;
    repeatable.set(route, exchange);
    routeOf.set(exchange, route);
  };

  return {
    skip(exchange, route, reason) {
      cover.of(route).reasons.add(reason);
      now.notCompared.push({ exchange: exchange.index, route, reason, request: requestLine(exchange) });
    },
    take(exchange, route, limit, triple, timed) {
      const record = cover.of(route);
      const { counts, strays, calibration: calibrated } = now;
      const place = {
        ...{ exchange: exchange.index, route },
        get request() {
          return requestLine(exchange);
        },
      };
      const judged = judgements.judge(exchange, route, triple, limit !== null);
      const { answer } = triple.old;
      const status = answer.ok ? String(answer.response.status) : answer.failure.code;
      counts.replayed++;
      counts.compared++;
      record.compared++;
      record.statuses.set(status, (record.statuses.get(status) ?? 0) + 1);
      const page = triple.old.view && pageOf(triple.old.view, exchange.request);
      if (page !== null) record.pages.set(page, (record.pages.get(page) ?? 0) + 1);
      unknown.saw(exchange, triple);
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
      if (timed) time(record, triple);
      remember(exchange, route);
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
    counted(exchange, route, triple) {
      unknown.saw(exchange, triple);
      remember(exchange, route);
    },
    suspects: (routes) =>
      routes.filter((row) => suspicious(timesOf(row))).flatMap(({ route }) => repeatable.get(route) ?? []),
    retime(exchange, triple) {
      const route = routeOf.get(exchange);
      if (route !== undefined) time(cover.of(route), triple, false);
    },
    cut() {
      const [open, repeat, rest] = [differences.cut(), noise.cut(), now];
      now = nothing();
      const { cells, patterns, dropped } = open;
      return { ...rest, cells, patterns, dropped, noise: repeat.cells, routes: cover.cut() };
    },
  };
}

/** Hundredths of a millisecond: what a clock around a socket can tell. */
const round = (ms: number): number => Math.round(ms * 100) / 100;
