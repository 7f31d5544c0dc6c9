import http, { type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ExchangeResponse, RawHeaders, SocketMessage, Transcript } from '../../model/exchange.ts';
import { type Answer, failureOf } from '../answer.ts';
import type { Outgoing } from '../replay/send.ts';
import { closing, frame, frameReader } from './frames.ts';

/** What is said on a connection, as it was recorded, and how long to wait. */
export interface Conversation {
  script: Transcript;
  /** The client's message as this side must get it. */
  say(message: SocketMessage): string;
  /** What this side's server said, each as it comes. */
  heard(message: SocketMessage, position: number): void;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Of the handshake, what belongs to one connection or is made anew. */
const OURS = /^(connection|upgrade|sec-websocket-(key|version|extensions))$/i;
/** Every side gets the same key, so that its answer to it is the same. */
const KEY = 'bWlncmF0ZSBzaGFkb3chIQ==';
/** After the last message that is expected a side gets this long to say more, ms. */
const GRACE_MS = 300;

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Opens a WebSocket and says what the recording's client said, each message after those of the server that came before
 * it. No extension is offered. A refused handshake is an answer like any other.
 */
export function talk(origin: string, request: Outgoing, conversation: Conversation): Promise<Answer> {
  return new Promise((resolve) => {
    const started = performance.now();
    const elapsed = () => Math.round((performance.now() - started) * 100) / 100;
    const headers = [
      ...request.headers.filter(([name]) => !OURS.test(name)),
      ...Object.entries({
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': KEY,
      }),
    ];
    const { timeoutMs, signal } = conversation;
    const { hostname, port } = new URL(origin);
    const out = http.request({
      ...{
        host: hostname,
        port,
        method: 'GET',
        path: request.path,
        headers: headers.flat(),
        agent: false,
        setHost: false,
      },
      ...(signal && { signal }),
    });
    const response = (head: IncomingMessage, more: Partial<ExchangeResponse>): Answer => ({
      ok: true,
      response: {
        ...{
          status: head.statusCode ?? 0,
          reason: head.statusMessage ?? '',
          headers: pairs(head.rawHeaders),
        },
        ...{ body: Buffer.alloc(0), size: 0, sha256: EMPTY_SHA256, ending: 'complete', chunks: [] },
        ...{ headMs: elapsed(), totalMs: elapsed(), ...more },
      },
    });
    const timer = setTimeout(
      () => out.destroy(Object.assign(new Error('no answer to the upgrade'), { code: 'TIMEOUT' })),
      timeoutMs,
    );
    out.on('error', (error) => {
      clearTimeout(timer);
      resolve({ ok: false, failure: failureOf(error) });
    });
    out.on('response', (head) => {
      clearTimeout(timer);
      head.resume();
      head.on('close', () => resolve(response(head, {})));
    });
    out.on('upgrade', (head, socket: Socket, first) => {
      clearTimeout(timer);
      const at = elapsed();
      void converse(socket, first, conversation, elapsed).then((transcript) =>
        resolve(response(head, { transcript, headMs: at, totalMs: elapsed() })),
      );
    });
    out.end();
  });
}

/** Says the script on an open connection. Settles when the connection is closed, or when waiting is no use any more. */
async function converse(
  socket: Socket,
  first: Buffer,
  { script, say, heard, timeoutMs }: Conversation,
  elapsed: () => number,
): Promise<Transcript> {
  const messages: SocketMessage[] = [];
  let close: Transcript['close'] | null = null;
  let lost: string | undefined;
  let gone = false;
  let wake = () => {};
  const send = (kind: 'text' | 'binary' | 'close' | 'pong', data: Buffer) =>
    socket.write(frame(kind, data, { masked: true }));
  const read = frameReader(
    {
      message(kind, data) {
        const one: SocketMessage = {
          from: 'server',
          at: elapsed(),
          kind,
          data: data.toString(kind === 'text' ? 'utf8' : 'base64'),
        };
        heard(one, messages.length);
        messages.push(one);
        wake();
      },
      ping: (data) => send('pong', data),
      close(code, reason) {
        if (!close) send('close', closing(code, ''));
        close ??= { by: 'server', code, reason };
        wake();
      },
      lost(why) {
        lost ??= why;
        wake();
      },
    },
    false,
  );
  socket.on('error', () => {});
  socket.on('close', () => {
    gone = true;
    wake();
  });
  socket.on('data', read);
  read(first);
  const until = async (reached: () => boolean, ms: number) => {
    const deadline = performance.now() + ms;
    while (!reached() && !gone && close === null && lost === undefined) {
      const left = deadline - performance.now();
      if (left <= 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  };
  let expected = 0;
  for (const message of script.messages) {
    if (message.from === 'server') {
      expected++;
      continue;
    }
    const before = expected;
    await until(() => messages.length >= before, timeoutMs);
    if (gone || close !== null) break;
    const text = say(message);
    send(message.kind, Buffer.from(text, message.kind === 'text' ? 'utf8' : 'base64'));
  }
  await until(() => messages.length >= expected, timeoutMs);
  if (script.close.by === 'server') await until(() => false, timeoutMs);
  else await until(() => messages.length > expected, GRACE_MS);
  if (!gone && close === null) {
    close = { by: 'client', code: script.close.code, reason: script.close.reason };
    if (script.close.by === 'client') send('close', closing(script.close.code, script.close.reason));
    else if (script.close.by === 'server') send('close', closing(1000, ''));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  socket.destroy();
  return {
    messages,
    close: close ?? { by: 'nobody', code: null, reason: '' },
    ...(lost !== undefined && { lost }),
  };
}

function pairs(raw: readonly string[]): RawHeaders {
  const out: RawHeaders = [];
  for (let i = 0; i + 1 < raw.length; i += 2) out.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return out;
}
