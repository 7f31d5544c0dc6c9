import type { Options } from '../actions/shadow-merge.ts';
import type { CommandFile } from '../command.ts';
import { shadowGroup } from '../shadow-group.ts';

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
      .action((given: string[], options: Options) =>
        run(async () => (await import('../actions/shadow-merge.ts')).merge(io, given, options)),
      );
  },
};
export default command;
