import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type { StreamingApi } from 'hono/utils/stream';

/**
 * A response that is written piece by piece. What fails before the first piece is an error like any other; after it the
 * connection is closed, as Express does, so that no client takes a part for the whole.
 *
 * @param options `flushed`: the head goes out at once, not with the first piece
 */
export async function streamResponse(
  c: Context,
  write: (stream: StreamingApi) => unknown,
  { flushed = false }: { flushed?: boolean } = {},
): Promise<Response> {
  let failed: { error: unknown } | undefined;
  const { body } = stream(c, async (pieces) => {
    try {
      await write(pieces);
    } catch (error) {
      failed = { error };
    }
  });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const first = flushed ? undefined : await reader.read();
  if (first?.done && failed !== undefined) throw (failed as { error: unknown }).error;
  const pass = (
    controller: ReadableStreamDefaultController,
    piece: { done: boolean; value?: Uint8Array | undefined },
  ) => {
    if (!piece.done) controller.enqueue(piece.value);
    else if (failed === undefined) controller.close();
    else breakOff(controller, failed.error);
  };
  const pieces = new ReadableStream({
    start: (controller) => first && pass(controller, first),
    pull: async (controller) => pass(controller, await reader.read()),
    cancel: (reason) => reader.cancel(reason),
  });
  return c.body(pieces);
}

/** Prints an error that no handler can answer any more, and breaks the body off. */
function breakOff(controller: ReadableStreamDefaultController, error: unknown): void {
  console.error(error);
  controller.error(error);
}
