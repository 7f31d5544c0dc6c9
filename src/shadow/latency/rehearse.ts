import type { Exchange } from '../../model/exchange.ts';
import { mapping } from '../replay/mapping.ts';
import { isSafe, prepare, unsendable } from '../replay/prepare.ts';
import { connect } from '../replay/send.ts';
import { type Player, play, streamStop } from '../replay/trio.ts';
import type { Sides } from '../sides/side.ts';
import type { RouteShape } from '../traffic/routes.ts';
import { routeTable } from '../traffic/routes.ts';
import { type Asked, pool } from './load.ts';

/** A request of the load, ready for each side with that side's own ids and tokens in it. */
export interface LoadRequest {
  route: string;
  asked: { old: Asked; again: Asked; new: Asked };
}

export interface Rehearsal {
  requests: LoadRequest[];
  /** Reason to how many requests are left out for it. */
  leftOut: Map<string, number>;
}

export interface RehearsalOptions {
  writes: 'refused' | 'isolated';
  routes: readonly RouteShape[];
  timeoutMs: number;
  signal?: AbortSignal;
}

export const NAMES = ['old', 'again', 'new'] as const;
/** A load needs variety, not all of a recording. */
const MOST = 2_000;
const ENDS_A_SESSION = /\b(log|sign)[-_]?(out|off)\b/i;

/**
 * Replays the traffic once, in order, so that every side has the state, sessions and ids the requests are about; then
 * asks each request once more. What answers the same again may be asked any number of times: that is the load.
 */
export async function rehearse(
  sides: Sides,
  exchanges: readonly Exchange[],
  options: RehearsalOptions,
): Promise<Rehearsal> {
  const table = routeTable(options.routes);
  const leftOut = new Map<string, number>();
  const leave = (reason: string) => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  const players = NAMES.map(
    (name): Player => ({ side: sides[name], wire: connect(sides[name].origin), map: mapping() }),
  );
  const { timeoutMs, signal } = options;
  const candidates: { exchange: Exchange; statuses: number[] }[] = [];
  try {
    for (const [position, exchange] of exchanges.entries()) {
      signal?.throwIfAborted();
      const reason =
        position >= MOST ? `beyond the first ${MOST.toLocaleString('en-US')}` : unfit(exchange, options);
      if (reason !== null) {
        leave(reason);
        continue;
      }
      const stop = streamStop(exchange);
      const statuses: number[] = [];
      for (const player of players) {
        const { answer, view } = await play(player, exchange, stop, { timeoutMs, maxBody: 1 << 20, signal });
        if (answer.ok && answer.response.ending !== 'aborted' && view?.kind !== 'events')
          statuses.push(answer.response.status);
      }
      if (statuses.length < players.length) leave('a stream, or no whole answer');
      else if (new Set(statuses).size > 1) leave('the sides answer it with different statuses');
      else candidates.push({ exchange, statuses });
    }
  } finally {
    await Promise.all(players.map(({ wire }) => wire.close()));
  }

  const frozen = candidates.map(({ exchange, statuses }): LoadRequest => {
    const { method, path } = exchange.request;
    const [old, again, next] = players.map(({ map }, i) => ({
      request: map.apply(exchange, prepare(exchange)),
      status: statuses[i] ?? 0,
    }));
    if (!old || !again || !next) throw new Error('a side was not asked');
    return { route: table.of(method, path), asked: { old, again, new: next } };
  });
  const repeats = await askedAgain(sides, frozen, options);
  const requests = frozen.filter((_, i) => repeats[i]);
  for (let i = requests.length; i < frozen.length; i++) leave('it answers otherwise when it is asked again');
  return { requests, leftOut };
}

function unfit(exchange: Exchange, { writes }: RehearsalOptions): string | null {
  const { method, path } = exchange.request;
  if (exchange.response?.transcript) return 'a WebSocket, which is no request that can be asked again';
  const cannot = unsendable(exchange);
  if (cannot !== null || isSafe(method)) return cannot;
  if (writes === 'refused') return 'it changes data (--writes isolated sends it)';
  return /^DELETE$/i.test(method) || ENDS_A_SESSION.test(path)
    ? 'it takes away what other requests ask for'
    : null;
}

/** Twice, so that a request that spoils another one is noticed by it. */
async function askedAgain(
  sides: Sides,
  requests: readonly LoadRequest[],
  { timeoutMs, signal }: RehearsalOptions,
): Promise<boolean[]> {
  const fine = requests.map(() => true);
  for (const name of NAMES) {
    const wire = pool(sides[name].origin);
    try {
      for (let round = 0; round < 2; round++) {
        for (const [i, { asked }] of requests.entries()) {
          if (!fine[i]) continue;
          signal?.throwIfAborted();
          fine[i] = (await wire.ask(asked[name], timeoutMs, signal)).failed === null;
        }
      }
    } finally {
      await wire.close();
    }
  }
  return fine;
}
