import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { JournalEntry, type JournalFile, type JournalStage } from '../model/state.ts';
import { realTarget, removeTemporaries, syncDirectory, writeFileAtomic } from './atomic.ts';
import { isInside } from './files.ts';
import { resolveInside } from './repository.ts';
import { stateFolder } from './state.ts';

/** One file to write. `before` is what the caller read (null: no such file), `after` null deletes it. */
export interface PlannedWrite {
  path: string;
  before: string | Uint8Array | null;
  after: string | Uint8Array | null;
  /** Permission bits of a file that is made. */
  mode?: number;
}

export interface ApplyOptions {
  /** What is done, for people: `codemod express-to-hono`. */
  label: string;
  signal?: AbortSignal;
  /** Told before each step that touches the disk: `prepare`, `write <path>`, `commit`. */
  onStep?(step: string): void;
  /** The commit that the written files are to be committed on. */
  base?: string;
  /** What must succeed for the files to stay: they are written, and not yet counted as done. */
  within?(entry: JournalEntry): Promise<JournalEntry>;
}

const bytesOf = (content: string | Uint8Array | null): Uint8Array | null =>
  typeof content === 'string' ? Buffer.from(content, 'utf8') : content;

const hash = (content: Uint8Array | null): string | null =>
  content === null ? null : createHash('sha256').update(content).digest('hex');

/**
 * Applies writes all or nothing. Bytes before and after go to `.migrate/journal/<id>/` first; each file is then
 * replaced by an atomic rename. An error or an abort on the way restores every byte before it is thrown; a crash is
 * repaired by {@link recover}. Call it inside `withLock`.
 *
 * @throws MigrateError `CHANGED_SINCE` when a file is no longer what the caller read, `OUTSIDE_REPOSITORY`, or the signal's reason
 */
export async function applyWrites(
  root: string,
  writes: readonly PlannedWrite[],
  options: ApplyOptions,
): Promise<JournalEntry> {
  const { signal, onStep } = options;
  const stale = writes.filter((write) => hash(current(root, write.path)) !== hash(bytesOf(write.before)));
  if (stale.length > 0) throw changedSince(stale.map((write) => write.path));

  onStep?.('prepare');
  let entry = prepare(root, writes, options);
  let isWithin = false;
  try {
    for (const [index, file] of entry.files.entries()) {
      // Signals are delivered between turns of the event loop.
      await new Promise((resume) => setImmediate(resume));
      signal?.throwIfAborted();
      onStep?.(`write ${file.path}`);
      put(root, file, stored(root, entry.id, 'after', index, file.after));
    }
    await new Promise((resume) => setImmediate(resume));
    signal?.throwIfAborted();
    onStep?.('commit');
    isWithin = options.within !== undefined;
    if (options.within) entry = await options.within(entry);
    return setStage(root, entry, 'committed');
  } catch (error) {
    // What runs within may have changed our files again: that is put aside, not left between.
    restore(root, entry, 'rolled-back', isWithin);
    throw error;
  }
}

function prepare(root: string, writes: readonly PlannedWrite[], { label, base }: ApplyOptions): JournalEntry {
  const id = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}-${randomBytes(3).toString('hex')}`;
  const folder = entryFolder(root, id);
  mkdirSync(join(folder, 'before'), { recursive: true });
  mkdirSync(join(folder, 'after'), { recursive: true });
  const made = new Set<string>();
  const files = writes.map((write, index): JournalFile => {
    const absolute = resolveInside(root, write.path);
    const before = current(root, write.path);
    const after = bytesOf(write.after);
    if (before) writeFileAtomic(join(folder, 'before', String(index)), before);
    if (after) writeFileAtomic(join(folder, 'after', String(index)), after);
    if (after) for (const directory of missingParents(root, absolute)) made.add(directory);
    const file: JournalFile = { path: write.path, before: hash(before), after: hash(after) };
    if (before) file.mode = statSync(absolute).mode & 0o7777;
    else if (write.mode !== undefined) file.mode = write.mode;
    // Removing a link removes only the link; undoing that makes the link again.
    if (before && !after && lstatSync(absolute).isSymbolicLink()) file.link = readlinkSync(absolute);
    return file;
  });
  const entry: JournalEntry = {
    schema: 'migrate/journal',
    version: 1,
    ...{ id, label, at: new Date().toISOString(), stage: 'prepared', files, madeDirectories: [...made] },
    ...(base !== undefined && { base }),
  };
  return setStage(root, entry, 'prepared');
}

function missingParents(root: string, absolute: string): string[] {
  const missing: string[] = [];
  for (
    let folder = dirname(absolute);
    isInside(root, folder) && !existsSync(folder);
    folder = dirname(folder)
  ) {
    missing.unshift(relative(root, folder));
  }
  return missing;
}

/** Repairs what a crash left: every change that was not finished is taken back (an unfinished undo is finished). */
export function recover(root: string): JournalEntry[] {
  const repaired: JournalEntry[] = [];
  for (const id of unprepared(root)) rmSync(entryFolder(root, id), { recursive: true, force: true });
  for (const entry of entries(root)) {
    if (entry.stage === 'prepared') repaired.push(restore(root, entry, 'rolled-back'));
    else if (entry.stage === 'undoing') repaired.push(restore(root, entry, 'undone'));
  }
  return repaired;
}

/** Whether {@link recover} has something to do. */
export const needsRecovery = (root: string): boolean =>
  unprepared(root).length > 0 ||
  entries(root).some((entry) => entry.stage === 'prepared' || entry.stage === 'undoing');

/**
 * Restores the bytes from before a change. Without `id`: the last change that was not undone. Call it inside `withLock`.
 *
 * @throws MigrateError (exit 3) `NOTHING_TO_UNDO`, `NO_SUCH_CHANGE`, `ALREADY_UNDONE`, `CHANGED_SINCE`
 */
export function undo(root: string, id?: string): JournalEntry {
  const all = entries(root);
  const entry = id ? all.find((one) => one.id === id) : all.findLast((one) => one.stage === 'committed');
  if (!entry && id) {
    throw new MigrateError('NO_SUCH_CHANGE', `There is no change ${id} in .migrate/journal.`, {
      hint: 'Run `migrate undo --list` for the changes that can be undone.',
    });
  }
  if (!entry) throw new MigrateError('NOTHING_TO_UNDO', 'There is no applied change to undo here.');
  if (entry.stage !== 'committed') {
    throw new MigrateError('ALREADY_UNDONE', `The change ${entry.id} is not applied (${entry.stage}).`);
  }
  const stale = entry.files.filter((file) => hash(current(root, file.path)) !== file.after);
  if (stale.length > 0) throw changedSince(stale.map((file) => file.path));
  setStage(root, entry, 'undoing');
  return restore(root, entry, 'undone');
}

/** Folders of changes that never got prepared: no file was touched yet. */
function unprepared(root: string): string[] {
  const folder = join(root, '.migrate', 'journal');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((id) => !existsSync(join(folder, id, 'entry.json')));
}

/** All journalled changes, oldest first. */
export function entries(root: string): JournalEntry[] {
  const folder = join(root, '.migrate', 'journal');
  if (!existsSync(folder)) return [];
  const found: JournalEntry[] = [];
  for (const id of readdirSync(folder).sort()) {
    try {
      found.push(JournalEntry.parse(JSON.parse(readFileSync(join(folder, id, 'entry.json'), 'utf8'))));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        throw new MigrateError('BROKEN_JOURNAL', `.migrate/journal/${id}/entry.json cannot be read.`, {
          hint: 'The bytes from before that change are in the `before` folder beside it.',
          cause: error,
        });
      }
    }
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function restore(root: string, entry: JournalEntry, stage: JournalStage, aside = false): JournalEntry {
  for (const [index, file] of entry.files.entries()) {
    removeTemporaries(realTarget(resolveInside(root, file.path)));
    const now = hash(current(root, file.path));
    // Bytes that are neither ours nor the old ones were written by someone after the crash: they are not ours to lose.
    const isForeign = now !== file.after && now !== file.before;
    if (isForeign && aside) {
      const found = join(entryFolder(root, entry.id), 'found', String(index));
      writeFileAtomic(found, current(root, file.path) ?? new Uint8Array());
    }
    if (now !== file.before && (aside || !isForeign))
      put(root, file, stored(root, entry.id, 'before', index, file.before));
  }
  for (const directory of [...entry.madeDirectories].reverse()) {
    try {
      rmdirSync(join(root, directory));
    } catch {
      // Not empty: somebody else put a file there.
    }
  }
  return setStage(root, entry, stage);
}

function put(root: string, file: JournalFile, bytes: Uint8Array | null): void {
  const absolute = resolveInside(root, file.path);
  if (bytes === null) {
    rmSync(absolute, { force: true });
    syncDirectory(dirname(absolute));
  } else if (file.link !== undefined && !existsSync(absolute)) {
    symlinkSync(file.link, absolute);
  } else writeFileAtomic(absolute, bytes, file.mode);
}

function stored(
  root: string,
  id: string,
  side: 'before' | 'after',
  index: number,
  expected: string | null,
): Uint8Array | null {
  if (expected === null) return null;
  const bytes = readFileSync(join(entryFolder(root, id), side, String(index)));
  if (hash(bytes) === expected) return bytes;
  throw new MigrateError('BROKEN_JOURNAL', `.migrate/journal/${id}/${side}/${index} is damaged.`);
}

function current(root: string, path: string): Uint8Array | null {
  const absolute = realTarget(resolveInside(root, path));
  return existsSync(absolute) ? readFileSync(absolute) : null;
}

/** Writes down where a change stands. */
export function setStage(root: string, entry: JournalEntry, stage: JournalStage): JournalEntry {
  const next = { ...entry, stage };
  writeFileAtomic(join(entryFolder(root, entry.id), 'entry.json'), `${JSON.stringify(next, null, 2)}\n`);
  return next;
}

/** Where a change is journalled. */
export const entryFolder = (root: string, id: string): string => join(stateFolder(root), 'journal', id);

/** A change whose files are what they are now: what a commit hook made of them is part of it. */
export function adopt(root: string, entry: JournalEntry): JournalEntry {
  const files = entry.files.map((file, index) => {
    const bytes = current(root, file.path);
    const after = hash(bytes);
    if (after === file.after) return file;
    if (bytes) writeFileAtomic(join(entryFolder(root, entry.id), 'after', String(index)), bytes);
    return { ...file, after };
  });
  return { ...entry, files };
}

/** What takes a change back, file by file. */
export const inverse = (root: string, { id, files }: JournalEntry): PlannedWrite[] =>
  files.map((file, index) => ({
    path: file.path,
    before: stored(root, id, 'after', index, file.after),
    after: stored(root, id, 'before', index, file.before),
    ...(file.mode !== undefined && { mode: file.mode }),
  }));

function changedSince(paths: readonly string[]): MigrateError {
  const list = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '');
  return new MigrateError('CHANGED_SINCE', `Changed since and therefore left alone: ${list}.`, {
    hint: 'Nothing was written. Commit or take back those changes, then run again.',
  });
}
