import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { git, pathPrefix } from '../workspace/git.ts';
import type { PlannedWrite } from '../workspace/journal.ts';

/** What a step makes of the files, to be written to the user's folder as it is here. */
export interface Proposal {
  /** As `git apply` reads it; empty when nothing changes. */
  patch: string;
  /** SHA-256 of the patch. */
  hash: string;
  writes: readonly PlannedWrite[];
}

/** Not part of a change: our own folder, and packages, which a link stands for. */
const NOT_OURS = [
  ':(top,exclude,glob)**/.migrate/**',
  ':(top,exclude,glob)**/node_modules',
  ':(top,exclude,glob)**/node_modules/**',
];

/** Paths below a worktree's folder that are not as in a commit. */
export async function changedAgainst(root: string, commit: string): Promise<string[]> {
  await git(root, ['add', '--all', '--', ':/', ...NOT_OURS]);
  const args = ['diff', '--cached', '--name-only', '--relative', '-z', '--no-renames', commit, '--', '.'];
  const { out } = await git(root, [...args, ...NOT_OURS]);
  return out.split('\0').filter((path) => path !== '');
}

/**
 * What was changed in a worktree, held against the user's folder.
 *
 * @param written files that an action says it wrote: git must take them up
 * @throws MigrateError `OUTSIDE_FOLDER`, `IGNORED_FILE` (exit 3)
 */
export async function proposalOf(home: string, root: string, written: readonly string[]): Promise<Proposal> {
  await git(root, ['add', '--all', '--', ':/', ...NOT_OURS]);
  const names = await git(root, ['diff', '--cached', '--name-only', '-z', '--no-renames', 'HEAD']);
  const { out: patch } = await git(root, [
    'diff',
    '--cached',
    '--binary',
    '--no-renames',
    '--no-color',
    '--no-ext-diff',
    'HEAD',
  ]);
  const prefix = await pathPrefix(root);
  const all = names.out.split('\0').filter((path) => path !== '');
  const outside = all.find((path) => !path.startsWith(prefix));
  if (outside !== undefined)
    throw new MigrateError('OUTSIDE_FOLDER', `The step changes ${outside}, which is outside of ${prefix}.`, {
      hint: 'Plan the folder that holds both, or make that change by hand and skip the step.',
    });
  const paths = all.map((path) => path.slice(prefix.length));
  const ignored = written.find(
    (path) => existsSync(join(root, path)) && !paths.includes(path) && !isSame(home, root, path),
  );
  if (ignored !== undefined)
    throw new MigrateError('IGNORED_FILE', `The step writes ${ignored}, which git ignores here.`, {
      hint: 'Take it out of .gitignore, or the commit would not hold the whole step.',
    });
  const writes = paths.map((path): PlannedWrite => {
    const file = join(root, path);
    const after = bytesOf(file);
    return {
      path,
      before: bytesOf(join(home, path)),
      after,
      ...(after && { mode: statSync(file).mode & 0o7777 }),
    };
  });
  return { patch, writes, hash: createHash('sha256').update(patch).digest('hex') };
}

const bytesOf = (file: string): Uint8Array | null => (existsSync(file) ? readFileSync(file) : null);

const isSame = (home: string, root: string, path: string): boolean =>
  Buffer.compare(
    bytesOf(join(home, path)) ?? Buffer.alloc(0),
    bytesOf(join(root, path)) ?? Buffer.alloc(0),
  ) === 0;
