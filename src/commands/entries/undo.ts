import type { Options } from '../actions/undo.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('undo [step-or-id]')
      .description('takes the last change back to the byte, or the step or change that is named')
      .option('--list', 'the applied changes, oldest first')
      .option('--prefix <text>', 'put before the subject of the commit that takes a step back', '')
      .option('--dir <dir>', 'the repository', '.')
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        `
A step of the plan is taken back by one commit more; what was asked or skipped is open again. A codemod that was run by itself
is taken back in the files.

Examples
  migrate undo                          take back the last change
  migrate undo full-switch/convert      take back a step
  migrate undo --list                   which changes there are

Exit codes: 0 restored · 3 nothing to undo, no such change, dirty tree, or a file was changed since (nothing is touched)
  4 a hook refused the commit (every file is as it was)`,
      )
      .action((id: string | undefined, options: Options) =>
        run(async () => (await import('../actions/undo.ts')).takeBack(io, id, options)),
      );
  },
};
export default command;
