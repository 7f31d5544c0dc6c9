// Runs in a process of its own, outside every process group. Its stdin is a pipe from migrate: `+<group>` and
// `-<group>` lines say which process groups run. When the pipe ends, migrate is gone (SIGKILL included) and what
// still runs is stopped: those groups, and whatever carries our mark in its environment. Node built-ins only.
import { readdirSync, readFileSync } from 'node:fs';

/** A process that was being started as we lost migrate shows its mark only once its program is loaded. */
const LOOK_FOR_MS = 500;
const GRACE_MS = 2_000;

const mark = process.argv[1] ?? '';
const groups = new Set<number>();
let rest = '';

const signal = (target: number, name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(target, name);
  } catch {
    return false;
  }
};

/** Processes with our mark: one that nobody told us of, because the kill came first, and one that left its group. */
const marked = (): number[] => {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((name) => {
    try {
      const isOurs = /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'utf8').includes(mark);
      return isOurs && isAlive(name) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
};

const isAlive = (pid: string): boolean =>
  !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const group = Number(line.slice(1));
    if (!Number.isInteger(group) || group <= 1) continue;
    if (line.startsWith('+')) groups.add(group);
    else groups.delete(group);
  }
});

process.stdin.on('error', () => process.stdin.emit('end'));

process.stdin.once('end', () => {
  const began = Date.now();
  const asked = new Set<number>();
  const look = () => {
    const targets = [...[...groups].map((group) => -group), ...marked()];
    const alive = targets.filter((target) => signal(target, 0));
    const took = Date.now() - began;
    for (const target of alive) {
      if (took >= GRACE_MS) signal(target, 'SIGKILL');
      else if (!asked.has(target)) signal(target, 'SIGTERM');
      asked.add(target);
    }
    if (took >= GRACE_MS || (alive.length === 0 && took >= LOOK_FOR_MS)) process.exit(0);
  };
  look();
  setInterval(look, 50);
});
