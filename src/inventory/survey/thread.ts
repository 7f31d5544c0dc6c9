import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { discover } from '../../workspace/discover.ts';
import { readText } from '../../workspace/text.ts';
import type { SourceRule } from '../findings/rule.ts';
import { type FileFacts, readSource, type Source, type Unread } from './facts.ts';

/** What a thread is started with: all sources, and how far they were taken, counted by all who read. */
export interface ThreadData {
  /** Absolute path of the repository: a thread reads the files itself, which is cheaper than to be sent their texts. */
  root: string;
  sources: readonly Source[];
  /** How many were taken, and how many a helping thread may take so far: what comes after, the first thread may parse anyway. */
  counts: Int32Array<SharedArrayBuffer>;
  /** 1 for a source that the first thread has parsed, once `counts` lets others come to it. */
  parsed: Uint8Array<SharedArrayBuffer>;
}

/** Places in `counts`. */
export const [TAKEN, SHARED] = [0, 1];

/** Sources that are taken at a time. */
const BATCH = 24;

/** The next sources that nobody has taken; empty: there are none. */
export function takeBatch({ sources, counts, parsed }: Omit<ThreadData, 'root'>): readonly Source[] {
  for (;;) {
    const start = Atomics.add(counts, TAKEN, BATCH);
    const batch = sources.slice(start, start + BATCH).filter((_, at) => parsed[start + at] === 0);
    if (batch.length > 0 || start >= sources.length) return batch;
  }
}

/** The same for a helping thread, which waits until it may go on. */
function takeShared(data: ThreadData): readonly Source[] {
  for (;;) {
    const shared = Atomics.load(data.counts, SHARED);
    if (shared >= data.sources.length || Atomics.load(data.counts, TAKEN) + BATCH <= shared)
      return takeBatch(data);
    Atomics.wait(data.counts, SHARED, shared);
  }
}

/**
 * Reads batches until none is left. What takes other files to read, and what cannot be read, is left to the thread that
 * has them all.
 */
function readAlong(data: ThreadData, rules: readonly SourceRule[]): void {
  for (let batch = takeShared(data); batch.length > 0; batch = takeShared(data)) {
    const answers: (FileFacts | Unread)[] = [];
    for (const source of batch) {
      const read = readText(join(data.root, source.path), source.path);
      if ('reason' in read) continue;
      let alone = true;
      const facts = readSource(
        source,
        read.text,
        () => {
          alone = false;
          return null;
        },
        rules,
      );
      if (alone) answers.push(facts);
    }
    parentPort?.postMessage(answers);
  }
}

if (parentPort)
  readAlong(
    workerData as ThreadData,
    await discover<SourceRule>(new URL('../findings/sources/', import.meta.url)),
  );
