import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOP_BY_HOP } from '../hop-by-hop.ts';
import type { Recorded } from './calls.ts';

/** Of a call's body, bytes. */
const MAX_BODY = 16 * 1024 * 1024;
const HOP = new Set<string>([...HOP_BY_HOP, 'proxy-authorization']);

/**
 * Gives a recorded answer as it came and comes, as late as it came: a side that is answered from memory must not look
 * faster. One that was cut is left open: how it went on nobody knows.
 *
 * @param made when the call was made, by `performance.now()`
 */
export async function giveAgain(
  recorded: Recorded,
  res: ServerResponse,
  signal: AbortSignal,
  made: number,
): Promise<void> {
  const notBefore = (at: number) => {
    const left = made + at - performance.now();
    return left > 1 ? sleep(left, undefined, { signal }) : undefined;
  };
  await notBefore(recorded.headAt);
  res.writeHead(recorded.status, recorded.reason, recorded.headers);
  res.flushHeaders();
  for (let given = 0; !signal.aborted; ) {
    for (const { at, data } of recorded.chunks?.slice(given) ?? []) {
      await notBefore(at);
      res.write(data);
      given++;
    }
    if (recorded.state === 'ended' || recorded.chunks === null) return void res.end();
    await new Promise<void>((resolve) => {
      const go = () => {
        recorded.listeners.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      recorded.listeners.add(go);
      signal.addEventListener('abort', go, { once: true });
    });
  }
}

/** Joins a tunnel to its far end, byte by byte; both end together. */
export function passThrough(socket: Socket, first: Buffer, target: string, sockets: Set<Socket>): void {
  const at = target.lastIndexOf(':');
  const far = connect(Number(target.slice(at + 1)) || 443, target.slice(0, at).replace(/^\[|\]$/g, ''));
  sockets.add(far);
  far.write(first);
  far.pipe(socket);
  socket.pipe(far);
  far.on('error', () => socket.destroy());
  socket.on('error', () => far.destroy());
  socket.once('close', () => far.destroy());
  far.once('close', () => {
    sockets.delete(far);
    socket.destroy();
  });
}

/** The whole body of a call. */
export async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error(`a body of more than ${MAX_BODY} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Header names and values in turn, without what belongs to one connection. */
export function sendable(raw: readonly string[], length: 'kept' | 'set anew' = 'set anew'): string[] {
  const out: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    if (!HOP.has(name) && (length === 'kept' || name !== 'content-length'))
      out.push(raw[i] ?? '', raw[i + 1] ?? '');
  }
  return out;
}
