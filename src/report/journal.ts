import type { JournalEntry } from '../model/state.ts';
import type { Io } from './io.ts';

const count = (entry: JournalEntry): string =>
  `${entry.files.length} ${entry.files.length === 1 ? 'file' : 'files'}`;

export function printJournal(io: Io, changes: readonly JournalEntry[]): void {
  if (changes.length === 0) io.line('No change was applied here yet.');
  for (const entry of changes) {
    const stage = entry.stage === 'committed' ? io.colors.green('applied') : io.colors.dim(entry.stage);
    io.line(`${entry.id}  ${entry.label}  ${count(entry)}  ${stage}`);
  }
}

export function printUndone(io: Io, entry: JournalEntry): void {
  io.line(`Undone: ${entry.label} (${entry.id}), ${count(entry)} restored.`);
  for (const file of entry.files)
    io.line(`  ${file.path}${file.before === null ? io.colors.dim('  removed') : ''}`);
}

/** @param entry what was restored; null for a step that had changed no file */
export function printStepUndone(
  io: Io,
  step: string,
  entry: JournalEntry | null,
  commit: string | null,
): void {
  io.line(`Undone: ${step}${entry ? `, ${count(entry)} restored` : '; it is open again'}.`);
  for (const file of entry?.files ?? [])
    io.line(`  ${file.path}${file.after === null ? io.colors.dim('  removed') : ''}`);
  if (commit) io.line(`Committed ${commit.slice(0, 8)}.`);
}
