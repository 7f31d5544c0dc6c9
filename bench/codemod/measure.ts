import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import type { Tool } from './tools.ts';

const SAMPLE_MS = 10;

/**
 * Runs a tool in a folder, with its output read as a pipe.
 *
 * @returns milliseconds from start to end
 * @throws when it finds nothing, that is when it did not do its work
 */
export async function wallTime(tool: Tool, cwd: string): Promise<number> {
  const started = performance.now();
  const result = await start(tool, cwd);
  const wallMs = performance.now() - started;
  if (tool.found(result.stdout) === 0)
    throw new Error(`${tool.name} found nothing: ${result.stderr || result.stdout}`);
  return wallMs;
}

/**
 * The most memory that a tool and the processes it starts hold at one time, in bytes; null where there is no `/proc`.
 * A run of its own: looking costs time.
 */
export async function peakMemory(tool: Tool, cwd: string): Promise<number | null> {
  const running = start(tool, cwd);
  let peak: number | null = null;
  const timer = setInterval(() => {
    const now = residentBytes(running.pid);
    if (now !== null) peak = Math.max(peak ?? 0, now);
  }, SAMPLE_MS);
  await running;
  clearInterval(timer);
  return peak;
}

const start = (tool: Tool, cwd: string) =>
  execa(tool.command, [...tool.args], { cwd, reject: false, env: { NO_COLOR: '1' }, maxBuffer: 1024 ** 3 });

/** Memory of a process and all below it. Source: proc(5), `VmRSS` of status and `children` of a task. */
function residentBytes(pid: number | undefined): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const own = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    return children.reduce((sum, child) => sum + (residentBytes(Number(child)) ?? 0), own);
  } catch {
    // It has just ended, or this is no Linux.
    return null;
  }
}
