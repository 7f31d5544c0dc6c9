import { resolve } from 'node:path';
import { ExitCode } from '../../model/exit.ts';
import { printJournal, printUndone } from '../../report/journal.ts';
import { entries, undo } from '../../workspace/journal.ts';
import { withLock } from '../../workspace/lock.ts';
import { repairInterruptedRun } from '../../workspace/ready.ts';
import { openRepository } from '../../workspace/repository.ts';
import { appendState } from '../../workspace/state.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('undo [id]')
      .description('restores the bytes from before the last applied change, or the one with this id')
      .option('--list', 'the applied changes, oldest first')
      .option('--dir <dir>', 'the repository', '.')
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        `
Examples
  migrate undo                    take back the last change
  migrate undo --list             which changes there are

Exit codes: 0 restored · 3 nothing to undo, no such change, or a file was changed since (nothing is touched)`,
      )
      .action((id: string | undefined, options: { list?: boolean; dir: string; json?: boolean }) =>
        run(async () => {
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
            return undone;
          });
          if (io.json) io.document(entry);
          else printUndone(io, entry);
          return ExitCode.ok;
        }),
      );
  },
};
export default command;
