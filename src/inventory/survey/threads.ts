import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { FileFacts, Unread } from './facts.ts';
import type { ThreadData } from './thread.ts';

const MOST_THREADS = 4;

/** `thread.js` beside this file; null where this runs from TypeScript sources, which a thread of Node 20 cannot load. */
export const threadModule = (): URL | null =>
  import.meta.url.endsWith('.js') ? new URL('./thread.js', import.meta.url) : null;

/**
 * Starts a thread for each core but this thread's own; they take what nobody took, and end. One that cannot start or
 * breaks costs time, and nothing else: what it took has no answer, and is read by whoever asked.
 *
 * @param module what a thread runs; null: no threads
 */
export function startThreads(
  module: URL | null,
  data: ThreadData,
  answered: (answers: readonly (FileFacts | Unread)[]) => void,
): { ended(): Promise<unknown>; stop(): Promise<unknown> } {
  const count = module === null ? 0 : Math.min(MOST_THREADS, availableParallelism() - 1);
  const threads = Array.from({ length: count }, () => {
    const worker = new Worker(module as URL, { workerData: data });
    worker.on('message', answered);
    worker.on('error', () => {});
    // It waits for more to read: where nobody asks for the end, it keeps nothing from ending.
    worker.unref();
    return { worker, ended: new Promise((resolve) => worker.on('exit', resolve)) };
  });
  return {
    ended() {
      for (const { worker } of threads) worker.ref();
      return Promise.all(threads.map(({ ended }) => ended));
    },
    stop: () => Promise.all(threads.map(({ worker }) => worker.terminate())),
  };
}
