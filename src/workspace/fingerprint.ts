import { createHash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** History, our own state and installed packages: what an application is without. */
const LEFT_OUT = new Set(['.git', '.migrate', 'node_modules', '.wrangler']);

/**
 * A short text that changes when a file, or any file of a folder, does: by names, sizes and times of modification, so
 * that a large folder costs no reading. `absent` where there is nothing.
 */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash('sha256');
  const add = async (file: string, name: string): Promise<void> => {
    const stats = await lstat(file);
    if (!stats.isDirectory()) {
      hash.update(`${name}\u0000${stats.size}\u0000${stats.mtimeMs}\u0000`);
      return;
    }
    for (const entry of (await readdir(file)).sort())
      if (!LEFT_OUT.has(entry)) await add(join(file, entry), `${name}/${entry}`);
  };
  try {
    await add(path, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
    throw error;
  }
  return hash.digest('hex').slice(0, 32);
}
