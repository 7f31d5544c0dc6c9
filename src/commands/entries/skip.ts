import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('skip <step>')
      .description('leaves a step of the plan out, and keeps the reason')
      .option('--reason <text>', 'why; it is kept with your name and the time')
      .option('--dir <dir>', 'the repository', '.')
      .option('--json', 'print one JSON document (schema migrate/applied, version 1)')
      .addHelpText(
        'after',
        `
Examples
  migrate skip full-switch/observability --reason "no monitoring yet: TICKET-12"
  migrate undo full-switch/observability      the step is open again

Exit codes
  0 skipped   2 no such step, or no reason   3 it is done already, no plan, locked`,
      )
      .action((step: string, options: { dir: string; reason?: string; json?: boolean }) =>
        run(async () => (await import('../actions/apply.ts')).skip(io, step, options)),
      );
  },
};
export default command;
