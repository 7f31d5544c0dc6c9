import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { makerLives } from './alive.ts';
import { stateFolder } from './state.ts';

interface Holder {
  pid: number;
  host: string;
  doing: string;
}

/**
 * Runs `work` while no other process changes this repository. The lock names its holder's process: one left by a
 * process that is gone is taken over at once, without waiting for a timeout.
 *
 * @throws MigrateError `LOCKED` (exit 3) when another run holds it
 */
export async function withLock<T>(root: string, doing: string, work: () => Promise<T>): Promise<T> {
  const file = join(stateFolder(root), 'lock');
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), doing } satisfies Holder);
  acquire(file, mine);
  try {
    return await work();
  } finally {
    if (contents(file) === mine) rmSync(file, { force: true });
  }
}

function acquire(file: string, mine: string): void {
  // `link` of a complete file makes name and content appear in one step: no reader sees an empty lock.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        linkSync(draft, file);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const found = contents(file);
      if (found === null) continue;
      const holder = parse(found);
      if (holder && mayLive(holder, file)) throw lockedBy(holder);
      takeAway(file, found);
    }
    throw lockedBy(null);
  } finally {
    rmSync(draft, { force: true });
  }
}

// Another process may take over the same dead lock at the same time: what was moved away is checked, and put back if it was theirs.
function takeAway(file: string, dead: string): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (contents(aside) !== dead) linkSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

function contents(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parse(text: string): Holder | null {
  try {
    const value = JSON.parse(text);
    return typeof value.pid === 'number' && typeof value.host === 'string' ? value : null;
  } catch {
    return null;
  }
}

// Of another machine's process (a shared disk) nothing can be known.
const mayLive = ({ host, pid }: Holder, lock: string): boolean =>
  host !== hostname() || makerLives(pid, lock);

function lockedBy(holder: Holder | null): MigrateError {
  const who = holder ? `process ${holder.pid} on ${holder.host} (${holder.doing})` : 'another run';
  return new MigrateError('LOCKED', `This repository is being changed by ${who}.`, {
    hint: 'Wait for it to end; if it is not a migrate process, delete .migrate/lock.',
  });
}
