import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where the bytes of a path really live: the target of a symbolic link, so that the link itself survives a rename. */
export function realTarget(absolute: string): string {
  try {
    return realpathSync(absolute);
  } catch {
    return absolute;
  }
}

const SUFFIX = '.migrate-tmp';

/** Removes what a crash during {@link writeFileAtomic} left beside `target`. */
export function removeTemporaries(target: string): void {
  const folder = dirname(target);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`.${basename(target)}.`) && name.endsWith(SUFFIX))
      rmSync(join(folder, name), { force: true });
  }
}

// Beside the target, so that the rename stays on one file system.
function writeTemporary(target: string, bytes: Uint8Array, mode?: number): string {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}${SUFFIX}`);
  const handle = openSync(temporary, 'w', mode);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    // `open` applies the umask; what the file had before is kept exactly.
    if (mode !== undefined) chmodSync(temporary, mode);
    fsyncSync(handle);
  } catch (error) {
    // A full disk must not stay full of what could not be finished.
    rmSync(temporary, { force: true });
    throw Object.assign(error as NodeJS.ErrnoException, { path: target });
  } finally {
    closeSync(handle);
  }
  return temporary;
}

/**
 * Replaces a file in one step: a reader or a crash sees the old bytes or the new ones. Keeps permission bits and
 * symbolic links; makes missing parent directories.
 *
 * @param absolute absolute path, already checked to be inside the repository
 * @param mode permission bits; default those of the file that is replaced
 */
export function writeFileAtomic(absolute: string, content: string | Uint8Array, mode?: number): void {
  mkdirSync(dirname(absolute), { recursive: true });
  const target = realTarget(absolute);
  const kept = mode ?? statSync(target, { throwIfNoEntry: false })?.mode;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const temporary = writeTemporary(target, bytes, kept === undefined ? undefined : kept & 0o7777);
  try {
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDirectory(dirname(target));
}

/** Makes renames and removals in a directory durable. Does nothing where directories cannot be opened (Windows). */
export function syncDirectory(directory: string): void {
  try {
    const handle = openSync(directory, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // Durability of the name only; the bytes themselves were synced.
  }
}
