import type { Options } from '../actions/checklist.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('checklist')
      .argument('[dir]', 'the repository', '.')
      .description('two checklists and two lists of mistakes: ✔ ✘ or unknown, each with what shows it')
      .option(
        '--target <runtime>',
        "what points about a target are asked of (default: the plan's, else the recommended one)",
      )
      .option(
        '--answer <word=text>',
        'what only people know, kept in .migrate/state.jsonl; may be repeated',
        (text: string, all: string[]) => [...all, text],
        [],
      )
      .option('--open', 'only what does not hold or is not known')
      .option('--json', 'print one JSON document (schema migrate/checklist, version 1)')
      .addHelpText(
        'after',
        `
Runs nothing: the points go by the repository's facts, by what was tried, compared, observed and rehearsed of these very files
(.migrate/evidence), by the plan, and by what people said. Words for --answer: team, latency, speed, start-budget, cost, parity, tier.

Examples
  $ migrate checklist
  $ migrate checklist --open --target workers
  $ migrate checklist --answer team="two of five have run Bun" --answer latency="no, all users are in one country"
  $ migrate checklist --json

Exit codes
  0 all points hold, or are not known   1 a point does not hold   2 unknown target or word   3 no package.json`,
      )
      .action((dir: string, options: Options) =>
        run(async () => (await import('../actions/checklist.ts')).checklist(io, dir, options)),
      );
  },
};

export default command;
