import type { Context } from 'hono';
import type { ContentfulStatusCode, StatusCode } from 'hono/utils/http-status';
import { giveAtEnd, withoutType } from './head.ts';
import { stateOf } from './request-state.ts';

/** Bytes of an own buffer, in words that TypeScript before 5.7 knows too. */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** `res.end`: Express adds neither an ETag nor a charset to what is written this way. */
export function end(
  c: Context,
  body: string | Uint8Array | ReadableStream | null = null,
  status?: number,
): Response {
  stateOf(c).isEnded = true;
  if (status !== undefined) c.status(status as StatusCode);
  const { headers: set, status: answered } = c.body(null);
  const announced = set.has('Transfer-Encoding');
  const typed = set.has('Content-Type');
  if (!typed) withoutType(c);
  const isBodiless = answered === 204 || answered === 304;
  const bytes = (typeof body === 'string' ? new TextEncoder().encode(body) : body) as
    | Bytes
    | ReadableStream
    | null;
  const length = bytes === null ? 0 : (bytes as Partial<Uint8Array>).byteLength;
  const isOpen = !isBodiless && !announced && length !== undefined && !set.has('Content-Length');
  const isLeft = isOpen && isLengthLeft(c);
  if (isLeft && bytes !== null) giveAtEnd(c, bytes as Bytes);
  // A server gives bytes a length; what was announced in chunks has to be a stream.
  const sent = announced && bytes !== null ? new Response(bytes).body : bytes;
  const response = c.body((isBodiless || isLeft ? null : sent) as unknown as string);
  const { headers } = response;
  if (!typed) headers.delete('Content-Type');
  if (c.req.method === 'HEAD') headers.delete('Transfer-Encoding');
  else if (isOpen && !isLeft) headers.set('Content-Length', String(length));
  return response;
}

/** `end` of a text whose length HEAD is told as well. */
export function endWithLength(c: Context, text: string, status: number): Response {
  c.header('Content-Length', String(new TextEncoder().encode(text).length));
  return end(c, text, status);
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

/** Notes that a handler has answered, before Hono knows. */
export function noteAnswer(c: Context): void {
  stateOf(c).hasAnswered = true;
}

/** Whether a handler has answered, though Hono may not know yet. */
export function hasAnswered(c: Context): boolean {
  return c.finalized || stateOf(c).hasAnswered === true;
}

/** The status set with `c.status(…)` so far: Express's `res.statusCode`. */
export function currentStatus(c: Context): ContentfulStatusCode {
  return (stateOf(c).head ?? c.body(null)).status as ContentfulStatusCode;
}
