import { createHash, type Hash } from 'node:crypto';
import type { Chunk } from '../../model/exchange.ts';
import type { BodyLoss } from '../log/record.ts';

/** Bytes of bodies that may be held in memory by all exchanges under way together. */
export interface Budget {
  left: number;
}

/** Listens to a body as it passes. Keeps all of it or nothing: half a body could hold half a secret. */
export interface Tap {
  data(chunk: Uint8Array): void;
  readonly size: number;
  readonly chunks: readonly Chunk[];
  /** The whole body, or why it was not kept. */
  take(): { bytes: Buffer } | { lost: BodyLoss; sha256: string };
}

const MAX_CHUNKS = 10_000;

/** @param started `performance.now()` when the request was sent */
export function tap(maxBody: number, budget: Budget, started: number): Tap {
  let kept: Uint8Array[] | null = [];
  let held = 0;
  let lost: BodyLoss | null = null;
  let hash: Hash | null = null;
  const chunks: Chunk[] = [];
  const drop = (reason: BodyLoss) => {
    lost = reason;
    hash = createHash('sha256');
    for (const part of kept ?? []) hash.update(part);
    kept = null;
    budget.left += held;
    held = 0;
  };
  let size = 0;
  return {
    data(chunk) {
      size += chunk.length;
      if (chunks.length < MAX_CHUNKS)
        chunks.push({ at: Math.round((performance.now() - started) * 100) / 100, bytes: chunk.length });
      if (kept && size > maxBody) drop('over-cap');
      else if (kept && chunk.length > budget.left) drop('memory');
      if (!kept) {
        hash?.update(chunk);
        return;
      }
      // A copy: what arrived is a view of a pooled buffer much larger than itself.
      kept.push(Buffer.from(chunk));
      held += chunk.length;
      budget.left -= chunk.length;
    },
    get size() {
      return size;
    },
    chunks,
    take() {
      if (!kept) return { lost: lost ?? 'over-cap', sha256: hash?.digest('hex') ?? '' };
      const bytes = Buffer.concat(kept);
      kept = [];
      budget.left += held;
      held = 0;
      return { bytes };
    },
  };
}
