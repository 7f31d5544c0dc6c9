import { setMaxListeners } from 'node:events';
import { type Connection, connect, type Outgoing } from '../replay/send.ts';
import type { Arrival } from './schedule.ts';

/** One request that was sent. Times in ms; `at` is the intended start from the start of the block. */
export interface Sample {
  request: number;
  at: number;
  lag: number;
  service: number;
  /** Why it is no answer that counts; null when it is one. */
  failed: string | null;
}

/** What came of one block. */
export interface Block {
  samples: Sample[];
  /** Not sent: too many were without an answer. */
  dropped: number;
}

/** What a side is asked, and the status that is its usual answer. */
export interface Asked {
  request: Outgoing;
  status: number;
}

/** Requests without an answer beyond which no more are sent. A browser or a proxy would long have given up too. */
const MOST_IN_FLIGHT = 256;
/** Timers fire a millisecond late: the last stretch is spent looking at the clock. */
const SPIN_MS = 2;

/** Kept-alive connections to one side, as many as were ever needed at once. */
export interface Pool {
  run(
    arrivals: readonly Arrival[],
    asked: readonly Asked[],
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Block>;
  /** One request, alone; resolves with its service time or why there is none. */
  ask(
    one: Asked,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<{ service: number; failed: string | null }>;
  close(): Promise<void>;
}

/** @param origin such as `http://127.0.0.1:41234` */
export function pool(origin: string): Pool {
  const all: Connection[] = [];
  const free: Connection[] = [];
  const take = (): Connection | null => {
    const idle = free.pop();
    if (idle || all.length >= MOST_IN_FLIGHT) return idle ?? null;
    const made = connect(origin);
    all.push(made);
    return made;
  };
  const ask = async (
    wire: Connection,
    { request, status }: Asked,
    timeoutMs: number,
    signal?: AbortSignal,
  ) => {
    const began = performance.now();
    const answer = await wire.send(request, { timeoutMs, maxBody: 0, stop: null, signal });
    const service = performance.now() - began;
    free.push(wire);
    if (!answer.ok) return { service, failed: answer.failure.message };
    const { response } = answer;
    if (response.status !== status)
      return { service, failed: `status ${response.status} instead of ${status}` };
    return { service, failed: response.ending === 'truncated' ? 'the answer was cut off' : null };
  };
  return {
    async ask(one, timeoutMs, signal) {
      const wire = take();
      return wire ? ask(wire, one, timeoutMs, signal) : { service: 0, failed: 'no free connection' };
    },
    async run(arrivals, asked, timeoutMs, signal) {
      // A signal of its own: every request in flight listens to it, and many at once are no leak.
      const own = signal && AbortSignal.any([signal]);
      if (own) setMaxListeners(0, own);
      const flying: Promise<void>[] = [];
      const block: Block = { samples: [], dropped: 0 };
      const start = performance.now() + SPIN_MS;
      const fire = ({ at, request }: Arrival) => {
        const one = asked[request];
        if (!one) return;
        const wire = take();
        if (!wire) {
          block.dropped++;
          return;
        }
        const lag = Math.max(0, performance.now() - start - at);
        flying.push(
          ask(wire, one, timeoutMs, own).then((answer) => {
            block.samples.push({ request, at, lag, ...answer });
          }),
        );
      };
      await onTime(arrivals, start, fire, signal);
      await Promise.all(flying);
      return block;
    },
    async close() {
      await Promise.all(all.map((wire) => wire.close()));
    },
  };
}

/** Calls `fire` for each arrival as close to its moment as the event loop allows, never before it. */
function onTime(
  arrivals: readonly Arrival[],
  start: number,
  fire: (arrival: Arrival) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    let position = 0;
    const tick = () => {
      const now = performance.now() - start;
      for (let next = arrivals[position]; next && next.at <= now; next = arrivals[++position]) fire(next);
      const upcoming = arrivals[position];
      if (!upcoming || signal?.aborted) return resolve();
      const wait = upcoming.at - (performance.now() - start);
      if (wait > 2 * SPIN_MS) setTimeout(tick, wait - SPIN_MS);
      else setImmediate(tick);
    };
    tick();
  });
}
