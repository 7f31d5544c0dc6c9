import type { Measured, RouteShare, RuntimeShare } from '../../model/latency.ts';
import type { Sides } from '../sides/side.ts';
import { pool } from './load.ts';
import { cpuBetween, cpuClock, isFine, queueClock } from './process.ts';
import type { LoadRequest } from './rehearse.ts';

/** Routes asked one by one, the busiest first. */
const MOST_ROUTES = 12;
const ROUNDS = 3;
/** Of the service time: with more of it spent waiting for a core, the machine's other work is what was measured. */
export const MOST_QUEUED = 0.15;
/** Why there is no share of the CPU where `isFine` says no. */
export const NO_CPU_TIME =
  'the CPU time of single threads is not told here (Linux does, in /proc/<pid>/task)';
const COMPARED = ['old', 'new'] as const;

/** Part of the service time, 0..1, that processes waited for a core. */
export function queuedPart(spent: readonly { service: number; queued: number }[]): number {
  const total = (pick: (one: (typeof spent)[number]) => number) =>
    spent.reduce((sum, one) => sum + pick(one), 0);
  const service = total((one) => one.service);
  return total((one) => one.queued) / Math.max(1e-9, service);
}

interface Spent {
  requests: number;
  service: number;
  cpu: number;
  /** The side's and our own waiting for a core. */
  queued: number;
}

/**
 * Asks each route alone, one request after the other, and sets the CPU time of the side's processes against the time
 * until the answer was there. Sides take turns, three times each.
 *
 * @param burstMs how long one route of one side is asked, each time
 */
export async function runtimeShare(
  sides: Sides,
  requests: readonly LoadRequest[],
  { burstMs, timeoutMs, signal }: { burstMs: number; timeoutMs: number; signal?: AbortSignal },
): Promise<Measured<RuntimeShare>> {
  const routes = busiest(requests);
  const pids = { old: await pidsOf(sides.old.processes), new: await pidsOf(sides.new.processes) };
  if (!COMPARED.every((name) => isFine(cpuClock(pids[name])))) return { notMeasured: NO_CPU_TIME };
  const wires = { old: pool(sides.old.origin), new: pool(sides.new.origin) };
  const spent = routes.map(() => ({ old: nothing(), new: nothing() }));
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, { list }] of routes.entries()) {
        for (const name of round % 2 === 0 ? COMPARED : COMPARED.toReversed()) {
          const sum = spent[i]?.[name];
          if (!sum) continue;
          signal?.throwIfAborted();
          const both = [...pids[name], process.pid];
          const [before, queue] = [cpuClock(pids[name]), queueClock(both)];
          const began = performance.now();
          for (let k = 0; k < 3 || performance.now() - began < burstMs; k++) {
            const one = list[k % list.length];
            if (!one) break;
            const { service } = await wires[name].ask(one.asked[name], timeoutMs, signal);
            sum.requests++;
            sum.service += service;
          }
          sum.cpu += cpuBetween(before, cpuClock(pids[name]));
          sum.queued += cpuBetween(queue, queueClock(both));
        }
      }
    }
  } finally {
    await Promise.all(COMPARED.map((name) => wires[name].close()));
  }
  const queued = queuedPart(spent.flatMap((one) => [one.old, one.new]));
  if (queued > MOST_QUEUED)
    return {
      notMeasured: `${Math.round(queued * 100)}% of the time was waiting for a core: this machine was too busy with other work`,
    };
  const rows = routes.map(({ route, list }, i): RouteShare => {
    const { old, new: next } = spent[i] ?? { old: nothing(), new: nothing() };
    return share(route, list.length / requests.length, each(old), each(next));
  });
  return { measured: { all: weighted(rows), routes: rows } };
}

const pidsOf = async (ask: (() => Promise<number[]>) | undefined): Promise<number[]> => (await ask?.()) ?? [];
const nothing = (): Spent => ({ requests: 0, service: 0, cpu: 0, queued: 0 });
const each = ({ requests, service, cpu }: Spent) => ({
  service: service / Math.max(1, requests),
  cpu: cpu / Math.max(1, requests),
});

const share = (
  route: string,
  traffic: number,
  old: RouteShare['old'],
  next: RouteShare['new'],
): RouteShare => ({
  ...{ route, traffic, old, new: next },
  share: old.service > 0 ? Math.min(1, old.cpu / old.service) : 0,
});

function weighted(rows: readonly RouteShare[]): RouteShare {
  const total = rows.reduce((sum, { traffic }) => sum + traffic, 0) || 1;
  const mean = (pick: (row: RouteShare) => number) =>
    rows.reduce((sum, row) => sum + (row.traffic / total) * pick(row), 0);
  const side = (name: 'old' | 'new') => ({
    service: mean((row) => row[name].service),
    cpu: mean((row) => row[name].cpu),
  });
  return share('all', total, side('old'), side('new'));
}

function busiest(requests: readonly LoadRequest[]): { route: string; list: LoadRequest[] }[] {
  const groups = new Map<string, LoadRequest[]>();
  for (const one of requests) groups.set(one.route, [...(groups.get(one.route) ?? []), one]);
  return [...groups]
    .map(([route, list]) => ({ route, list }))
    .sort((a, b) => b.list.length - a.list.length)
    .slice(0, MOST_ROUTES);
}
