import { execa } from 'execa';

/** One run of the built command. Times in milliseconds, memory in bytes. */
export interface Measurement {
  wallMs: number;
  peakRss: number;
  /** User and system time of the process and its threads. */
  cpuMs: number;
  exitCode: number;
}

/**
 * Reports the process's own peak and processor time when it ends, from its main thread; `maxRSS` is in kilobytes on every
 * platform, times in microseconds.
 */
const REPORTER = `data:text/javascript,${encodeURIComponent(`
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write('\\nmaxrss ' + maxRSS + ' ' + (userCPUTime + systemCPUTime) + '\\n');
});`)}`;

/**
 * Runs `migrate`, or another program of Node's, as users do, in its own process, and measures it.
 *
 * @param cli path of the program, such as the built `cli.js`
 * @throws when the command does not report its memory, that is when it was killed
 */
export async function measure(cli: string, args: readonly string[], cwd: string): Promise<Measurement> {
  const started = performance.now();
  const result = await execa(process.execPath, ['--import', REPORTER, cli, ...args], {
    cwd,
    reject: false,
    env: { NO_COLOR: '1' },
  });
  const wallMs = performance.now() - started;
  const [, peak, cpu] = /\nmaxrss (\d+) (\d+)/.exec(result.stderr) ?? [];
  if (peak === undefined) throw new Error(`${cli} ${args.join(' ')} was killed: ${result.shortMessage}`);
  return { wallMs, peakRss: Number(peak) * 1024, cpuMs: Number(cpu) / 1000, exitCode: result.exitCode ?? -1 };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
