import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import { makerLives } from '../workspace/alive.ts';
import { git, pathPrefix } from '../workspace/git.ts';

/** The folder of a worktree before there is one. */
const MADE_FOR = /^migrate-step-(\d+)-/;
const NAME = /(?:^|\/)(migrate-step-(\d+)-[^/]+)\/tree$/;
/** Of our own folder: what a step in a worktree does not need, or must not share. */
const OWN_LEFT_OUT = new Set(['journal', 'lock', 'runs', 'recordings']);

/** A commit checked out in scratch, with packages, environment files and our own folder as the user's has them. */
export interface Worktree {
  /** The project's folder in it. */
  root: string;
  drop(): Promise<void>;
}

/**
 * Checks a commit out beside the user's tree. No hook of the user runs for it.
 *
 * @throws MigrateError `GIT_REFUSED` (exit 3)
 */
export async function addWorktree(home: string, commit: string): Promise<Worktree> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `migrate-step-${process.pid}-`));
  const tree = join(folder, 'tree');
  const drop = () => dropWorktree(home, tree);
  try {
    const added = await git(home, [
      ...['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--quiet', '--detach', tree, commit],
    ]);
    if (!added.ok)
      throw new MigrateError(
        'GIT_REFUSED',
        `git cannot make a worktree: ${added.err.trim().split('\n').at(-1)}`,
      );
    const prefix = await pathPrefix(home);
    const root = join(tree, prefix);
    mkdirSync(root, { recursive: true });
    for (
      let up = prefix, [from, to] = [home, root];
      ;
      up = dirname(up), [from, to] = [dirname(from), dirname(to)]
    ) {
      const modules = join(from, 'node_modules');
      if (existsSync(modules) && !existsSync(join(to, 'node_modules')))
        symlinkSync(realpathSync(modules), join(to, 'node_modules'), 'junction');
      if (up === '' || up === '.') break;
    }
    bring(home, root);
    return { root, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** What git does not have and the application needs, and what we know of the repository. */
function bring(home: string, root: string): void {
  for (const name of readdirSync(home).filter((each) => each.startsWith('.env'))) {
    const [from, to] = [join(home, name), join(root, name)];
    if (!existsSync(to) && statSync(from).isFile()) copyFileSync(from, to);
  }
  const own = join(home, '.migrate');
  if (!existsSync(own)) return;
  rmSync(join(root, '.migrate'), { recursive: true, force: true });
  cpSync(own, join(root, '.migrate'), {
    recursive: true,
    filter: (path) => !(dirname(path) === own && OWN_LEFT_OUT.has(basename(path).split('.')[0] ?? '')),
  });
}

async function dropWorktree(home: string, tree: string): Promise<void> {
  await git(home, ['worktree', 'remove', '--force', '--force', tree]);
  rmSync(dirname(tree), { recursive: true, force: true });
  await git(home, ['worktree', 'prune']);
}

/** Removes the worktrees of runs that are gone. Call it inside `withLock`. */
export async function dropLeftWorktrees(home: string): Promise<void> {
  const { out } = await git(home, ['worktree', 'list', '--porcelain']);
  for (const line of out.split('\n')) {
    const tree = line.startsWith('worktree ') ? line.slice('worktree '.length) : '';
    const [, , pid] = NAME.exec(tree) ?? [];
    if (pid !== undefined && !makerLives(Number(pid), dirname(tree))) await dropWorktree(home, tree);
  }
  dropLeftFolders();
}

/** Folders of runs that were killed before git knew of them. What is not empty belongs to another repository. */
function dropLeftFolders(): void {
  const scratch = realpathSync(tmpdir());
  for (const name of readdirSync(scratch)) {
    const pid = MADE_FOR.exec(name)?.[1];
    const folder = join(scratch, name);
    if (pid === undefined || makerLives(Number(pid), folder)) continue;
    try {
      rmdirSync(folder);
    } catch {
      // Not empty, or gone meanwhile.
    }
  }
}
