import type { Exchange } from '../../model/exchange.ts';
import { mapping } from '../replay/mapping.ts';
import { isSafe, prepare, unsendable } from '../replay/prepare.ts';
import { connect } from '../replay/send.ts';
import { play, streamStop } from '../replay/trio.ts';
import type { LiveSide } from '../sides/side.ts';
import type { Asked } from './load.ts';

/** What one side answered to one exchange. */
export interface Heard {
  exchange: Exchange;
  /** Ready to be asked again, with the side's own ids and tokens; null where no whole answer came, `why` in words. */
  asked: Asked | null;
  why: string;
  /** It gave no answer in time. */
  timedOut: boolean;
  /** It answered with a stream, which can be compared and not asked again. */
  isStream: boolean;
}

interface RehearseOptions {
  writes: 'refused' | 'isolated';
  timeoutMs: number;
  signal?: AbortSignal;
  /** Told before a request is sent. */
  before?(exchange: Exchange): void;
  /** Told after each; true ends the rehearsal. */
  after?(heard: Heard): boolean;
}

/** Why an exchange is not sent to a side at all; null where it is. */
export function withheldFrom({ request, response, ...rest }: Exchange, writes: 'refused' | 'isolated') {
  if (response?.transcript) return 'a WebSocket, which is no request that can be asked again';
  const cannot = unsendable({ request, response, ...rest });
  if (cannot !== null || writes === 'isolated' || isSafe(request.method)) return cannot;
  return 'it changes data';
}

/**
 * Asks one side for each exchange, in order, so that it has the state, sessions and ids that later ones are about. A login
 * that `.migrate/login.yaml` describes is sent whatever its method is.
 */
export async function rehearseAlone(
  side: LiveSide,
  exchanges: readonly Exchange[],
  { writes, timeoutMs, signal, before, after }: RehearseOptions,
): Promise<Heard[]> {
  const player = { side, wire: connect(side.origin), map: mapping() };
  const heard: Heard[] = [];
  try {
    for (const exchange of exchanges) {
      signal?.throwIfAborted();
      if (side.crashed() !== null) break;
      const isLogin = exchange.source.startsWith('login:');
      const reason = withheldFrom(exchange, isLogin ? 'isolated' : writes);
      const none = { exchange, asked: null, timedOut: false, isStream: false };
      if (reason !== null) {
        heard.push({ ...none, why: reason });
        continue;
      }
      before?.(exchange);
      const request = player.map.apply(exchange, prepare(exchange));
      const stop = streamStop(exchange);
      const { answer, view } = await play(player, exchange, stop, { timeoutMs, maxBody: 1 << 20, signal });
      let one: Heard;
      if (!answer.ok)
        one = { ...none, why: answer.failure.message, timedOut: answer.failure.code === 'TIMEOUT' };
      else if (answer.response.ending === 'aborted' || view?.kind === 'events')
        one = { ...none, isStream: true, why: 'a stream, which has no end: compared, not measured' };
      else one = { ...none, asked: { request, status: answer.response.status }, why: '' };
      heard.push(one);
      if (after?.(one)) break;
    }
  } finally {
    await player.wire.close();
  }
  return heard;
}
