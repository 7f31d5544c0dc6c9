/** A stream of Node's as one of the Web's, whose parts are bytes. */
import { Readable } from 'node:stream';

const made = new WeakMap<Readable, ReadableStream<Uint8Array>>();

/** Reads it as the other side takes it; an error ends both. A response that is made anew gets the same one. */
export function toWebStream(stream: Readable): ReadableStream<Uint8Array> {
  const known = made.get(stream);
  if (known !== undefined) return known;
  const own = Symbol.asyncIterator in stream ? stream : new Readable().wrap(stream);
  const parts = own[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const web = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : new Uint8Array(value));
    },
    cancel() {
      stream.destroy();
    },
  });
  made.set(stream, web);
  return web;
}
