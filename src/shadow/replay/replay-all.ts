import { MigrateError } from '../../model/errors.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Ending } from '../../model/verdict.ts';
import { UNSAFE } from '../coverage.ts';
import type { RunOptions } from '../run-options.ts';
import type { Sides } from '../sides/side.ts';
import { isSafe, unsendable } from './prepare.ts';
import { type ReplayOptions, type Trio, type Triple, trio } from './trio.ts';

/** A part is noted after this time or this many exchanges: what a crash makes us compare again. */
const NOTE_MS = 500;
const NOTE_EXCHANGES = 1_000;
/** A new side that ended is started again this often in a run. */
const MAX_STARTS = 6;
/** A route that ended the new side this often is not asked any more: what else ends it is of more interest. */
const MAX_OF_ROUTE = 2;
/** Exchanges sent again, for the state of sides that were started again, in a whole run. */
const MAX_RESENT = 20_000;

/** The sides that run now, and the connections to them. Both are others once the sides were started again. */
export interface Stage {
  sides: Sides;
  wire: Trio;
  /** All three run. */
  isWhole(): boolean;
  /** They were stopped to be started again and did not come up: nothing is left of them. */
  isLost(): boolean;
  /** Starts all sides again. @throws MigrateError when one does not come up */
  renew(): Promise<void>;
}

/** Connects to the sides. */
export function stage(given: Sides, options: ReplayOptions): Stage {
  let lost = false;
  const now: Stage = {
    sides: given,
    wire: trio(given, options),
    isLost: () => lost,
    isWhole: () =>
      !lost && [now.sides.old, now.sides.again, now.sides.new].every((side) => side.crashed() === null),
    async renew() {
      lost = true;
      await now.wire.close();
      now.sides = (await now.sides.renew?.()) ?? now.sides;
      now.wire = trio(now.sides, options);
      lost = false;
    },
  };
  return now;
}

interface Steps {
  /** The three answers, or why there are none. @param timed the sides were asked in turn: their times can be compared */
  done(exchange: Exchange, outcome: Triple | string, timed?: boolean): void;
  /** An exchange that was counted before was sent again. */
  again(exchange: Exchange, triple: Triple): void;
  /** Answers are there, whether they are compared or not. */
  seen(triple: Triple): void;
  /** So many exchanges are done with. */
  note(upTo: number): Promise<void>;
  /** The sides were started again: generated values are others now. */
  forget(): void;
  routeOf(exchange: Exchange): string;
  /** Whether the times of this one count: then the sides are asked in turn. */
  isTimed(exchange: Exchange): boolean;
}

/**
 * Sends every exchange that may be sent. What earlier attempts of the run had compared is sent again, in its order, so
 * that the sides, which start fresh, get to the same state; it is not counted a second time. A new side that ends by
 * itself is started again the same way, together with the old ones: all of them get everything before it once more.
 *
 * @returns every time the new side ended
 */
export async function replayAll(
  play: Stage,
  exchanges: readonly Exchange[],
  options: RunOptions,
  steps: Steps,
): Promise<Ending[]> {
  const { signal, ledger } = options;
  const from = ledger?.upTo ?? 0;
  const refused = ({ request }: Exchange) =>
    options.writes === 'refused' && !isSafe(request.method) ? UNSAFE : null;
  const endings: Ending[] = [];
  /** Exchanges that the new side does not survive. No side gets them again: what follows is compared as if they had not been. */
  const deadly = new Set<number>();
  /** Positions of what was sent, for the state of sides that are started again. */
  const sent: number[] = [];
  let resent = 0;
  let ended = '';
  let noted = { at: performance.now(), upTo: from };
  const note = async (upTo: number) => {
    await steps.note(upTo);
    noted = { at: performance.now(), upTo };
  };
  const oldGone = () => play.sides.old.crashed() !== null || play.sides.again.crashed() !== null;
  const worn = (exchange: Exchange): string | null => {
    if (endings.length === 0) return null;
    const route = steps.routeOf(exchange);
    const times = endings.filter((one) => one.route === route).length;
    return times < MAX_OF_ROUTE ? null : `${route} ended the new side ${times} times before it`;
  };

  /** Brings the sides back to where they were, as far as that is allowed; says why not otherwise. */
  const recover = async (exchange: Exchange): Promise<string> => {
    for (let at: Exchange | undefined = exchange; at; ) {
      const said = play.sides.new.crashed() ?? '';
      const ending = { exchange: at.index, route: steps.routeOf(at), said, startedAgain: false };
      endings.push(ending);
      deadly.add(at.index);
      if (!play.sides.renew) return 'the new side had ended before it';
      if (endings.length > MAX_STARTS) return `the new side had ended ${endings.length} times before it`;
      resent += sent.length;
      if (resent > MAX_RESENT)
        return `the new side had ended before it, and more than ${MAX_RESENT} exchanges would have to be sent again`;
      try {
        await play.renew();
      } catch (error) {
        if (signal?.aborted) return 'the run was interrupted before it';
        if (!(error instanceof MigrateError)) throw error;
        return `the new side had ended before it, and the sides did not start again: ${error.message}`;
      }
      ending.startedAgain = true;
      steps.forget();
      at = await resend();
    }
    return '';
  };
  /** Sends again what was sent. Returns the exchange at which the new side ended once more. */
  const resend = async (): Promise<Exchange | undefined> => {
    let before = 0;
    for (const position of sent) {
      const recorded = exchanges[position];
      if (!recorded || signal?.aborted || oldGone()) return undefined;
      const exchange = { ...recorded };
      if (deadly.has(exchange.index)) continue;
      const triple = await play.wire.replay(exchange, 'at-once');
      if (play.sides.new.crashed() !== null) {
        // It may have ended a little after the one before was answered.
        deadly.add(before);
        return exchange;
      }
      before = exchange.index;
      steps.seen(triple);
      steps.again(exchange, triple);
    }
    return undefined;
  };

  /** The judgement of the exchange before: made while the sides work on the next one. */
  let open = () => {};
  const settle = () => {
    const now = open;
    open = () => {};
    now();
  };

  // Those of a recording are read from the disk each time one looks: once is enough here, while the sides work.
  const read = (position: number): Exchange | undefined => {
    const recorded = exchanges[position];
    return recorded && { ...recorded };
  };
  let next = read(0);
  for (let position = 0; next; position++) {
    const exchange: Exchange = next;
    const isNew = position >= from;
    if (signal?.aborted) ended ||= 'the run was interrupted before it';
    else if (oldGone()) ended ||= 'the old side had ended before it';
    if (isNew && !ended && ledger) {
      const due = performance.now() - noted.at >= NOTE_MS || position - noted.upTo >= NOTE_EXCHANGES;
      if (due && position > noted.upTo) {
        settle();
        await note(position);
      }
    }
    const reason = ended || unsendable(exchange) || refused(exchange) || worn(exchange);
    if (reason) {
      settle();
      if (isNew) steps.done(exchange, reason);
      next = read(position + 1);
      continue;
    }
    options.progress?.(position, exchanges.length);
    const inTurn = isNew && steps.isTimed(exchange);
    // Nothing else is done while times are taken.
    if (inTurn) settle();
    const asked = play.wire.replay(exchange, inTurn ? 'in-turn' : 'at-once');
    if (inTurn) await asked;
    settle();
    next = read(position + 1);
    const triple = await asked;
    sent.push(position);
    if (signal?.aborted) {
      steps.seen(triple);
      if (isNew) steps.done(exchange, 'the run was interrupted during it');
      continue;
    }
    const gone = oldGone();
    const died = gone ? null : play.sides.new.crashed();
    open = () => {
      steps.seen(triple);
      if (!isNew) steps.again(exchange, triple);
      else if (gone) steps.done(exchange, 'the old side ended during it');
      else steps.done(exchange, died === null ? (silent(triple) ?? triple) : crashed(triple, died), inTurn);
    };
    if (died === null) continue;
    settle();
    ended = await recover(exchange);
  }
  settle();
  if (!ended && !signal?.aborted && ledger && noted.upTo < exchanges.length) await note(exchanges.length);
  return endings;
}

/** Whatever a client still got: the process was gone after it. */
const crashed = (triple: Triple, message: string): Triple => ({
  ...triple,
  new: { ...triple.new, answer: { ok: false, failure: { code: 'CRASHED', message } }, view: null },
});

/** Why three answers compare nothing: the old side and the new one were both waited for in vain. */
function silent({ old, new: next }: Triple): string | null {
  if (old.answer.ok || next.answer.ok) return null;
  const [a, b] = [old.answer.failure, next.answer.failure];
  return a.code === b.code && /^(TIMEOUT|REFUSED)$/.test(a.code)
    ? `neither side answered: ${a.message}`
    : null;
}
