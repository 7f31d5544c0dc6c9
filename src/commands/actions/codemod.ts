import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Codemod } from '../../codemod/contract.ts';
import { lastDay, preparedWaivers } from '../../codemod/prepared-waivers.ts';
import { codemodReadme, isTransformPath, loadCodemod, loadCodemods } from '../../codemod/registry.ts';
import { runOrGoOn } from '../../codemod/resume/index.ts';
import type { RunRequest } from '../../codemod/runner.ts';
import type { ChangeSet } from '../../model/changeset.ts';
import { ExitCode } from '../../model/exit.ts';
import { printChangeSet } from '../../report/change-set.ts';
import { type CodemodSummary, printCodemod, printCodemodList } from '../../report/codemod.ts';
import type { Io } from '../../report/io.ts';
import { pathPrefix } from '../../workspace/git.ts';
import { requireCleanTree } from '../../workspace/guard.ts';
import { repairInterruptedRun } from '../../workspace/ready.ts';
import { openRepository, type Repository } from '../../workspace/repository.ts';
import { parseOwn, parseUnknown } from '../codemod-arguments.ts';
import { usage } from '../usage.ts';

export interface RunOptions {
  write?: boolean;
  yes?: boolean;
  allowDirty?: boolean;
  patch?: string;
  all?: boolean;
  json?: boolean;
  typecheck: boolean;
  dir: string;
}

/** `migrate codemod list`. */
export async function list(io: Io, options: { json?: boolean }): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const codemods = (await loadCodemods()).map(summary);
  if (io.json) io.document({ schema: 'migrate/codemods', version: 1, ...{ codemods } });
  else printCodemodList(io, codemods);
  return ExitCode.ok;
}

/** `migrate codemod show`. @throws MigrateError when there is no such codemod */
export async function show(io: Io, name: string, options: { json?: boolean }): Promise<ExitCode> {
  io.json = Boolean(options.json);
  const found = await loadCodemod(name);
  const readme = await codemodReadme(name);
  if (io.json) io.document({ schema: 'migrate/codemod', version: 1, ...{ codemod: summary(found), readme } });
  else printCodemod(io, summary(found), readme);
  return ExitCode.ok;
}

/** `migrate codemod run`: the change as a patch, or applied. */
export async function runCommand(
  io: Io,
  name: string,
  rest: string[],
  options: RunOptions,
): Promise<ExitCode> {
  io.json = Boolean(options.json);
  if (name.startsWith('-')) throw usage(`The codemod's name comes first, before ${name}.`);
  const transform = isTransformPath(name) ? resolve(io.cwd, name) : null;
  const codemod = transform ? null : await loadCodemod(name);
  const { paths: args, given } = codemod ? parseOwn(codemod, rest) : parseUnknown(rest);

  const directory = resolve(io.cwd, options.dir);
  const find = async (repository: Repository, chosen: typeof given): Promise<ChangeSet> => {
    const { paths, unmatched } = repository.select(args);
    if (unmatched.length > 0) throw usage(`No file of the repository matches ${unmatched.join(', ')}.`);
    const request: RunRequest = {
      repository,
      ...(codemod?.chooses
        ? { paths: repository.files, ...(args.length > 0 && { chosen: paths }) }
        : { paths }),
      options: chosen,
      signal: io.signal,
      progress: io.progress,
    };
    return codemod
      ? runOrGoOn(codemod, request)
      : (await import('../../codemod/jscodeshift.ts')).runTransform(transform ?? '', request);
  };
  let chosen = given;
  const propose = async (repository: Repository): Promise<ChangeSet> => {
    const found = withWaivers(await find(repository, chosen));
    return options.typecheck ? withTypes(io, repository, found) : found;
  };
  for (const sentence of await repairInterruptedRun(directory)) io.note(sentence);
  const repository = await openRepository(directory, { packageJson: codemod ? 'required' : 'optional' });
  if (codemod && io.interactive && !io.json && !options.yes && asks(codemod, given)) {
    if (options.write && !options.allowDirty) await requireCleanTree(repository);
    const { askOptions } = await import('../questions/option.ts');
    chosen = await askOptions(io, codemod, given, (answers) => find(repository, answers));
  }
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
    const quoted = rest.map((each) => (/[\s*"]/.test(each) ? JSON.stringify(each) : each));
    const answers = Object.entries(chosen).filter(([name]) => !(name in given));
    const flags = answers.map(([name, value]) => `--${name} ${value}`);
    const command = ['migrate codemod run', name, ...quoted, ...flags].join(' ');
    printChangeSet(io, changeSet, { command, all: Boolean(options.all) });
  }
  if (changeSet.files.some((file) => file.status === 'failed')) return ExitCode.findings;
  return options.write && isRefused(changeSet) ? ExitCode.precondition : ExitCode.ok;
}

/** Whether a codemod has an option that is its user's choice, and is not given. */
const asks = ({ options }: Codemod, given: Readonly<Record<string, unknown>>): boolean =>
  options.some(({ name, ask }) => ask !== undefined && !(name in given));

/** Adds waivers for what is left out on purpose. */
function withWaivers(changeSet: ChangeSet): ChangeSet {
  const waivers = preparedWaivers(changeSet.leftOut ?? [], lastDay());
  return waivers.length === 0 ? changeSet : { ...changeSet, waivers };
}

async function withTypes(io: Io, repository: Repository, changeSet: ChangeSet): Promise<ChangeSet> {
  // Loaded here: most runs touch no TypeScript.
  if (!changeSet.files.some(({ path, oldText, newText }) => oldText !== newText && /\.[cm]?tsx?$/.test(path)))
    return changeSet;
  const { checkTypes } = await import('../../codemod/typecheck/index.ts');
  const types = await checkTypes(repository, changeSet, io);
  return types === null ? changeSet : { ...changeSet, types };
}

/**
 * Something was asked for and nothing is written, as what blocks it is for the user to change. Where an earlier run took what
 * can go, there is only nothing to do.
 */
const isRefused = ({ files, leftForYou, continues }: ChangeSet): boolean =>
  leftForYou.some(({ blocks }) => blocks || continues === undefined) &&
  files.every(({ oldText, newText }) => oldText === newText);

async function write(
  io: Io,
  label: string,
  opened: Repository,
  propose: (repository: Repository) => Promise<ChangeSet>,
  options: RunOptions,
): Promise<ChangeSet> {
  // Loaded here: a dry run starts faster without what only writing needs.
  const { applyChangeSet, touched } = await import('../../codemod/apply.ts');
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
