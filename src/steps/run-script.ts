import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { parseSpec, provisionRuntime } from '../runtimes/index.ts';

/** A command as npm would run it, with a runtime's programs first on the way. */
export interface ScriptRun {
  /** Null: it did not end within its time. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
  ms: number;
}

/**
 * A folder of programs for a runtime, which goes first on PATH: Node is `node` itself; with Bun `bun` is Bun, and `node`
 * too where `asNode` says so. Else `node` notes each of its starts in the file `node-ran` there, and goes on.
 *
 * @throws MigrateError of the provisioning
 */
export async function programsOf(
  spec: string,
  folder: string,
  signal: AbortSignal,
  { asNode = false, node }: { asNode?: boolean; node?: string } = {},
): Promise<{ bin: string; binary: string; name: string }> {
  const parsed = await parseSpec(spec);
  const { binary } = await provisionRuntime(parsed, { signal });
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(binary, join(bin, parsed.name));
  if (asNode && parsed.name !== 'node') symlinkSync(binary, join(bin, 'node'));
  else if (node !== undefined) {
    const wrapper = join(bin, 'node');
    writeFileSync(wrapper, `#!/bin/sh\necho "$*" >> "${join(folder, 'node-ran')}"\nexec "${node}" "$@"\n`);
    chmodSync(wrapper, 0o755);
  }
  return { bin, binary, name: parsed.name };
}

/** Runs a command of package.json in a copy, by the shell, as npm does. */
export async function runScript(
  command: string,
  cwd: string,
  bin: string,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<ScriptRun> {
  const started = performance.now();
  const path = [bin, ...modulesAbove(cwd), process.env.PATH].join(delimiter);
  const done = await execa(command, {
    ...{ cwd, shell: true, reject: false, stdin: 'ignore', cancelSignal: signal, timeout: timeoutMs },
    ...{ env: { PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined }, maxBuffer: 64 * 1024 * 1024 },
    forceKillAfterDelay: 2_000,
  });
  signal.throwIfAborted();
  return {
    exitCode: done.timedOut ? null : (done.exitCode ?? 1),
    ...{ stdout: done.stdout, stderr: done.stderr, ms: performance.now() - started },
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
