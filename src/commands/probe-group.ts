import type { Command } from 'commander';

/** The command that holds what asks runtimes and packages themselves. */
export const probeGroup = (program: Command): Command =>
  program.commands.find((command) => command.name() === 'probe') ??
  program
    .command('probe')
    .description('asks runtimes and dependencies what they do, by calling them')
    .addHelpText(
      'after',
      `
Examples
  $ migrate probe runtimes --runtime bun
  $ migrate probe deps --target bun

Exit codes
  those of each command: migrate probe runtimes --help, migrate probe deps --help`,
    );
