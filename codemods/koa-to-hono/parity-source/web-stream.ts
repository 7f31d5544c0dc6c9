/** A stream of Node's as one of the Web's, whose parts are bytes. */
import { Readable } from 'node:stream';

const made = new WeakMap<Readable, ReadableStream<Uint8Array>>();

/** Reads it as the other side takes it; an error ends both. A response that is made anew gets the same one. */
export function toWebStream(stream: Readable): ReadableStream<Uint8Array> {
  const known = made.get(stream);
  if (known !== undefined) return known;
  const own = Symbol.asyncIterator in stream ? stream : new Readable().wrap(stream);
  // Nothing is read before somebody asks: middleware may still make another stream of it. Its error waits for the reader.
  own.on('error', () => {});
  let parts: AsyncIterator<unknown> | undefined;
  const encoder = new TextEncoder();
  const source = {
    async pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      parts ??= own[Symbol.asyncIterator]() as AsyncIterator<unknown>;
      const { done, value } = await parts.next();
      if (done) controller.close();
      else
        controller.enqueue(
          typeof value === 'string' ? encoder.encode(value) : new Uint8Array(value as Uint8Array),
        );
    },
    cancel() {
      stream.destroy();
    },
  };
  const web = new ReadableStream<Uint8Array>(source, { highWaterMark: 0 });
  made.set(stream, web);
  return web;
}
