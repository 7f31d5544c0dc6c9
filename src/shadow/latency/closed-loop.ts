import { Client, type Dispatcher } from 'undici';
import type { Asked } from './load.ts';

/** What came of a closed loop. Times in ms. */
export interface ClosedLoop {
  /** From sending to the end of the answer, those with the expected status. */
  service: number[];
  /** The first reason why an answer did not count, and how many did not. */
  failed: { count: number; first: string | null };
  /** How long the counted part took. */
  wallMs: number;
  /** Part of a core, 0..1, that this process, which asks, used meanwhile. */
  own: number;
}

interface LoopOptions {
  atOnce: number;
  /** Not counted, before the counted part. */
  warmUpMs: number;
  countedMs: number;
  /** A request without an answer for so long ends the loop. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/**
 * Asks a side as fast as it answers, always `atOnce` requests at a time over as many kept-alive connections. Nothing is
 * kept of the answers but their status: this process must not be what is measured.
 */
export async function closedLoop(
  origin: string,
  asked: readonly Asked[],
  { atOnce, warmUpMs, countedMs, timeoutMs, signal }: LoopOptions,
): Promise<ClosedLoop> {
  const clients = Array.from(
    { length: atOnce },
    () => new Client(origin, { pipelining: 1, headersTimeout: timeoutMs, bodyTimeout: timeoutMs }),
  );
  const ready = asked.map(({ request, status }) => ({
    status,
    options: {
      method: request.method as Dispatcher.HttpMethod,
      path: request.path,
      headers: request.headers.flat(),
      body: request.body === null ? null : Buffer.from(request.body),
    },
  }));
  const service: number[] = [];
  const failed: ClosedLoop['failed'] = { count: 0, first: null };
  const begun = performance.now();
  const [from, until] = [begun + warmUpMs, begun + warmUpMs + countedMs];
  let cpu: NodeJS.CpuUsage | null = null;
  let next = 0;
  const ask = (client: Client): Promise<void> =>
    new Promise((resolve) => {
      const one = ready[next++ % ready.length];
      if (!one) return resolve();
      const started = performance.now();
      if (started >= from) cpu ??= process.cpuUsage();
      const done = (why: string | null) => {
        const ended = performance.now();
        if (started >= from && ended <= until) {
          if (why === null) service.push(ended - started);
          else {
            failed.count++;
            failed.first ??= why;
          }
        }
        resolve();
      };
      client.dispatch(one.options, statusOnly(one.status, done));
    });
  const loop = async (client: Client) => {
    while (performance.now() < until && !signal?.aborted) await ask(client);
  };
  try {
    await Promise.all(clients.map(loop));
  } finally {
    await Promise.all(clients.map((client) => client.destroy()));
  }
  signal?.throwIfAborted();
  const wallMs = Math.max(1, performance.now() - from);
  const used = process.cpuUsage(cpu ?? undefined);
  return { service, failed, wallMs: countedMs, own: (used.user + used.system) / 1000 / wallMs };
}

function statusOnly(expected: number, done: (why: string | null) => void): Dispatcher.DispatchHandler {
  let status = 0;
  return {
    onRequestStart() {},
    onResponseStart(_controller, given) {
      if (given >= 200) status = given;
    },
    onResponseData() {},
    onResponseEnd: () => done(status === expected ? null : `status ${status} instead of ${expected}`),
    onResponseError: (_controller, error) => done(error.message),
  };
}
