import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { MigrateError } from '../model/errors.ts';

// A hook or a wrapping `git` command exports these; they would point our commands at another repository.
const FOREIGN = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];

/** The environment of this process without what would point git at another repository. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of FOREIGN) delete env[name];
  return env;
}

/** Runs git and gives what it printed; whether it succeeded is for the caller to judge. */
export async function git(
  root: string,
  args: readonly string[],
): Promise<{ ok: boolean; out: string; err: string }> {
  const env: NodeJS.ProcessEnv = { ...gitEnvironment(), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  // Not execa: every command asks git, and loading execa takes as long as a whole short run (75 ms).
  return new Promise((resolve) => {
    execFile('git', [...args], { cwd: root, env, maxBuffer: 1024 ** 3 }, (error, out, err) =>
      resolve({ ok: error === null, out, err }),
    );
  });
}

/**
 * Whether `root` lies in a git work tree that does not ignore it. False when git is not installed.
 *
 * @throws MigrateError `GIT_REFUSED` when git is there but will not open the repository (ownership, a broken index).
 */
export async function isRepository(root: string): Promise<boolean> {
  const ignored = git(root, ['check-ignore', '--quiet', '.']);
  const inside = await git(root, ['rev-parse', '--is-inside-work-tree']);
  if (!inside.ok) {
    if (inside.err === '' || /not a git repository/i.test(inside.err)) return false;
    const line = inside.err.trim().split('\n')[0];
    throw new MigrateError('GIT_REFUSED', `git does not open ${root}: ${line}`, {
      hint: 'Run `git status` in that directory and follow what it says.',
    });
  }
  if (inside.out.trim() !== 'true') return false;
  return !(await ignored).ok;
}

/** Tracked files and untracked files that are not ignored, below `root` and relative to it, in git's order. */
export async function listFiles(root: string): Promise<string[]> {
  const result = await git(root, ['ls-files', '-coz', '--exclude-standard']);
  if (!result.ok) {
    throw new MigrateError(
      'GIT_REFUSED',
      `git cannot list the files of ${root}: ${result.err.trim().split('\n')[0]}`,
    );
  }
  return [...new Set(result.out.split('\0'))].filter((path) => path !== '');
}

/** Paths below `root` (relative to it) that differ from HEAD or are untracked, restricted to `paths` when given. */
export async function dirtyPaths(root: string, paths?: readonly string[]): Promise<string[]> {
  const only = paths && paths.length <= 500 ? paths.map((path) => `:(literal)${path}`) : ['.'];
  const status = await git(root, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
    '--',
    ...only,
  ]);
  const prefix = (await git(root, ['rev-parse', '--show-prefix'])).out.replace(/\n$/, '');
  const wanted = paths ? new Set(paths) : null;
  return status.out
    .split('\0')
    .filter((row) => row !== '')
    .map((row) => row.slice(3))
    .map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path))
    .filter((path) => wanted === null || wanted.has(path));
}

/** Untracked, unignored paths below `root`. */
export async function untracked(root: string): Promise<string[]> {
  const result = await git(root, ['ls-files', '-oz', '--exclude-standard']);
  return result.out.split('\0').filter((path) => path !== '');
}

/** The commit that is checked out, 40 or 64 hex digits; null before the first commit or outside git. */
export async function headSha(root: string): Promise<string | null> {
  const result = await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  return result.ok ? result.out.trim() : null;
}

/** Path from the top of the work tree to `root`, with `/` at its end; empty at the top. */
export async function pathPrefix(root: string): Promise<string> {
  return (await git(root, ['rev-parse', '--show-prefix'])).out.replace(/\n$/, '');
}

/**
 * SHA-256 over the committed files below `root`, without our own `.migrate`: the same in every clone, whatever the commits
 * are called. Null where there is no such commit.
 */
export async function treeHash(root: string, commit = 'HEAD'): Promise<string | null> {
  const listed = await git(root, ['ls-tree', '-r', '-z', commit, '.']);
  if (!listed.ok) return null;
  const rows = listed.out.split('\0').filter((row) => row !== '' && !/\t\.migrate\//.test(row));
  return createHash('sha256').update(rows.join('\0')).digest('hex');
}

/** {@link treeHash}, where there are no files but the committed ones: our own and installed packages do not count. */
export async function committedTree(root: string): Promise<string | null> {
  return (await foreignPaths(root)).length > 0 ? null : treeHash(root);
}

/** {@link dirtyPaths} without our own folder and installed packages. */
export const foreignPaths = async (root: string): Promise<string[]> =>
  (await dirtyPaths(root)).filter((path) => !/^(.*\/)?(\.migrate|node_modules)(\/|$)/.test(path));

/** The branch that is checked out, `refs/heads/main`; null when HEAD is on none. */
export async function branchOf(root: string): Promise<string | null> {
  const ref = await git(root, ['symbolic-ref', '--quiet', 'HEAD']);
  return ref.ok ? ref.out.trim() : null;
}

/** Who commits here, `Name <address>`; null when git was not told. */
export async function whoCommits(root: string): Promise<string | null> {
  const ident = await git(root, ['var', 'GIT_AUTHOR_IDENT']);
  return ident.ok ? ident.out.trim().replace(/ \d+ [+-]\d{4}$/, '') : null;
}

/** What git is in the middle of, in a word: `merge`, `rebase`, `cherry-pick`, `revert`, `bisect`; null when nothing. */
export async function underWay(root: string): Promise<string | null> {
  const marks: readonly (readonly [file: string, name: string])[] = [
    ...[['MERGE_HEAD', 'merge'] as const, ['rebase-merge', 'rebase'] as const],
    ...[['rebase-apply', 'rebase'] as const, ['CHERRY_PICK_HEAD', 'cherry-pick'] as const],
    ...[['REVERT_HEAD', 'revert'] as const, ['BISECT_LOG', 'bisect'] as const],
  ];
  const { out } = await git(root, ['rev-parse', ...marks.flatMap(([file]) => ['--git-path', file])]);
  const paths = out.split('\n');
  return marks.find((_, index) => existsSync(resolve(root, paths[index] ?? '')))?.[1] ?? null;
}
