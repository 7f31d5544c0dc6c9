import type { RawHeaders, SocketMessage, Transcript } from '../../model/exchange.ts';
import { frameReader } from './frames.ts';

/** Listens to both directions of a WebSocket that passes by. */
export interface Listener {
  client(chunk: Buffer): void;
  server(chunk: Buffer): void;
  transcript(): Transcript;
}

/** Of one connection this much is kept, bytes. */
export const MAX_KEPT = 8 * 1024 * 1024;

/** Listens where the answer to an upgrade opens a WebSocket; null where it opens something else, or nothing. */
export function listenTo(
  answer: { status: number; headers: RawHeaders },
  elapsed: () => number,
): Listener | null {
  const header = (name: string) => answer.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
  if (answer.status !== 101 || !/^websocket$/i.test(header('upgrade'))) return null;
  const messages: SocketMessage[] = [];
  const deflated = /permessage-deflate/i.test(header('sec-websocket-extensions'));
  let close: Transcript['close'] | null = null;
  let lost: string | undefined;
  let kept = 0;
  const reader = (from: SocketMessage['from']) =>
    frameReader(
      {
        message(kind, data) {
          kept += data.length;
          if (kept > MAX_KEPT) lost ??= 'more than 8 MiB of messages';
          if (lost === undefined)
            messages.push({
              from,
              at: elapsed(),
              kind,
              data: data.toString(kind === 'text' ? 'utf8' : 'base64'),
            });
        },
        ping() {},
        close(code, reason) {
          close ??= { by: from, code, reason };
        },
        lost(why) {
          lost ??= why;
        },
      },
      deflated,
    );
  return {
    client: reader('client'),
    server: reader('server'),
    transcript: () => ({
      messages,
      close: close ?? { by: 'nobody', code: null, reason: '' },
      ...(lost !== undefined && { lost }),
    }),
  };
}
