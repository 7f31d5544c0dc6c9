import { readdirSync, readFileSync } from 'node:fs';

/** Why nothing is known of the processes of a side on this platform. */
export const ONLY_LINUX = 'only Linux tells it (/proc)';

/** CPU time so far in ms, by thread; where threads are not told apart, by process, in steps of 10 ms. */
export type CpuClock = ReadonlyMap<string, number>;

/** Reads the CPU time of processes. Threads that ended since are not in it: use {@link cpuBetween}. */
export function cpuClock(pids: readonly number[]): CpuClock {
  const clock = new Map<string, number>();
  for (const pid of pids) {
    const threads = threadTimes(pid, 0);
    if (threads) for (const [thread, ms] of threads) clock.set(thread, ms);
    else {
      const ms = tickTime(pid);
      if (ms !== null) clock.set(`process ${pid}`, ms);
    }
  }
  return clock;
}

/** Time so far in ms that threads were ready to run and had no core; empty where it is not told. */
export const queueClock = (pids: readonly number[]): CpuClock =>
  new Map(pids.flatMap((pid) => threadTimes(pid, 1) ?? []));

/** ms between two readings. Threads that began since count whole. */
export function cpuBetween(before: CpuClock, after: CpuClock): number {
  let sum = 0;
  for (const [thread, ms] of after) sum += Math.max(0, ms - (before.get(thread) ?? 0));
  return sum;
}

/** Whether the clock is fine enough for a burst of a tenth of a second. */
export const isFine = (clock: CpuClock): boolean =>
  clock.size > 0 && [...clock.keys()].every((key) => key.startsWith('thread'));

/** Resident bytes of processes, null when none of them can be read. */
export function residentBytes(pids: readonly number[]): number | null {
  let sum: number | null = null;
  for (const pid of pids) {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
    if (kilobytes !== undefined) sum = (sum ?? 0) + Number(kilobytes) * 1024;
  }
  return sum;
}

/** schedstat in ns, 0: on a CPU, 1: waiting for one. Source: Linux Documentation/scheduler/sched-stats.rst. */
function threadTimes(pid: number, field: 0 | 1): [string, number][] | null {
  let names: string[];
  try {
    names = readdirSync(`/proc/${pid}/task`);
  } catch {
    return null;
  }
  const out = names.flatMap((name): [string, number][] => {
    const ns = Number(read(`/proc/${pid}/task/${name}/schedstat`)?.split(' ')[field] ?? Number.NaN);
    return Number.isFinite(ns) ? [[`thread ${name}`, ns / 1e6]] : [];
  });
  // A kernel without scheduler statistics says 0 for everybody.
  return out.some(([, ms]) => ms > 0) ? out : null;
}

/** utime + stime of /proc/<pid>/stat, in ticks of 10 ms (proc(5); USER_HZ is 100 on every platform Node runs on). */
function tickTime(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
