import type { Options } from '../actions/findings.ts';
import type { CommandFile } from '../command.ts';

const several = (value: string, all: string[]): string[] => [...all, value];

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('findings')
      .argument('[dir]', 'the repository', '.')
      .description('what the rules find against a switch, a place a line; for CI, with a baseline')
      .option(
        '--target <target>',
        "bun, deno, workers or node@24; may be repeated (default: the plan's, else all four)",
        several,
        [],
      )
      .option('--only <rule|category>', 'these rules alone; may be repeated', several, [])
      .option('--format <format>', 'text, sarif, csv, markdown or html', 'text')
      .option('--output <file>', 'write it there, inside the repository, in place of printing it')
      .option('--baseline <file>', 'findings that were there before', '.migrate/baseline.json')
      .option('--no-baseline', 'hold nothing against a baseline')
      .option('--update-baseline', 'write what is found now as the baseline')
      .option(
        '--fail-on <severity>',
        'exit 1 for new findings from here up: blocks, differs, never',
        'blocks',
      )
      .option('--all', 'show every place and all advice')
      .option('--json', 'print one JSON document (schema migrate/findings, version 1)')
      .addHelpText(
        'after',
        `
Rules are those of migrate (\`migrate rules\`) and the repository's own in .migrate/rules/*.yaml. A finding is accepted by a comment on
its line or the line before, \`// migrate-ignore <rule> until 2027-01-31: why\` (\`# …\` in YAML, images and scripts; the date may be left
out, the reason may not), or under \`findings:\` of .migrate/waivers.yaml by rule, file, reason and expires. What is over its date, or matches
nothing, is said. The baseline knows a finding by its rule, its file and the text of its line, so lines may move.

Examples
  $ migrate findings --target bun
  $ migrate findings --update-baseline && git add .migrate/baseline.json
  $ migrate findings --format sarif --output migrate.sarif
  $ migrate findings --only storage --target workers --all

Exit codes
  0 no new finding that fails   1 there are some   2 bad usage   3 no such directory, no package.json, a rule or waiver that is not valid`,
      )
      .action((dir: string, options: Options) =>
        run(async () => (await import('../actions/findings.ts')).findings(io, dir, options)),
      );
  },
};

export default command;
