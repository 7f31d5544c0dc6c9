import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { StateEntry } from '../model/state.ts';
import { writeFileAtomic } from './atomic.ts';
import { DEPENDENCY_FIELDS, parsePackageJson } from './package-json.ts';
import { resolveInside } from './repository.ts';

/** What git must not see of our folder. The plan, the log, answers and waivers are meant to be committed. */
const IGNORED = ['journal/', 'lock', 'lock.*', 'recordings/', 'redaction.key', 'runs/'];

/**
 * Absolute path of the repository's `.migrate` folder, made with its `.gitignore` when it is missing.
 *
 * @throws MigrateError `OUTSIDE_REPOSITORY` when `.migrate` is a link that leaves the repository, `STATE_OF_ANOTHER` when it would
 * be made where the package `migrate` keeps a file of that name
 */
export function stateFolder(root: string): string {
  const folder = resolveInside(root, '.migrate');
  if (!existsSync(folder) && usesNodeMigrate(root))
    throw new MigrateError(
      'STATE_OF_ANOTHER',
      'The package `migrate`, which package.json names, keeps its state in a file .migrate: a folder of that name would stop it.',
      {
        hint: 'Where it has another file (its --store or stateStore), or never runs in this folder, make the folder .migrate and run this again.',
      },
    );
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

/** Whether the manifest names node-migrate, whose `FileStore` is a file `.migrate` unless it is told otherwise. Source: its lib/file-store.js, bin/migrate. */
function usesNodeMigrate(root: string): boolean {
  try {
    const manifest = parsePackageJson(root, 'optional');
    return DEPENDENCY_FIELDS.some((field) => Object.hasOwn(manifest[field], 'migrate'));
  } catch {
    // A manifest that cannot be read is told where it is needed.
    return false;
  }
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
