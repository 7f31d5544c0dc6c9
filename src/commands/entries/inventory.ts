import type { Options } from '../actions/inventory.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('inventory')
      .argument('[dir]', 'the repository', '.')
      .description('what a repository uses of its runtime: pins, scripts, routes, builtins, addons')
      .option('--all', 'show every row of long tables')
      .option('--json', 'print the facts as one JSON document (schema migrate/inventory, version 1)')
      .addHelpText(
        'after',
        `
Examples
  $ migrate inventory
  $ migrate inventory services/api --all
  $ migrate inventory --json | jq '.routes[] | "\\(.method) \\(.path)"'

Exit codes
  0 listed    3 no such directory, no package.json, or one that does not parse`,
      )
      .action((dir: string, options: Options) =>
        run(async () => (await import('../actions/inventory.ts')).inventory(io, dir, options)),
      );
  },
};

export default command;
