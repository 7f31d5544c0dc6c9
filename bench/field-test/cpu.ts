import { join } from 'node:path';
import { Pool } from 'undici';
import { cpuBetween, cpuClock } from '../../src/shadow/latency/process.ts';
import type { Application } from './list.ts';
import { copyToStart } from './prepare.ts';
import type { Runtimes } from './script.ts';
import { makeState, startFile } from './start.ts';

/** CPU time of the server for one request, in ms: the median of the rounds, and the least and the most. */
export interface CpuTime {
  low: number;
  at: number;
  high: number;
  /** What was asked for, each as often. */
  paths: string[];
}

const ROUNDS = 3;
const REQUESTS = 400;
/** The first ones are those of a compiler at work. */
const WARM_UP = 300;
const CONNECTIONS = 8;

/**
 * Asks both trees on Node for the same paths, in turns.
 *
 * @returns null where an answer is not a success, or is another one later: a limit of requests, say
 */
export async function compareCpu(
  app: Application,
  trees: { original: string; converted: string },
  { paths, scratch, runtimes }: { paths: readonly string[]; scratch: string; runtimes: Runtimes },
): Promise<{ original: CpuTime; converted: CpuTime } | null> {
  if (paths.length === 0) return null;
  const spent: Record<'original' | 'converted', number[]> = { original: [], converted: [] };
  const runtime = await runtimes.provisionRuntime(await runtimes.parseSpec('node@22'), {});
  for (let round = 0; round < ROUNDS; round++)
    for (const side of ['original', 'converted'] as const) {
      const dir = copyToStart(trees[side], join(scratch, `cpu-${side}`));
      await makeState(app, dir);
      const running = await runtimes.launchApp(runtime, {
        dir,
        entry: startFile(app),
        env: { NODE_ENV: 'production', ...app.env },
        runFolder: join(scratch, 'cpu-logs'),
      });
      try {
        if ((await load(running.origin, paths, WARM_UP)) !== 'same') return null;
        const before = cpuClock(await running.processes());
        if ((await load(running.origin, paths, REQUESTS)) !== 'same') return null;
        spent[side].push(cpuBetween(before, cpuClock(await running.processes())) / REQUESTS);
      } finally {
        await running.stop();
      }
    }
  return { original: timeOf(spent.original, paths), converted: timeOf(spent.converted, paths) };
}

async function load(origin: string, paths: readonly string[], count: number): Promise<'same' | 'other'> {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  let left = count;
  let other = false;
  const ask = async () => {
    while (left > 0 && !other) {
      const path = paths[left-- % paths.length] ?? '/';
      const { statusCode, body } = await pool.request({ path, method: 'GET' });
      await body.dump();
      if (statusCode < 200 || statusCode >= 300) other = true;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  } finally {
    await pool.close();
  }
  return other ? 'other' : 'same';
}

function timeOf(spent: readonly number[], paths: readonly string[]): CpuTime {
  const sorted = [...spent].sort((a, b) => a - b);
  const at = (index: number) => sorted.at(index) ?? 0;
  return { low: at(0), at: at(Math.floor(sorted.length / 2)), high: at(-1), paths: [...paths] };
}
