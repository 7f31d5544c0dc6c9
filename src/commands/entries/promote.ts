import type { Options } from '../actions/promote.ts';
import type { CommandFile } from '../command.ts';

const several = (value: string, before: string[]): string[] => [...before, ...value.split(',')];

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('promote <stage>')
      .description('asks the gates of a stage of its evidence, and keeps the decision')
      .option(
        '--waive <gate>',
        'let a gate be (several: again, or with commas); needs --reason and --by',
        several,
        [],
      )
      .option('--reason <text>', 'why it may be let be')
      .option('--by <name>', 'who answers for that')
      .option('--dry-run', 'ask the gates, and keep nothing')
      .option('--dir <dir>', 'the repository', '.')
      .option('--json', 'print one JSON document (schema migrate/promotion, version 1)')
      .addHelpText(
        'after',
        `
The gates are in .migrate/gates.yaml, which \`migrate plan\` proposes. Evidence is what is in .migrate/evidence: shadow runs,
tries, comparisons of scripts, what monitoring received, rehearsals of the way back. Each is bound by a hash to the code it was made of; of other code
than is committed now it does not count. Where all gates hold .migrate/decisions/<date>-<stage>.json and .md are written, with
the hashes of code, lockfile, gates, plan and each file of evidence, and the exact runtimes.

gates.yaml, by stage (each is optional)
  stages:
    full-switch:
      required: [observability]   steps that may not be skipped
      later: [shift]              steps that follow the promotion
      shadow: {routeDefectBound: 0.001, coverage: 0.8, latency: {quantile: p99, ratio: 1.1}}   see migrate shadow gate --help
      days: 7                     days on which the compared requests were recorded
      try: same                   it starts on the target and answers the same
      scripts: same               each script that moves does the same
      observability: seen         monitoring is told by the new side what today's tells it
      production: unchanged       nothing that production starts was changed
      rollback: rehearsed         migrate rollback <stage> --rehearse took it back

Always asked: every step is done or skipped with a reason; no waiver in .migrate/waivers.yaml is over its date.

Examples
  $ migrate promote full-switch
  $ migrate promote full-switch --dry-run --json
  $ migrate promote full-switch --waive days,latency --reason "internal tool, three users" --by "Ada Lovelace"

Exit codes
  0 promoted   1 a gate FAILs   2 no such stage or gate, a waiver without a name or a reason
  3 no plan, no gates, gates that cannot be read, a plan older than the repository, uncommitted changes
  6 INCONCLUSIVE: evidence is missing, and it is said which   7 INVALID evidence`,
      )
      .action((stage: string, options: Options) =>
        run(async () => (await import('../actions/promote.ts')).promote(io, stage, options)),
      );
  },
};
export default command;
