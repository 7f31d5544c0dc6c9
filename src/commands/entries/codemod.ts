import type { RunOptions } from '../actions/codemod.ts';
import type { CommandFile } from '../command.ts';

const command: CommandFile = {
  register(program, io, run) {
    const codemod = program
      .command('codemod')
      .description('changes code by a codemod: a diff first, then --write')
      .addHelpText(
        'after',
        `
Examples
  migrate codemod list                          which there are
  migrate codemod show express-to-hono          what one changes, and what it leaves
  migrate codemod run express-to-hono           what it would change here
  migrate codemod run express-to-hono --write   change it

Exit codes: see each command's --help`,
      );

    codemod
      .command('list')
      .description('the codemods there are')
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        '\nExamples\n  migrate codemod list\n  migrate codemod list --json\n\nExit codes: 0',
      )
      .action((options: { json?: boolean }) =>
        run(async () => (await import('../actions/codemod.ts')).list(io, options)),
      );

    codemod
      .command('show <name>')
      .description('what a codemod changes, what it leaves, its options and limits')
      .option('--json', 'machine-readable result on stdout')
      .addHelpText(
        'after',
        '\nExamples\n  migrate codemod show express-to-hono\n\nExit codes: 0 · 2 there is no such codemod',
      )
      .action((name: string, options: { json?: boolean }) =>
        run(async () => (await import('../actions/codemod.ts')).show(io, name, options)),
      );

    codemod
      .command('run <name> [paths...]')
      .description(
        'shows what a codemod, or a jscodeshift transform of your own, would change; --write applies it',
      )
      .option('--write', 'apply: all files or none, undone by `migrate undo`')
      .option('-y, --yes', 'ask nothing: options that are not given have their default')
      .option('--allow-dirty', 'with --write: also when git has uncommitted changes, or there is no git')
      .option('--patch <file>', 'also write the exact patch, as `git apply` reads it')
      .option('--all', 'show everything: also what --write wrote, created files whole, every place')
      .option('--no-typecheck', 'do not run the project’s own tsc on a scratch copy, before and after')
      .option('--dir <dir>', 'the repository; paths are relative to it', '.')
      .option('--json', 'the change set as one JSON document on stdout')
      .allowUnknownOption()
      .addHelpText(
        'after',
        `
A codemod's own options are flags too (migrate codemod show <name>); a transform gets any --name=value.
On a terminal, an option that is yours to choose (express-to-hono: --parity) is asked for, with what each answer costs here.

Examples
  migrate codemod run express-to-hono                      a diff of the whole repository
  migrate codemod run express-to-hono src --write          apply it to src
  migrate codemod run express-to-hono --only "GET /notes/*"   a few routes; the rest stays as it is
  migrate codemod run fs-to-r2 --patch r2.patch          the patch as a file too
  migrate codemod run ./rename-logger.js src               a jscodeshift transform, by its path

Exit codes
  0 done, or nothing to do   1 a file failed   2 no such codemod, option, file or route
  3 dirty tree, no package.json, locked; edits since an earlier run are in the way; or --write and nothing could be
    written, for the places it lists
  70 a defect of the codemod (nothing is written)   130 interrupted (nothing is written)`,
      )
      .action((name: string, rest: string[], options: RunOptions) =>
        run(async () => (await import('../actions/codemod.ts')).runCommand(io, name, rest, options)),
      );
  },
};
export default command;
