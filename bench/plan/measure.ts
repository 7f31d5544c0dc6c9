import { execa } from 'execa';

/** One run of the built command. Times in milliseconds, memory in bytes. */
export interface Measurement {
  wallMs: number;
  peakRss: number;
  exitCode: number;
}

/** Reports the process's own peak when it ends; `maxRSS` is in kilobytes on every platform. */
const REPORTER = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\nmaxrss '+process.resourceUsage().maxRSS+'\\n'))`;

/**
 * Runs `migrate` as users do, in its own process, and measures it.
 *
 * @param cli path of the built `cli.js`
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
  const peak = /\nmaxrss (\d+)/.exec(result.stderr)?.[1];
  if (peak === undefined) throw new Error(`migrate ${args.join(' ')} was killed: ${result.shortMessage}`);
  return { wallMs, peakRss: Number(peak) * 1024, exitCode: result.exitCode ?? -1 };
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
