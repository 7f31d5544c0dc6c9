// The body of an answer as hooks that send it see it: text, bytes, a stream, or a value that is no body.
import { Readable } from 'node:stream';
import type { AppContext, Loose } from './types.ts';

/** Values that answers have in the place of a body, until hooks have seen them. */
const held = new WeakMap<Response, { value: unknown }>();

/** Has a response without a body stand for a value: a stream, text of an answer without a body, what cannot be sent. */
export function holding(response: Response, value: unknown): Response {
  held.set(response, { value });
  return response;
}

/** The value that a response stands for; undefined for one that is whole. */
export const heldBy = (response: Response): { value: unknown } | undefined => held.get(response);

/** Statuses of answers that have no body. */
export const EMPTY: ReadonlySet<number> = new Set([101, 204, 205, 304]);

export const isBytes = (value: unknown): value is Uint8Array<ArrayBuffer> => ArrayBuffer.isView(value);

/** Whether a value is a stream, of Node's or of the web's. */
export const isStream = (value: Loose): boolean =>
  typeof value?.pipe === 'function' || typeof value?.getReader === 'function';

/** The body of a response, which keeps it; undefined for none. */
export async function payloadOf(response: Response): Promise<unknown> {
  if (response.body === null) return undefined;
  const type = response.headers.get('content-type') ?? '';
  const copy = response.clone();
  // Only text is sent without a type: some runtimes name it as it goes out.
  return /^$|^text\/|[/+](?:json|xml)\b|javascript/i.test(type)
    ? copy.text()
    : Buffer.from(await copy.arrayBuffer());
}

/** The same response with another body. */
export function withPayload(response: Response, payload: Loose): Response {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(payload, { status: response.status, headers });
}

/** The same response with a stream as its body. */
export function withStream(response: Response, stream: ReadableStream): Response {
  const { headers, status } = response;
  const isNamed = headers.has('content-type') || headers.getSetCookie().length > 1;
  // Node's server says that a stream without a type is text, where it is given `Headers`.
  return new Response(stream, { status, headers: isNamed ? headers : Object.fromEntries(headers) });
}

/** Has a context send a response: what it would have sent is gone, its headers as well. */
export function replaceBy(c: AppContext, response: Response): Response {
  c.res = undefined;
  c.res = response;
  return response;
}

/**
 * A stream of the web's that gives what another one does.
 *
 * @throws what the stream fails with before its first part: then nothing is sent yet
 */
export async function opened(stream: Loose): Promise<ReadableStream> {
  const whole = Symbol.asyncIterator in stream ? stream : new Readable().wrap(stream);
  const parts: AsyncIterator<Loose> = whole[Symbol.asyncIterator]();
  let next: IteratorResult<Loose> | undefined = await parts.next();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = next ?? (await parts.next());
      next = undefined;
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value);
    },
    cancel: async () => void (await parts.return?.()),
  });
}

/** Reads a stream that nobody gets, so that what it holds is let go. */
export function drain(stream: Loose): void {
  if (typeof stream.getReader === 'function') return void stream.cancel().catch(() => undefined);
  stream.on('error', () => undefined);
  stream.resume?.();
}
