import type { Options } from '../actions/probe-runtimes.ts';
import type { CommandFile } from '../command.ts';
import { probeGroup } from '../probe-group.ts';

const command: CommandFile = {
  register(program, io, run) {
    probeGroup(program)
      .command('runtimes')
      .description('what runtimes really do of what Node does: each call made, its effect looked at')
      .option(
        '--runtime <runtime>',
        'bun@1.4.5, node@22, workers@2025-09-15; may be repeated (default: all that are here, and all kept tables)',
        (text: string, all: string[]) => [...all, text],
        [],
      )
      .option(
        '--only <module>',
        'one module: crypto, "(flags)"; may be repeated',
        (text: string, all: string[]) => [...all, text],
        [],
      )
      .option('--check', 'compare with the kept tables, and fail where they say otherwise')
      .option('--out <folder>', 'write the tables there, a file for each runtime')
      .option('--json', 'print one JSON document (schema migrate/probe-runtimes, version 1)')
      .addHelpText(
        'after',
        `
Every call runs in a process of its own runtime with limits of time and memory; that it dies or hangs is a result. What does not
work is asked once more alone, and where two runs disagree, a third time.
Levels: works (called, and its effect seen), differs (another effect than Node's), no-op (accepted, and nothing happens),
throws, member-missing, module-missing. Names of Node 22 and 24 that a module does not export are listed, too.
Workers are asked in workerd itself, without what Wrangler adds to a bundle for older compatibility dates.

Examples
  $ migrate probe runtimes
  $ migrate probe runtimes --runtime bun@1.4.5 --only crypto --only "(flags)"
  $ migrate probe runtimes --runtime workers@2025-09-15 --json
  $ migrate probe runtimes --check

Exit codes
  0 asked    1 --check found a difference    2 bad usage    3 no such runtime    130 interrupted`,
      )
      .action((options: Options) =>
        run(async () => (await import('../actions/probe-runtimes.ts')).probeRuntimes(io, options)),
      );
  },
};

export default command;
