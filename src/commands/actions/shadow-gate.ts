import { join, resolve } from 'node:path';
import type { ExitCode } from '../../model/exit.ts';
import { printGates } from '../../report/gate.ts';
import type { Io } from '../../report/io.ts';
import { renderJUnit } from '../../report/junit.ts';
import { applyGates, readGates } from '../../shadow/index.ts';
import { writeFileAtomic } from '../../workspace/atomic.ts';
import { findRun, readReport } from '../shadow-files.ts';
import { EXIT } from '../shadow-group.ts';

export interface Options {
  gates?: string;
  junit?: string;
  json?: boolean;
}

/** `migrate shadow gate`. @throws MigrateError when there is no such run, or the gates cannot be read */
export async function gate(io: Io, given: string | undefined, options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const at = (path: string) => resolve(io.cwd, path);
  const gates = readGates(
    options.gates === undefined ? join(io.cwd, '.migrate', 'gates.yaml') : at(options.gates),
    options.gates !== undefined,
  );
  const report = readReport(findRun(io.cwd, given, at));
  const result = applyGates(report, gates);
  if (options.junit !== undefined) writeFileAtomic(at(options.junit), renderJUnit(report, result));
  if (io.json) io.document(result);
  printGates(io, result);
  return EXIT[result.outcome];
}
