import { execa } from 'execa';
import { guardMark } from '../runtimes/index.ts';
import { memoryOf, signalGroup } from '../runtimes/launch/processes.ts';

/** No probe needs more. */
const MOST_MEMORY = 1_500 * 1024 * 1024;
const LOOK_EVERY_MS = 250;

export interface Limits {
  cwd: string;
  env?: Readonly<Record<string, string>>;
  /** How long it may say nothing. */
  silentMs: number;
  signal: AbortSignal;
  /** Each line of stdout as it comes. */
  onLine?: (line: string) => void;
}

export interface Ended {
  stdout: string;
  stderr: string;
  code: number | null;
  signal: string | null;
  /** Why it was ended from outside; null where it ended by itself. */
  stopped: 'silent' | 'memory' | null;
}

/** A probe's environment: nothing of the user's but where programs are. */
const environment = (cwd: string): Record<string, string> => ({
  ...{ PATH: process.env.PATH ?? '', HOME: cwd, TMPDIR: cwd, NO_COLOR: '1', LANG: 'C' },
  ...{ DO_NOT_TRACK: '1', DENO_NO_UPDATE_CHECK: '1', DENO_DIR: `${cwd}/.deno` },
});

/** Runs a program in a process group of its own until it ends, is silent for too long or holds too much memory. */
export async function runLimited(argv: readonly string[], limits: Limits): Promise<Ended> {
  const { cwd, env = {}, silentMs, signal, onLine } = limits;
  const [program = '', ...args] = argv;
  const child = execa(program, args, {
    ...{ cwd, reject: false, detached: process.platform !== 'win32', stdin: 'ignore', extendEnv: false },
    ...{ maxBuffer: 4_000_000, stripFinalNewline: true },
    env: { ...environment(cwd), ...env, ...(await guardMark()) },
  });
  let stopped: Ended['stopped'] = null;
  const stop = (why: Ended['stopped']) => {
    stopped ??= why;
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  let timer = setTimeout(() => stop('silent'), silentMs);
  let rest = '';
  child.stdout?.on('data', (part: Buffer) => {
    clearTimeout(timer);
    timer = setTimeout(() => stop('silent'), silentMs);
    const lines = (rest + part.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine?.(line);
  });
  const looking = setInterval(() => {
    if (child.pid === undefined) return;
    void memoryOf(child.pid).then((bytes) => bytes !== null && bytes > MOST_MEMORY && stop('memory'));
  }, LOOK_EVERY_MS);
  const abort = () => stop(null);
  signal.addEventListener('abort', abort);
  const ended = await child;
  clearTimeout(timer);
  clearInterval(looking);
  signal.removeEventListener('abort', abort);
  // What it started and left.
  stop(null);
  signal.throwIfAborted();
  return {
    ...{ stdout: ended.stdout ?? '', stderr: ended.stderr ?? '', stopped },
    ...{ code: ended.exitCode ?? null, signal: ended.signal ?? null },
  };
}

/** How a program ended that did not say so itself, in words that are the same each time. */
export function howItEnded({ code, signal, stopped, stderr }: Ended): string {
  if (stopped === 'silent') return 'no answer';
  if (stopped === 'memory') return 'more than 1,500 MB of memory';
  if (signal !== null) return `the process was ended by ${signal}`;
  const line =
    stderr.split('\n').find((text) => /error|panic|fatal/i.test(text)) ?? stderr.split('\n')[0] ?? '';
  return `the process ended with ${code}${line.trim() === '' ? '' : `: ${line.trim()}`}`;
}
