import type { Options } from '../actions/undo.ts';
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
      .action((id: string | undefined, options: Options) =>
        run(async () => (await import('../actions/undo.ts')).takeBack(io, id, options)),
      );
  },
};
export default command;
