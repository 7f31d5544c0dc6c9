import { ExitCode } from '../../model/exit.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('status')
      .argument('[dir]', 'the repository', '.')
      .description('where a repository stands: its plan, what was done, what evidence there is')
      .option('--json', 'print one JSON document (schema migrate/status, version 1)')
      .addHelpText(
        'after',
        `
Examples
  $ migrate status
  $ migrate status services/api --json

Exit codes
  0 said    3 no such directory, or no package.json`,
      )
      .action((dir: string, options: { json?: boolean }) =>
        run(async () => (await import('../actions/status.ts')).status(io, dir, options)),
      );

    // An action on the program itself takes words that are no command as arguments: those are refused here.
    program.allowExcessArguments().action(() =>
      run(async () => {
        const unknown = program.args[0];
        if (unknown !== undefined) {
          program.error(`error: unknown command '${unknown}'`, {
            code: 'commander.unknownCommand',
            exitCode: 1,
          });
        }
        if (!io.interactive) {
          program.outputHelp();
          return ExitCode.ok;
        }
        return (await import('../actions/status.ts')).offer(program, io);
      }),
    );
  },
};

export default command;
