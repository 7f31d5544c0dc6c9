import type { Command as Program } from 'commander';
import { ExitCode } from '../model/exit.ts';
import type { Verdict } from '../model/verdict.ts';

/** The `shadow` command that its subcommands, a file each, hang under. */
export const shadowGroup = (program: Program): Program =>
  program.commands.find((one) => one.name() === 'shadow') ??
  program.command('shadow').description('runs old and new side by side on recorded traffic');

/** Exit code of a verdict. */
export const EXIT: Record<Verdict, ExitCode> = {
  PASS: ExitCode.ok,
  FAIL: ExitCode.findings,
  INCONCLUSIVE: ExitCode.inconclusive,
  INVALID: ExitCode.invalid,
};
