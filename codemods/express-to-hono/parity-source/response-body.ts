import type { Context } from 'hono';
import { isEnded } from './end.ts';
import { type Bytes, stateOf } from './request-state.ts';

/** Streams, files and what was written with `res.end` go out as they are. */
export function isPassedThrough(c: Context): boolean {
  const { headers } = c.res;
  return (
    isEnded(c) ||
    stateOf(c).isStreamed === true ||
    headers.has('x-hono-already-sent') ||
    headers.has('Transfer-Encoding') ||
    headers.has('Content-Encoding') ||
    (headers.get('Content-Type') ?? '').startsWith('text/event-stream')
  );
}

/** A stream that HEAD asked for: no chunks are announced, and it stays a stream. */
export function dropChunks(c: Context): void {
  if (!c.res.headers.has('Transfer-Encoding')) return;
  stateOf(c).isStreamed = true;
  c.res.headers.delete('Transfer-Encoding');
}

/** What is about to be sent, null when the response has no body. */
export async function readBody(c: Context): Promise<string | Uint8Array | null> {
  const { answer, sent } = stateOf(c);
  if (answer === c.res && sent !== undefined) return sent;
  if (c.res.body === null) return null;
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  replaceResponse(c, bytes.length === 0 ? null : bytes, c.res.status);
  Object.assign(stateOf(c), { answer: c.res, sent: bytes });
  return bytes;
}

/** Sends another body or status with the same headers. */
export function replaceResponse(c: Context, body: Bytes | ReadableStream | null, status: number): void {
  const headers = new Headers(c.res.headers);
  c.res = undefined;
  c.res = new Response(body, { status, headers });
}

/** Sets a header of the response. One that came from `fetch` cannot be changed, so it is copied first. */
export function setResponseHeader(c: Context, name: string, value: string): void {
  try {
    c.res.headers.set(name, value);
  } catch {
    replaceResponse(c, c.res.body, c.res.status);
    c.res.headers.set(name, value);
  }
}
