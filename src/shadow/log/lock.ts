import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrateError } from '../../model/errors.ts';
import { makerLives } from '../../workspace/alive.ts';

/**
 * Keeps two processes from appending to one log. A lock whose process is gone is taken over.
 *
 * @param name of the file in the folder that holds the process id
 * @param busy the error to throw, given who holds the lock
 * @returns releases the lock
 */
export function lockFolder(folder: string, name: string, busy: (pid: number) => MigrateError): () => void {
  const file = join(folder, name);
  let holder = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    holder = Number(read(file));
    if (holder > 0 && makerLives(holder, file)) break;
    rmSync(file, { force: true });
  }
  throw busy(holder);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
