import { resolve } from 'node:path';
import { ExitCode } from '../../model/exit.ts';
import type { Io } from '../../report/io.ts';
import { printJournal, printUndone } from '../../report/journal.ts';
import { entries, undo } from '../../workspace/journal.ts';
import { withLock } from '../../workspace/lock.ts';
import { repairInterruptedRun } from '../../workspace/ready.ts';
import { openRepository } from '../../workspace/repository.ts';
import { appendState } from '../../workspace/state.ts';
import { takeOutWaivers } from '../../workspace/waivers/write.ts';

export interface Options {
  list?: boolean;
  dir: string;
  json?: boolean;
}

/** `migrate undo`. @throws MigrateError when there is nothing to restore, or a file was changed since */
export async function takeBack(io: Io, id: string | undefined, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const directory = resolve(io.cwd, options.dir);
  for (const sentence of await repairInterruptedRun(directory)) io.note(sentence);
  const { root } = await openRepository(directory, { packageJson: 'optional' });
  if (options.list) {
    const changes = entries(root);
    if (io.json) io.document({ schema: 'migrate/changes', version: 1, ...{ changes } });
    else printJournal(io, changes);
    return ExitCode.ok;
  }
  // Nothing to undo is said without the lock, which leaves a folder behind.
  if (entries(root).length === 0) undo(root, id);
  const entry = await withLock(root, 'undo', async () => {
    const undone = undo(root, id);
    appendState(root, 'undone', { journal: undone.id });
    takeOutWaivers(root, undone.id);
    return undone;
  });
  if (io.json) io.document(entry);
  else printUndone(io, entry);
  return ExitCode.ok;
}
