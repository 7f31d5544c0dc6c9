import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Exchange,
  ExchangeResponse,
  RawHeaders,
  SocketMessage,
  Transcript,
} from '../../model/exchange.ts';
import { type Answer, type View, view } from '../answer.ts';
import { parseEvents } from '../compare/events.ts';
import type { LiveSide, Sides } from '../sides/side.ts';
import { talk } from '../websocket/talk.ts';
import { type Mapping, mapping } from './mapping.ts';
import { prepare } from './prepare.ts';
import { type Connection, connect, type Outgoing, type StreamStop } from './send.ts';

/** One side's answer to an exchange, decoded. */
export interface Answered {
  side: LiveSide;
  answer: Answer;
  view: View | null;
}

/** Answers of all three sides to one exchange. */
export interface Triple {
  old: Answered;
  again: Answered;
  new: Answered;
  /** The first events of a stream are compared; undefined: all of it. */
  eventsUpTo: number | undefined;
}

/** One side with its connection and what it gave in place of what was recorded. */
export interface Player {
  side: LiveSide;
  wire: Connection;
  map: Mapping;
}

export interface ReplayOptions {
  timeoutMs: number;
  maxBody: number;
  signal?: AbortSignal;
  /** Told of every request as it is sent to a side. */
  sent?(request: Outgoing): void;
}

/** Replays exchanges on three sides. */
export interface Trio {
  /**
   * @param at `in-turn`: one side after the other, in an order that rotates so that no side always profits, for times that
   *   can be compared. `at-once`: all sides work at the same time; the requests are on the wire when this returns.
   */
  replay(exchange: Exchange, at: 'in-turn' | 'at-once'): Promise<Triple>;
  close(): Promise<void>;
}

const NAMES = ['old', 'again', 'new'] as const;

/** Opens a connection to each side. */
export function trio(sides: Sides, options: ReplayOptions): Trio {
  const players = NAMES.map((name) => ({
    name,
    side: sides[name],
    wire: connect(sides[name].origin),
    map: mapping(),
  }));
  let turn = 0;
  return {
    async replay(exchange, at) {
      const stop = streamStop(exchange);
      const answers = new Map<string, Answered>();
      const played = new Map<string, Promise<void>>();
      const go = (player: (typeof players)[number]): Promise<void> => {
        const known = played.get(player.name);
        if (known) return known;
        player.side.effects?.began(exchange.index);
        const going = play(player, exchange, stop, options).then(
          (answer) => void answers.set(player.name, answer),
        );
        played.set(player.name, going);
        return going;
      };
      // Another side may need the answer to a call which only the old side may make.
      const [old] = players;
      if (old) sides.egress?.onMissing(() => go(old));
      const order = [...players.slice(turn), ...players.slice(0, turn)];
      turn = (turn + 1) % players.length;
      if (at === 'at-once') await Promise.all(order.map(go));
      else for (const player of order) await go(player);
      const of = (name: (typeof NAMES)[number]): Answered => {
        const one = answers.get(name);
        if (!one) throw new Error(`no answer of ${name}`);
        return one;
      };
      const triple = { old: of('old'), again: of('again'), new: of('new') };
      return { ...triple, eventsUpTo: eventsUpTo(stop, [triple.old, triple.new]) };
    },
    async close() {
      await Promise.all(players.map(({ wire }) => wire.close()));
    },
  };
}

/** Sends an exchange to one side with the side's own values in it, and learns from the answer. */
export async function play(
  { side, wire, map }: Player,
  exchange: Exchange,
  stop: StreamStop | null,
  options: ReplayOptions,
): Promise<Answered> {
  const request = map.apply(exchange, prepare(exchange));
  options.sent?.(request);
  const script = exchange.response?.transcript;
  const answer = script
    ? await converse({ side, map }, exchange, request, script, options)
    : await wire.send(request, { ...options, stop });
  if (!answer.ok) {
    // A dying process is noticed a little after its connection broke.
    if (!side.crashed() && answer.failure.code !== 'TIMEOUT') await sleep(150);
    return { side, answer, view: null };
  }
  const seen = view(answer.response, side.own);
  map.learn(exchange, seen);
  return { side, answer, view: seen };
}

/** A WebSocket: each message passes the side's mapping as a request's and an answer's body would. */
function converse(
  { side, map }: { side: LiveSide; map: Mapping },
  exchange: Exchange,
  request: Outgoing,
  script: Transcript,
  { timeoutMs, signal }: ReplayOptions,
): Promise<Answer> {
  const recorded = script.messages.filter(({ from }) => from === 'server');
  const asBody = ({ kind, data }: SocketMessage) => Buffer.from(data, kind === 'text' ? 'utf8' : 'base64');
  const asAnswer = (message: SocketMessage): ExchangeResponse => {
    const body = asBody(message);
    const head = { status: 200, reason: '', headers: [], ending: 'complete' as const };
    return { ...head, body, size: body.length, sha256: '', chunks: [], headMs: 0, totalMs: 0 };
  };
  return talk(side.origin, request, {
    ...{ script, timeoutMs, ...(signal && { signal }) },
    say(message) {
      const body = map.apply(exchange, {
        method: 'POST',
        path: '/',
        headers: JSON_TEXT,
        body: asBody(message),
      }).body;
      return Buffer.from(body ?? []).toString(message.kind === 'text' ? 'utf8' : 'base64');
    },
    heard(message, position) {
      const before = recorded[position];
      if (before) map.learn({ ...exchange, response: asAnswer(before) }, view(asAnswer(message), side.own));
    },
  });
}

const JSON_TEXT: RawHeaders = [['content-type', 'application/json']];

/** Where to hang up on a response: recorded streams and downloads may have been left by their client. */
export function streamStop({ response }: Exchange): StreamStop | null {
  if (response?.transcript) return null;
  if (!response) return { events: 1, bytes: Number.POSITIVE_INFINITY, atOnce: false, made: true };
  const isStream = response.headers.some(
    ([name, value]) => /^content-type$/i.test(name) && /^text\/event-stream/i.test(value),
  );
  if (isStream) {
    const events = parseEvents(Buffer.from(response.body).toString('utf8')).length;
    return {
      events: Math.max(1, events),
      bytes: Number.POSITIVE_INFINITY,
      atOnce: response.ending === 'aborted',
    };
  }
  if (response.ending !== 'aborted' || response.size === 0) return null;
  return { events: Number.POSITIVE_INFINITY, bytes: response.size, atOnce: true };
}

function eventsUpTo(stop: StreamStop | null, answered: readonly Answered[]): number | undefined {
  if (!stop || !Number.isFinite(stop.events)) return undefined;
  const open = answered.every(({ answer }) => answer.ok && answer.response.ending === 'aborted');
  return open ? stop.events : undefined;
}
