import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { guardMark, parseSpec, provisionRuntime } from '../../runtimes/index.ts';

/** A command as npm would run it, with a runtime's programs first on the way. */
export interface CommandRun {
  /** Null: it did not end within its time. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/**
 * A folder of programs that goes first on PATH, where a runtime stands under its own name and as `node`.
 *
 * @throws MigrateError of the provisioning
 */
export async function programsOf(spec: string, folder: string, signal: AbortSignal): Promise<string> {
  const parsed = await parseSpec(spec);
  const { binary } = await provisionRuntime(parsed, { signal });
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of new Set([parsed.name, 'node'])) symlinkSync(binary, join(bin, name));
  return bin;
}

/** Runs a command of package.json in a copy, by the shell, as npm does. */
export async function runCommand(
  command: string,
  cwd: string,
  bin: string,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<CommandRun> {
  const path = [bin, ...modulesAbove(cwd), process.env.PATH].join(delimiter);
  const done = await execa(command, {
    ...{ cwd, shell: true, reject: false, stdin: 'ignore', cancelSignal: signal, timeout: timeoutMs },
    ...{
      env: { PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined, ...(await guardMark()) },
      maxBuffer: 64 * 1024 * 1024,
    },
    forceKillAfterDelay: 2_000,
  });
  signal.throwIfAborted();
  return {
    exitCode: done.timedOut ? null : (done.exitCode ?? 1),
    ...{ stdout: done.stdout, stderr: done.stderr },
  };
}

/** The programs of installed packages, the nearest first. */
function modulesAbove(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const bin = join(at, 'node_modules', '.bin');
    if (existsSync(bin)) found.push(bin);
    if (dirname(at) === at) return found;
  }
}
