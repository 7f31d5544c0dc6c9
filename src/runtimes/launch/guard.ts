import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { execa } from 'execa';
import { scriptText } from './script.ts';

/** Tells the guard process which groups run. */
export interface Guard {
  /** Given to every program that we start: the guard finds by it what it was not told of. */
  mark: Readonly<Record<string, string>>;
  watch(group: number): void;
  forget(group: number): void;
}

/** One value for all programs that this process starts: old and new side see the same. */
const MARK = { MIGRATE_GUARD: randomUUID() };

let running: Promise<Guard> | undefined;

/**
 * The process that stops our applications when we are gone without a chance to do it ourselves: killed, or crashed.
 * One for all launches of this process, started with the first. Ctrl-C at a terminal does not reach it, and it does
 * not keep us alive.
 */
export function startGuard(): Promise<Guard> {
  running ??= spawnGuard();
  return running;
}

/** What the environment of any other program that may run for long needs, so that it ends when we are killed. */
export const guardMark = async (): Promise<Guard['mark']> => (await startGuard()).mark;

async function spawnGuard(): Promise<Guard> {
  const code = await scriptText('guard-program', import.meta.url);
  const markText = Object.entries(MARK)
    .map(([name, value]) => `${name}=${value}`)
    .join();
  const child = execa(process.execPath, ['--input-type=module', '--eval', code, markText], {
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    // A migrate that another one runs has that one's mark; its guard must not end with it.
    env: { NODE_OPTIONS: '', MIGRATE_GUARD: undefined },
  });
  child.unref();
  const pipe = child.stdin as Writable & { unref?: () => void };
  pipe.unref?.();
  // A guard that dies is replaced at the next launch.
  pipe.on('error', () => {
    running = undefined;
  });
  child.on('exit', () => {
    running = undefined;
  });
  return {
    mark: MARK,
    watch: (group) => void pipe.write(`+${group}\n`),
    forget: (group) => void pipe.write(`-${group}\n`),
  };
}
