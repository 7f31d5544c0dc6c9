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
  taken: Int32Array<SharedArrayBuffer>;
}

/** Sources that are taken at a time. */
const BATCH = 24;

/** The next sources that nobody has taken; empty: there are none. */
export function takeBatch({ sources, taken }: Pick<ThreadData, 'sources' | 'taken'>): readonly Source[] {
  const start = Atomics.add(taken, 0, BATCH);
  return sources.slice(start, start + BATCH);
}

/**
 * Reads batches until none is left. What takes other files to read, and what cannot be read, is left to the thread that
 * has them all.
 */
function readAlong(data: ThreadData, rules: readonly SourceRule[]): void {
  for (let batch = takeBatch(data); batch.length > 0; batch = takeBatch(data)) {
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
