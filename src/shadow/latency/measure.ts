import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadPlan, MemoryPoint } from '../../model/latency.ts';
import type { LiveSide, Sides } from '../sides/side.ts';
import { type Block, type Pool, pool } from './load.ts';
import { blockMs } from './plan.ts';
import { type CpuClock, cpuBetween, cpuClock, residentBytes } from './process.ts';
import { type LoadRequest, NAMES } from './rehearse.ts';
import { schedule } from './schedule.ts';

/** One block of one side with what it used. `from` and `to` in ms since 1970. */
export interface Measurement extends Block {
  from: number;
  to: number;
  /** CPU time of its processes, ms; null where it is not told. */
  cpuMs: number | null;
}

/** Everything seen of one side. Blocks in the order of rounds, warm-up left out. */
export interface SideMeasurements {
  blocks: Measurement[];
  /** One after every block of any side. */
  memory: (MemoryPoint & { round: number })[];
}

export type Measurements = Record<(typeof NAMES)[number], SideMeasurements>;

/** A pause between blocks: what a side still does for the last one is not done in the next one's time. */
const PAUSE_MS = 20;

/**
 * Puts the planned load on the three sides in turn: in every round each side has one block, with the same requests at
 * the same intended moments, in an order that is drawn anew. Stops early, with whole rounds, when the signal is aborted or
 * a side has ended.
 */
export async function measure(
  sides: Sides,
  requests: readonly LoadRequest[],
  plan: LoadPlan,
  options: { timeoutMs: number; signal?: AbortSignal; progress?(done: number, of: number): void },
): Promise<Measurements> {
  const { timeoutMs, signal } = options;
  const rounds = schedule({
    ...{ rate: plan.rate, arrivals: plan.arrivals, seed: plan.seed },
    ...{ rounds: plan.warmUp + plan.blocks, blockMs: blockMs(plan), requests: requests.length },
  });
  const live = {
    old: await liveLoad(
      sides.old,
      requests.map(({ asked }) => asked.old),
    ),
    again: await liveLoad(
      sides.again,
      requests.map(({ asked }) => asked.again),
    ),
    new: await liveLoad(
      sides.new,
      requests.map(({ asked }) => asked.new),
    ),
  };
  const started = Date.now();
  const out: Measurements = {
    old: { blocks: [], memory: [] },
    again: { blocks: [], memory: [] },
    new: { blocks: [], memory: [] },
  };
  try {
    for (const [index, { arrivals, order }] of rounds.entries()) {
      const round = index - plan.warmUp;
      const taken = new Map<string, Measurement>();
      for (const name of order) {
        const { wires, asked, pids } = live[name];
        const from = Date.now();
        const before = cpuClock(pids);
        const block = await wires.run(arrivals, asked, timeoutMs, signal);
        taken.set(name, { ...block, from, to: Date.now(), cpuMs: spent(before, cpuClock(pids)) });
        live[name].answered += block.samples.length;
        for (const each of round < 0 ? [] : NAMES) {
          const bytes = residentBytes(live[each].pids);
          const at = (Date.now() - started) / 1000;
          if (bytes !== null) out[each].memory.push({ at, bytes, requests: live[each].answered, round });
        }
        await sleep(PAUSE_MS);
      }
      const ended = NAMES.some((name) => sides[name].crashed() !== null);
      if (round >= 0 && !signal?.aborted)
        for (const [name, one] of taken) out[name as (typeof NAMES)[number]].blocks.push(one);
      if (signal?.aborted || ended) break;
      options.progress?.(index + 1, rounds.length);
    }
  } finally {
    await Promise.all(NAMES.map((name) => live[name].wires.close()));
  }
  return out;
}

async function liveLoad(side: LiveSide, asked: LoadRequest['asked']['old'][]) {
  const wires: Pool = pool(side.origin);
  return { wires, asked, pids: (await side.processes?.()) ?? [], answered: 0 };
}

const spent = (before: CpuClock, after: CpuClock): number | null =>
  before.size === 0 || after.size === 0 ? null : cpuBetween(before, after);
