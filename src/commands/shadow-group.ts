import type { Command as Program } from 'commander';
import { ExitCode } from '../model/exit.ts';
import type { Verdict } from '../model/verdict.ts';

/** The `shadow` command that its subcommands, a file each, hang under. */
export const shadowGroup = (program: Program): Program =>
  program.commands.find((one) => one.name() === 'shadow') ??
  program
    .command('shadow')
    .description('runs old and new side by side on recorded traffic')
    .addHelpText(
      'after',
      `
Examples
  migrate shadow run --old node@22:. --new bun@1.4:. --traffic traffic.har
  migrate shadow gate

Exit codes: see --help of each`,
    );

/** Exit code of a verdict. */
export const EXIT: Record<Verdict, ExitCode> = {
  PASS: ExitCode.ok,
  FAIL: ExitCode.findings,
  INCONCLUSIVE: ExitCode.inconclusive,
  INVALID: ExitCode.invalid,
};
