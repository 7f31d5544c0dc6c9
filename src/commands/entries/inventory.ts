import { resolve } from 'node:path';
import { collectInventory } from '../../inventory/index.ts';
import { ExitCode } from '../../model/exit.ts';
import { printInventory } from '../../report/inventory.ts';
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
      .action((dir: string, options: { all?: boolean; json?: boolean }) =>
        run(async () => {
          io.json = options.json ?? false;
          const started = performance.now();
          const inventory = await collectInventory(resolve(io.cwd, dir), {
            signal: io.signal,
            progress: (text) => io.progress(text),
          });
          io.progress(null);
          if (io.json) io.document(inventory);
          else
            printInventory(io, inventory, {
              elapsed: performance.now() - started,
              all: options.all ?? false,
            });
          return ExitCode.ok;
        }),
      );
  },
};

export default command;
