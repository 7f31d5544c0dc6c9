import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StateEntry } from '../model/state.ts';
import { writeFileAtomic } from './atomic.ts';
import { resolveInside } from './repository.ts';

/** What git must not see of our folder. The plan, the log, answers and waivers are meant to be committed. */
const IGNORED = ['journal/', 'lock', 'lock.*', 'recordings/', 'redaction.key', 'runs/'];

/**
 * Absolute path of the repository's `.migrate` folder, made with its `.gitignore` when it is missing.
 *
 * @throws MigrateError `OUTSIDE_REPOSITORY` when `.migrate` is a link that leaves the repository
 */
export function stateFolder(root: string): string {
  const folder = resolveInside(root, '.migrate');
  mkdirSync(folder, { recursive: true });
  const ignore = join(folder, '.gitignore');
  const has = existsSync(ignore) ? readFileSync(ignore, 'utf8') : '';
  const missing = IGNORED.filter((line) => !has.split(/\r?\n/).includes(line));
  if (missing.length > 0) {
    const start = has === '' || has.endsWith('\n') ? has : `${has}\n`;
    writeFileAtomic(ignore, `${start}${missing.join('\n')}\n`);
  }
  return folder;
}

/** Adds one line to `.migrate/state.jsonl` and forces it to the disk. */
export function appendState(root: string, event: string, detail: Record<string, unknown>): StateEntry {
  const entry: StateEntry = { version: 1, at: new Date().toISOString(), event, detail };
  const file = join(stateFolder(root), 'state.jsonl');
  const torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
  const handle = openSync(file, 'a');
  try {
    // A crash may have torn the last line: ours must not be glued to it.
    writeSync(handle, `${torn ? '\n' : ''}${JSON.stringify(entry)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return entry;
}

/** Everything that was done here, oldest first. A torn line (a crash while it was written) is left out. */
export function readState(root: string): StateEntry[] {
  const file = join(root, '.migrate', 'state.jsonl');
  if (!existsSync(file)) return [];
  const entries: StateEntry[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      continue;
    }
    const entry = StateEntry.safeParse(value);
    if (entry.success) entries.push(entry.data);
  }
  return entries;
}
