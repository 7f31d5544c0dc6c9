import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';

/**
 * Keeps two recorders from appending to one log. A lock whose process is gone is taken over.
 *
 * @returns releases the lock
 * @throws MigrateError RECORDING_BUSY (exit 3)
 */
export function lockRecording(folder: string): () => void {
  const file = join(folder, 'recorder.pid');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(read(file));
    if (holder > 0 && isAlive(holder)) {
      throw new MigrateError(
        'RECORDING_BUSY',
        `The recording "${basename(folder)}" is being written by process ${holder}.`,
        { hint: 'Give another --name, or stop that recorder first.' },
      );
    }
    rmSync(file, { force: true });
  }
  throw new MigrateError('RECORDING_BUSY', `${file} cannot be taken over.`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
