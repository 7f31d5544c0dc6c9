import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { ExitCode } from '../../model/exit.ts';
import type { Io } from '../../report/io.ts';
import { printShadowRun } from '../../report/shadow.ts';
import { conclude, mergeAggregates, runId } from '../../shadow/index.ts';
import { stateFolder } from '../../workspace/state.ts';
import type { CommandFile } from '../command.ts';
import { findRun, readAggregate, writeAggregate, writeReport } from '../shadow-files.ts';
import { EXIT, shadowGroup } from '../shadow-group.ts';

interface Options {
  out?: string;
  json?: boolean;
}

const command: CommandFile = {
  register(program, io, run) {
    shadowGroup(program)
      .command('merge <runs...>')
      .description('merges the shards of a split run and judges them as one')
      .option('--out <dir>', 'where the report is written (default .migrate/runs/<id>)')
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        `
Shards are runs with --shard 1/n to n/n of the same sides on the same traffic. Merged they give the report the unsplit
run would have given, but for times, memory and generated values.

Examples
  migrate shadow run --old node@22:. --new bun:. --traffic t.har --shard 1/4 --out out/1
  migrate shadow merge out/1 out/2 out/3 out/4 --out out/all

Exit codes: 0 PASS · 1 FAIL · 2 bad usage · 3 not shards of one run · 6 INCONCLUSIVE (also when a shard is missing) · 7 INVALID`,
      )
      .action((given: string[], options: Options) => run(() => merge(io, given, options)));
  },
};
export default command;

async function merge(io: Io, given: readonly string[], options: Options): Promise<ExitCode> {
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
  if (io.json) io.document(report);
  printShadowRun(io, report, files);
  return EXIT[report.verdict];
}
