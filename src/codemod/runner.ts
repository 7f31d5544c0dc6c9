import type { ChangeSet, FileChange } from '../model/changeset.ts';
import { MigrateError } from '../model/errors.ts';
import type { Repository } from '../workspace/repository.ts';
import type { Modules } from '../workspace/syntax/modules.ts';
import { isSource, lineEnding } from '../workspace/text.ts';
import type { Codemod, CodemodInput, CodemodOutput, OptionValue } from './contract.ts';
import { editFaults } from './edit-checks.ts';
import { applyEdits, defect, spansAfter } from './edits.ts';
import { gate } from './gate.ts';

export interface RunRequest {
  repository: Repository;
  /** Files to work on, relative to the root. */
  paths: readonly string[];
  /** Those of them that the user pointed at, for a codemod that chooses among what they hold. */
  chosen?: readonly string[];
  /** What an earlier run was asked for: see `CodemodInput`. */
  earlier?: CodemodInput['earlier'];
  /** The repository's modules, where they are loaded already. */
  modules?: Modules;
  /** Values given by the user; the codemod's defaults fill in the rest. */
  options?: Readonly<Record<string, OptionValue>>;
  signal: AbortSignal;
  progress?(text: string): void;
}

const NO_TEXT =
  /\.(?:png|jpe?g|gif|webp|avif|ico|pdf|zip|gz|tgz|woff2?|ttf|eot|mp[34]|wasm|node|sqlite3?|db)$/i;

/**
 * Runs one codemod over a repository and returns what it proposes. Writes nothing. Every result is parsed again with
 * the parser of its extension.
 *
 * @throws MigrateError `EDITS_OVERLAP`, `EDIT_OUT_OF_RANGE`, `OUTPUT_DOES_NOT_PARSE` (defects of the codemod, exit 70),
 *   `FILE_EXISTS`, `OUTSIDE_REPOSITORY` (exit 3)
 */
export async function runCodemod(codemod: Codemod, request: RunRequest): Promise<ChangeSet> {
  const { repository, paths, chosen, signal, progress = () => {} } = request;
  const options = { ...defaults(codemod), ...request.options };
  const candidates = await prefilter(codemod, request);
  const changeSet = emptyChangeSet(codemod.id, options, paths.length, codemod.unit);
  changeSet.files.push(...unreadable(repository, paths));
  if (candidates.length === 0) return changeSet;

  const output = await codemod.run({
    ...{ root: repository.root, paths, options, signal, progress },
    ...(request.modules !== undefined && { modules: request.modules }),
    ...(request.earlier !== undefined && { earlier: request.earlier }),
    ...(chosen !== undefined && { chosen }),
    read: (path) => repository.read(path),
    program: async (spec) => {
      // Few codemods start anything, and listing them is to be quick.
      const { parseSpec, provisionRuntime } = await import('../runtimes/index.ts');
      return provisionRuntime(await parseSpec(spec), { signal, progress });
    },
  });
  signal.throwIfAborted();

  const edited = await editedFiles(codemod, repository, output);
  const crlf = edited.filter((file) => lineEnding(file.oldText ?? '') === '\r\n').length * 2 > edited.length;
  const files = [
    ...edited,
    ...(await createdFiles(repository, output, crlf)),
    ...(await deletedFiles(codemod, repository, output)),
  ];
  for (const file of files) {
    if (file.newText === null || file.status === 'unchanged') continue;
    const problem = gate(file.path, file.oldText, file.newText);
    if (problem) {
      const [fault] = editFaults(file);
      const by = fault === undefined ? '' : ` (${fault.rules.join(', ')} at ${fault.at})`;
      throw defect(
        'OUTPUT_DOES_NOT_PARSE',
        `${codemod.id} would write text that does not parse to ${file.path}:${problem.line}:${problem.column}: ${problem.message}${by}`,
      );
    }
  }
  for (const [path, reason] of output.skipped) files.push(bare(path, 'skipped', reason));
  for (const [path, reason] of output.failed) files.push(bare(path, 'failed', reason));
  const touched = new Set(files.map((file) => file.path));
  for (const path of candidates) if (!touched.has(path)) files.push(bare(path, 'unchanged'));
  const listed = new Set(files.map((file) => file.path));
  const { outcomes, leftForYou, limits, next, notes = [], leftOut = [], kept = [], routes = [] } = output;
  return {
    ...changeSet,
    files: [...files, ...changeSet.files.filter((file) => !listed.has(file.path))],
    ...{ outcomes: [...outcomes], leftForYou: [...leftForYou], limits: [...limits], next: [...next] },
    ...(output.unfinished?.length && { unfinished: [...output.unfinished] }),
    ...(routes.length > 0 && { routes: [...routes] }),
    ...(notes.length > 0 && { notes: [...notes] }),
    ...(leftOut.length > 0 && { leftOut: [...leftOut] }),
    ...(kept.length > 0 && { kept: [...kept] }),
  };
}

/** The codemod's options with nothing given. */
export function defaults(codemod: Codemod): Record<string, OptionValue> {
  return Object.fromEntries(codemod.options.map((option) => [option.name, option.default]));
}

/** A change set that changes nothing. */
export function emptyChangeSet(
  codemod: string,
  options: Record<string, unknown>,
  considered: number,
  unit = 'handler',
): ChangeSet {
  return {
    schema: 'migrate/changeset',
    version: 1,
    ...{ codemod, options, unit, considered, files: [], outcomes: [], leftForYou: [], limits: [], next: [] },
  };
}

/** A file that is only named, with no text. */
export const bare = (path: string, status: FileChange['status'], reason?: string): FileChange => ({
  path,
  status,
  ...(reason !== undefined && { reason }),
  oldText: null,
  newText: null,
  edits: [],
});

/** Sources among the paths that could not be read as text, with the reason. */
export function unreadable(repository: Repository, paths: readonly string[]): FileChange[] {
  const rows: FileChange[] = [];
  for (const path of paths) {
    const reason = isSource(path) ? repository.skipped.get(path) : undefined;
    if (reason) rows.push(bare(path, 'skipped', reason));
  }
  return rows;
}

async function prefilter(
  codemod: Codemod,
  { repository, paths, signal, progress }: RunRequest,
): Promise<string[]> {
  const matching: string[] = [];
  for (const [index, path] of paths.entries()) {
    if (index % 200 === 0) {
      // Ctrl-C is delivered between turns of the event loop.
      await new Promise((resume) => setImmediate(resume));
      signal.throwIfAborted();
      progress?.(`reading ${index} of ${paths.length} files`);
    }
    if (NO_TEXT.test(path)) continue;
    const text = await repository.read(path);
    codemod.prefilter.lastIndex = 0;
    if (text !== null && codemod.prefilter.test(text)) matching.push(path);
  }
  return matching;
}

async function editedFiles(
  codemod: Codemod,
  repository: Repository,
  output: CodemodOutput,
): Promise<FileChange[]> {
  const files: FileChange[] = [];
  for (const [path, wanted] of output.edits) {
    repository.resolve(path);
    const oldText = await repository.read(path);
    if (oldText === null)
      throw defect('EDIT_OF_NO_FILE', `${codemod.id} edits ${path}, which cannot be read.`);
    const { text, edits } = applyEdits(codemod.id, path, oldText, wanted);
    const moved = output.moved?.get(path);
    if (edits.length === 0) files.push(bare(path, 'unchanged'));
    else
      files.push({
        ...{ path, status: 'changed', oldText, newText: text, edits },
        ...(moved && { moved: spansAfter(edits, moved) }),
      });
  }
  return files;
}

async function createdFiles(
  repository: Repository,
  output: CodemodOutput,
  crlf: boolean,
): Promise<FileChange[]> {
  const files: FileChange[] = [];
  for (const [path, text] of output.created) {
    repository.resolve(path);
    const newText = crlf ? text.replace(/\r?\n/g, '\r\n') : text;
    const present = await repository.read(path);
    if (present === null && !repository.skipped.has(path)) {
      files.push({ path, status: 'created', oldText: null, newText, edits: [] });
    } else if (present?.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n')) {
      files.push(bare(path, 'unchanged'));
    } else {
      throw new MigrateError(
        'FILE_EXISTS',
        `${path} is already there and is not the file this codemod would write.`,
        {
          hint: 'Rename or remove it, then run again. Nothing was written.',
        },
      );
    }
  }
  return files;
}

async function deletedFiles(
  codemod: Codemod,
  repository: Repository,
  output: CodemodOutput,
): Promise<FileChange[]> {
  const files: FileChange[] = [];
  for (const path of output.deleted) {
    repository.resolve(path);
    const oldText = await repository.read(path);
    if (oldText === null)
      throw defect('EDIT_OF_NO_FILE', `${codemod.id} deletes ${path}, which cannot be read.`);
    files.push({ path, status: 'deleted', oldText, newText: null, edits: [] });
  }
  return files;
}
