import type { Context } from 'hono';
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status';
import { giveAtEnd, withoutType } from './head.ts';
import { headSoFar } from './kept-head.ts';
import { type Bytes, stateOf } from './request-state.ts';

/** `res.end`: Express adds neither an ETag nor a charset to what is written this way. */
export function end(
  c: Context,
  body: string | Uint8Array | ReadableStream | null = null,
  status?: number,
): Response {
  const state = stateOf(c);
  state.isEnded = true;
  if (status !== undefined) c.status(status as StatusCode);
  const { fields: set, status: answered } = headSoFar(c);
  const announced = set['transfer-encoding'] !== undefined;
  const typed = set['content-type'] !== undefined;
  if (!typed) withoutType(c);
  const isBodiless = answered === 204 || answered === 304;
  const bytes = (typeof body === 'string' ? new TextEncoder().encode(body) : body) as
    | Bytes
    | ReadableStream
    | null;
  const length = bytes === null ? 0 : (bytes as Partial<Uint8Array>).byteLength;
  const isOpen = !isBodiless && !announced && length !== undefined && set['content-length'] === undefined;
  const isLeft = isOpen && isLengthLeft(c);
  if (isLeft && bytes !== null) giveAtEnd(c, bytes as Bytes);
  // A server gives bytes a length; what was announced in chunks has to be a stream.
  const sent = announced && bytes !== null ? new Response(bytes).body : bytes;
  const own = isOpen && !isLeft && c.req.method !== 'HEAD' ? { 'Content-Length': String(length) } : undefined;
  const response = c.body((isBodiless || isLeft ? null : sent) as unknown as string, undefined, own);
  // Hono's Node server calls an answer without any header text.
  if (!typed && state.head === undefined) response.headers.delete('Content-Type');
  if (announced && c.req.method === 'HEAD') response.headers.delete('Transfer-Encoding');
  return response;
}

/** `end` of a text whose length HEAD is told as well. */
export function endWithLength(c: Context, text: string, status: number): Response {
  const bytes = new TextEncoder().encode(text);
  c.header('Content-Length', String(bytes.length));
  return end(c, bytes, status);
}

/** Whether the response was written with `res.end`, so that it must go out as it is. */
export function isEnded(c: Context): boolean {
  return stateOf(c).isEnded === true;
}

const lengthLeft = new WeakSet<Context>();

/** Notes that a middleware may send the head before an answer ends: only it knows whether a length is announced. */
export function leaveLength(c: Context): void {
  lengthLeft.add(c);
}

/** Whether Node's response gives an answer its length where Express sets none. */
export function isLengthLeft(c: Context): boolean {
  return lengthLeft.has(c);
}

/** The status set with `c.status(…)` so far: Express's `res.statusCode`. */
export function currentStatus(c: Context): ContentfulStatusCode {
  return (stateOf(c).head ?? c.body(null)).status as ContentfulStatusCode;
}
