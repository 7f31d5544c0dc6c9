import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { digestFile } from '../../workspace/digest.ts';

/** Files of a copy with their SHA-256, without packages; with `before`, only those that are not as they were then. */
export async function snapshot(
  root: string,
  before?: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === 'node_modules') continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) {
        const name = relative(root, path).split(sep).join('/');
        seen.add(name);
        const hash = await digestFile(path);
        if (before?.get(name) !== hash) found.set(name, hash);
      }
    }
  };
  await visit(root);
  for (const name of before?.keys() ?? [])
    if (!found.has(name) && !before?.has(name)) found.set(name, 'gone');
  return found;
}
