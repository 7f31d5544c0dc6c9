import type { Options } from '../actions/apply.ts';
import type { CommandFile } from '../command.ts';
import { STEP_EXIT_CODES, withStepFlags } from '../step-flags.ts';

const command: CommandFile = {
  register(program, io, run) {
    withStepFlags(program.command('apply [stage-or-step]'))
      .description('carries out the next open steps of the plan: each shown, checked, and one commit')
      .option('--to <step>', 'the last step to carry out')
      .option(
        '--again',
        'carry a step out once more that is done and changes no file: its evidence is of the code as it is now',
      )
      .option('--dry-run', 'show what the next step would change, and write nothing')
      .option('--patch <file>', 'also write the exact patch, as `git apply` reads it')
      .addHelpText(
        'after',
        `
A step that changes files is made in a git worktree in scratch. Its exact patch is shown, its check runs there, and only then
the files are written through the journal and committed on your branch by plain \`git commit\`: your hooks and your signing
count. Where the check fails or a hook refuses, the worktree goes away and your tree is as it was.

Without a terminal nothing is asked: --yes applies, --answer answers what a person must say.
Ctrl-C leaves every file as it was. After a kill, \`migrate resume\` repairs and goes on.

Examples
  migrate apply                                    the next stage of the plan, step by step
  migrate apply full-switch --dry-run              what the next step of a stage would change
  migrate apply full-switch --to compare --yes     without a question, up to one step
  migrate apply full-switch/compare --again        after the code changed: the comparison once more
  migrate apply observability --answer "error, slow request and call seen in Sentry"
  migrate apply full-switch --yes --writes isolated --prefix "chore: "

${STEP_EXIT_CODES}`,
      )
      .action((what: string | undefined, options: Options) =>
        run(async () => (await import('../actions/apply.ts')).apply(io, what, options)),
      );
  },
};
export default command;
