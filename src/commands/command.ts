import type { Command as Program } from 'commander';
import type { ExitCode } from '../model/exit.ts';
import type { Io } from '../report/io.ts';

/** Runs a command's work and keeps the exit code it returns. Errors thrown inside are printed by `main`. */
export type Run = (work: () => Promise<ExitCode>) => Promise<void>;

/** A command file's default export: it adds itself (arguments, `--help` with examples) to the program. */
export interface CommandFile {
  register(program: Program, io: Io, run: Run): void;
}
