import type { Options } from '../actions/apply.ts';
import type { CommandFile } from '../command.ts';
import { STEP_EXIT_CODES, withStepFlags } from '../step-flags.ts';

const command: CommandFile = {
  register(program, io, run) {
    withStepFlags(program.command('resume'))
      .description('repairs what a kill or a failure left, and goes on with the stage that was under way')
      .option('--dry-run', 'only repair, and show what the next step would change')
      .addHelpText(
        'after',
        `
A change that was cut off before its commit is taken back to the byte; one that was cut off behind it is completed.

Examples
  migrate resume
  migrate resume --yes
  migrate resume --dry-run      repair, and go no further

${STEP_EXIT_CODES}`,
      )
      .action((options: Options) =>
        run(async () => (await import('../actions/apply.ts')).resume(io, options)),
      );
  },
};
export default command;
