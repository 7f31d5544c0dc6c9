import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';

export interface ReadyQuestion {
  url: string;
  timeoutMs: number;
  signal?: AbortSignal;
  /** True once there is no use in asking any more. */
  over: () => boolean;
  /** Pause after a refused question, default 15 ms. */
  pollMs?: number;
}

/**
 * Asks until the application answers anything at all in HTTP. Questions are short at first: one that reaches workerd
 * too early hangs for seconds, while the next is answered at once (measured with Miniflare 4). Where connections are
 * taken but answers are slow, each question may last longer than the one before.
 *
 * @returns false when the time is up or asking became useless
 */
export async function answers({
  url,
  timeoutMs,
  signal,
  over,
  pollMs = 15,
}: ReadyQuestion): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  let patience = 500;
  while (Date.now() < deadline && !over()) {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(Math.max(1, Math.min(patience, deadline - Date.now())));
    try {
      const { body } = await request(url, { signal: limit, reset: true });
      body.on('error', () => {});
      body.destroy();
      return true;
    } catch {
      if (limit.aborted) patience = Math.min(patience * 2, 8_000);
      else await sleep(pollMs);
    }
  }
  return false;
}
