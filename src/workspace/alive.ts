import { readFileSync, statSync } from 'node:fs';

/** Linux tells times of processes in hundredths of a second, and the moment of the boot in whole seconds. */
const TICK_MS = 10;
const TOLERANCE_MS = 3_000;

/**
 * Whether the process that made `mark` still runs, whoever owns it. Its id alone does not say so: where ids go up to
 * 32,768 and threads use them, too, a busy machine gives an id away again within minutes. Where the system tells when
 * a process began (Linux), one that began after `mark` was made is another.
 *
 * @param pid the id that `mark` names
 * @param mark a file or folder which that process made and nobody replaced
 */
export function makerLives(pid: number, mark: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    return startOf(pid) <= statSync(mark).birthtimeMs + TOLERANCE_MS;
  } catch {
    return true;
  }
}

/** When a process began, in milliseconds since 1970; throws where the system does not say (proc(5), `starttime`). */
function startOf(pid: number): number {
  const boot = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may hold anything; `starttime` is the twentieth field after it.
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  if (Number.isNaN(boot + ticks)) throw new Error(`/proc tells no start of process ${pid}`);
  return boot * 1000 + ticks * TICK_MS;
}
