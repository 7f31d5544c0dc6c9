import type { Options } from '../actions/plan.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('plan')
      .argument('[dir]', 'the repository', '.')
      .description('where this application should run, in which stages, with what proof')
      .option('--target <target>', 'bun, deno, workers, node@24 or not-sure; a version may follow: bun@1.4')
      .option('-y, --yes', 'take the recommended answer to every question')
      .option('--measure', 'first `migrate try`: this application on every runtime, in scratch copies')
      .option('--explain', 'show the reasons for each script, route and step')
      .option('--diff', 'what would be different if the plan were drawn again now; writes nothing')
      .option('--rebase', 'draw the plan again for the target it has; steps that were done stay done')
      .option('--json', 'print the plan as one JSON document (schema migrate/plan, version 1)')
      .addHelpText(
        'after',
        `
Writes .migrate/plan.json and, where they are not there yet, the gates of its stages into .migrate/gates.yaml: both are meant
to be reviewed and committed. Nothing else is written.
At a monorepo's root each service is planned by itself, into its own folder (--json: schema migrate/plans).
What \`migrate try\` found of the same files is cited instead of tables; the question offers to make it.
With --target vercel, deno-deploy or fastly the repository is judged by dated rules, and nothing is written: those run on their
own machines alone. WinterJS, Vercel's edge functions and Deno Deploy Classic are no targets any more, which is said.
Stages are data: the shipped playbooks and your own in .migrate/playbooks/*.yaml.

Examples
  $ migrate plan
  $ migrate plan --target bun --yes
  $ migrate plan --measure --yes
  $ migrate plan --diff
  $ migrate plan --rebase
  $ migrate plan services/api --target workers --explain
  $ migrate plan --target not-sure --json
  $ migrate plan --target vercel

Exit codes
  0 drawn    2 unknown target, or one that has ended    3 no package.json, or a playbook that is not valid
  5 an answer was needed and there is no TTY    130 interrupted: nothing was written`,
      )
      .action((dir: string, options: Options) =>
        run(async () => (await import('../actions/plan.ts')).plan(io, dir, options)),
      );
  },
};

export default command;
