import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Codemod } from '../../codemod/contract.ts';
import { codemodReadme, isTransformPath, loadCodemod, loadCodemods } from '../../codemod/registry.ts';
import { type RunRequest, runCodemod } from '../../codemod/runner.ts';
import type { ChangeSet } from '../../model/changeset.ts';
import { ExitCode } from '../../model/exit.ts';
import { printChangeSet } from '../../report/change-set.ts';
import { type CodemodSummary, printCodemod, printCodemodList } from '../../report/codemod.ts';
import type { Io } from '../../report/io.ts';
import { pathPrefix } from '../../workspace/git.ts';
import { repairInterruptedRun } from '../../workspace/ready.ts';
import { openRepository, type Repository } from '../../workspace/repository.ts';
import { parseOwn, parseUnknown } from '../codemod-arguments.ts';
import type { CommandFile } from '../command.ts';
import { usage } from '../usage.ts';

interface RunOptions {
  write?: boolean;
  allowDirty?: boolean;
  patch?: string;
  all?: boolean;
  json?: boolean;
  typecheck: boolean;
  dir: string;
}

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
        run(async () => {
          io.json = Boolean(options.json);
          const codemods = (await loadCodemods()).map(summary);
          if (io.json) io.document({ schema: 'migrate/codemods', version: 1, ...{ codemods } });
          else printCodemodList(io, codemods);
          return ExitCode.ok;
        }),
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
        run(async () => {
          io.json = Boolean(options.json);
          const found = await loadCodemod(name);
          const readme = await codemodReadme(name);
          if (io.json)
            io.document({ schema: 'migrate/codemod', version: 1, ...{ codemod: summary(found), readme } });
          else printCodemod(io, summary(found), readme);
          return ExitCode.ok;
        }),
      );

    codemod
      .command('run <name> [paths...]')
      .description(
        'shows what a codemod, or a jscodeshift transform of your own, would change; --write applies it',
      )
      .option('--write', 'apply: all files or none, undone by `migrate undo`')
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

Examples
  migrate codemod run express-to-hono                      a diff of the whole repository
  migrate codemod run express-to-hono src --write          apply it to src
  migrate codemod run fs-to-r2 --patch r2.patch          the patch as a file too
  migrate codemod run ./rename-logger.js src               a jscodeshift transform, by its path

Exit codes
  0 done, or nothing to do   1 a file failed   2 no such codemod, option or file
  3 dirty tree, no package.json, locked; or --write and nothing could be written, for the places it lists
  70 a defect of the codemod (nothing is written)   130 interrupted (nothing is written)`,
      )
      .action((name: string, rest: string[], options: RunOptions) =>
        run(() => runCommand(io, name, rest, options)),
      );
  },
};
export default command;

async function runCommand(io: Io, name: string, rest: string[], options: RunOptions): Promise<ExitCode> {
  io.json = Boolean(options.json);
  if (name.startsWith('-')) throw usage(`The codemod's name comes first, before ${name}.`);
  const transform = isTransformPath(name) ? resolve(io.cwd, name) : null;
  const codemod = transform ? null : await loadCodemod(name);
  const { paths: args, given } = codemod ? parseOwn(codemod, rest) : parseUnknown(rest);

  const directory = resolve(io.cwd, options.dir);
  const propose = async (repository: Repository): Promise<ChangeSet> => {
    const { paths, unmatched } = repository.select(args);
    if (unmatched.length > 0) throw usage(`No file of the repository matches ${unmatched.join(', ')}.`);
    const request: RunRequest = {
      repository,
      paths,
      options: given,
      signal: io.signal,
      progress: io.progress,
    };
    const found = codemod
      ? await runCodemod(codemod, request)
      : await (await import('../../codemod/jscodeshift.ts')).runTransform(transform ?? '', request);
    return options.typecheck ? withTypes(io, repository, found) : found;
  };
  for (const sentence of await repairInterruptedRun(directory)) io.note(sentence);
  const repository = await openRepository(directory, { packageJson: codemod ? 'required' : 'optional' });
  let changeSet: ChangeSet;
  try {
    changeSet = options.write
      ? await write(io, `codemod ${name}`, repository, propose, options)
      : await propose(repository);
  } catch (error) {
    if (io.signal.aborted) io.note('Not applied: every file is as it was before.');
    throw error;
  }
  io.progress(null);
  if (options.patch) {
    const { unifiedPatch } = await import('../../codemod/patch.ts');
    const prefix = repository.git ? await pathPrefix(repository.root) : '';
    await writeFile(resolve(io.cwd, options.patch), unifiedPatch(changeSet, prefix));
    io.note(`The patch is in ${options.patch}.`);
  }
  if (io.json) io.document(changeSet);
  else {
    const command = ['migrate codemod run', name, ...rest].join(' ');
    printChangeSet(io, changeSet, { command, all: Boolean(options.all) });
  }
  if (changeSet.files.some((file) => file.status === 'failed')) return ExitCode.findings;
  return options.write && isRefused(changeSet) ? ExitCode.precondition : ExitCode.ok;
}

async function withTypes(io: Io, repository: Repository, changeSet: ChangeSet): Promise<ChangeSet> {
  // Loaded here: most runs touch no TypeScript.
  if (!changeSet.files.some(({ path, oldText, newText }) => oldText !== newText && /\.[cm]?tsx?$/.test(path)))
    return changeSet;
  const { checkTypes } = await import('../../codemod/typecheck/index.ts');
  const types = await checkTypes(repository, changeSet, io);
  return types === null ? changeSet : { ...changeSet, types };
}

/** Something was asked for and nothing is written, as what blocks it is for the user to change. */
const isRefused = ({ files, leftForYou }: ChangeSet): boolean =>
  leftForYou.length > 0 && files.every(({ oldText, newText }) => oldText === newText);

async function write(
  io: Io,
  label: string,
  opened: Repository,
  propose: (repository: Repository) => Promise<ChangeSet>,
  options: RunOptions,
): Promise<ChangeSet> {
  // Loaded here: a dry run starts faster without what only writing needs.
  const { applyChangeSet, touched } = await import('../../codemod/apply.ts');
  const { requireCleanTree } = await import('../../workspace/guard.ts');
  const { withLock } = await import('../../workspace/lock.ts');
  return withLock(opened.root, label, async () => {
    if (!options.allowDirty) await requireCleanTree(opened);
    // Opened again under the lock: what an earlier holder wrote must be seen.
    const repository = await openRepository(opened.root, { packageJson: 'optional' });
    const changeSet = await propose(repository);
    io.progress(`writing ${touched(changeSet).length} files`);
    return applyChangeSet(repository, changeSet, io.signal);
  });
}

const summary = ({ id, title, from, to, description, options }: Codemod): CodemodSummary => ({
  ...{ id, title, from, to, description, options },
});
