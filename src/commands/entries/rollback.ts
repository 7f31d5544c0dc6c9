import type { Options } from '../actions/rollback.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    program
      .command('rollback <stage>')
      .description('takes a stage back, every step in reverse order; --rehearse tries that in a git worktree')
      .option('--rehearse', 'try it in scratch and keep what came of it as evidence; the tree is not touched')
      .option('--no-start', 'rehearse without starting the application afterwards')
      .option('-y, --yes', 'take it back without asking')
      .option('--prefix <text>', 'put before the subject of each commit, as in "revert: "', '')
      .option('--dir <dir>', 'the repository', '.')
      .option(
        '--json',
        'print one JSON document (schema migrate/rollback-rehearsal or migrate/rolled-back, version 1)',
      )
      .addHelpText(
        'after',
        `
The rehearsal takes each step back in a worktree of the commit, holds every file against the commit before the stage byte for
byte, installs packages where package.json is another one then, and starts the application on the runtime it had. What came of it
is in .migrate/evidence/rollbacks/, bound by a hash to the code; \`migrate promote\` reads it.

Without --rehearse the same is tried first, without a start; then each step is taken back by one commit on your branch. What
production runs is not reached from here: the stage's own words about that are shown.

Examples
  $ migrate rollback full-switch --rehearse
  $ migrate rollback full-switch --yes --prefix "revert: "

Exit codes
  0 taken back, or the rehearsal PASSes   1 the rehearsal FAILs   2 no such stage
  3 nothing is done, files changed since, dirty tree, no git, a plan older than the repository
  4 a hook refused a commit: the steps taken back before it stay taken back   5 an answer was needed and there is no terminal
  6 the rehearsal is INCONCLUSIVE: no step changed a file, and nothing was started   130 interrupted`,
      )
      .action((stage: string, options: Options) =>
        run(async () => (await import('../actions/rollback.ts')).rollback(io, stage, options)),
      );
  },
};
export default command;
