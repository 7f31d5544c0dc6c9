import type { Options } from '../actions/rules.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    const rules = program
      .command('rules')
      .description('the rules that plans and findings go by: what blocks, what differs, what is worth doing')
      .option('--dir <dir>', 'a repository with rules of its own in .migrate/rules/', '.')
      .option('--json', 'print one JSON document (schema migrate/rules, version 1)')
      .addHelpText(
        'after',
        `
Examples
  $ migrate rules
  $ migrate rules show fs-workers
  $ migrate rules test
  $ migrate rules --json | jq -r '.rules[] | select(.targets | index("bun")) | .id'

Exit codes
  0 listed   3 a rule in .migrate/rules/ is not valid`,
      )
      .action((options: Options) =>
        run(async () => (await import('../actions/rules.ts')).listRules(io, options)),
      );

    rules
      .command('show <id>')
      .description('one rule: when it applies, what it says, since when and by which source')
      .option('--json', 'print one JSON document (schema migrate/rules, version 1)')
      .addHelpText(
        'after',
        '\nExamples\n  $ migrate rules show async-hooks-bun\n\nExit codes: 0 · 2 no such rule',
      )
      .action((id: string, _options: Options, own) =>
        run(async () =>
          (await import('../actions/rules.ts')).showRule(io, id, own.optsWithGlobals() as Options),
        ),
      );

    rules
      .command('test')
      .description("runs the programs beside the rules: those of migrate, and the repository's own")
      .option('--json', 'print one JSON document (schema migrate/rule-tests, version 1)')
      .addHelpText(
        'after',
        `
A file of tests stands beside its rules, ours.test.yaml beside ours.yaml: each test has a name, files, and the places that rules find.

  tests:
    - name: the queue is drained by a worker of our own
      dependencies: { our-queue: 2.1.0 }
      files: { app.js: "import { drain } from 'our-queue';\\ndrain();\\n" }
      finds: { our-queue-workers: [package.json:1] }

Examples
  $ migrate rules test

Exit codes
  0 every program shows what is expected   1 one does not, or a rule of the repository has no program   3 a file is not valid`,
      )
      .action((_options: Options, own) =>
        run(async () =>
          (await import('../actions/rules.ts')).runRuleTests(io, own.optsWithGlobals() as Options),
        ),
      );
  },
};

export default command;
