import type { Writable } from 'node:stream';
import { execa } from 'execa';
import { scriptText } from './script.ts';

/** Tells the guard process which groups run. */
export interface Guard {
  watch(group: number): void;
  forget(group: number): void;
}

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

async function spawnGuard(): Promise<Guard> {
  const code = await scriptText('guard-program', import.meta.url);
  const child = execa(process.execPath, ['--input-type=module', '--eval', code], {
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    env: { NODE_OPTIONS: '' },
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
    watch: (group) => void pipe.write(`+${group}\n`),
    forget: (group) => void pipe.write(`-${group}\n`),
  };
}
