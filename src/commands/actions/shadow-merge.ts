import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { ExitCode } from '../../model/exit.ts';
import type { Io } from '../../report/io.ts';
import { printShadowRun } from '../../report/shadow/shadow.ts';
import { conclude, mergeAggregates, runId } from '../../shadow/index.ts';
import { keepRun } from '../../workspace/evidence/shadow-runs.ts';
import { stateFolder } from '../../workspace/state.ts';
import { findRun, readAggregate, writeAggregate, writeReport } from '../shadow-files.ts';
import { EXIT } from '../shadow-group.ts';

export interface Options {
  out?: string;
  json?: boolean;
}

/** `migrate shadow merge`. @throws MigrateError when these are not shards of one run */
export async function merge(io: Io, given: readonly string[], options: Options): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const at = (path: string) => resolve(io.cwd, path);
  const id = runId(new Date());
  const aggregate = {
    ...mergeAggregates(given.map((one) => readAggregate(findRun(io.cwd, one, at)))),
    id,
  };
  const report = conclude(aggregate);
  const out = options.out === undefined ? join(stateFolder(io.cwd), 'runs', id) : at(options.out);
  mkdirSync(out, { recursive: true });
  writeAggregate(out, aggregate);
  const files = writeReport(out, report).map((file) => relative(io.cwd, file) || file);
  keepRun(io.cwd, report);
  if (io.json) io.document(report);
  printShadowRun(io, report, files);
  return EXIT[report.verdict];
}
