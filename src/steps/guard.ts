import { MigrateError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { StateEntry } from '../model/state.ts';
import { changedSteps } from '../plan/compare.ts';
import { branchOf, dirtyPaths, git, headSha, treeHash, underWay } from '../workspace/git.ts';
import type { Repository } from '../workspace/repository.ts';

/** Where the user's tree stands: what a step starts from, and must find again when it is committed. */
export interface Standing {
  branch: string;
  head: string;
}

const MOST = 5;

/**
 * Refuses to start where a commit could not be made, or would hold more than the step.
 *
 * @throws MigrateError (exit 3) `NOT_A_GIT_REPOSITORY`, `NO_COMMIT`, `NO_BRANCH`, `GIT_UNDER_WAY`, `DIRTY_TREE`
 */
export async function requireStanding({
  root,
  git: isGit,
}: Pick<Repository, 'root' | 'git'>): Promise<Standing> {
  if (!isGit)
    throw new MigrateError(
      'NOT_A_GIT_REPOSITORY',
      `${root} is not in a git repository, and each step is a commit.`,
      {
        hint: 'Run `git init` and commit first.',
      },
    );
  const [head, branch, busy] = [await headSha(root), await branchOf(root), await underWay(root)];
  if (head === null)
    throw new MigrateError('NO_COMMIT', 'There is no commit yet to build on.', {
      hint: 'git add --all, then git commit.',
    });
  if (busy)
    throw new MigrateError('GIT_UNDER_WAY', `A ${busy} is under way.`, {
      hint: `Finish it, or git ${busy} --abort.`,
    });
  if (branch === null)
    throw new MigrateError('NO_BRANCH', 'HEAD is on no branch, so a commit would belong to none.', {
      hint: 'git switch --create <branch>',
    });
  const dirty = await foreignChanges(root);
  if (dirty.length > 0) {
    const list =
      dirty.slice(0, MOST).join(', ') + (dirty.length > MOST ? ` and ${dirty.length - MOST} more` : '');
    throw new MigrateError('DIRTY_TREE', `git has uncommitted changes: ${list}.`, {
      hint: 'Commit or stash them first.',
    });
  }
  return { branch, head };
}

/** Changes that are not ours to commit: everything but `.migrate`, and of that what is staged. */
async function foreignChanges(root: string): Promise<string[]> {
  const isOwn = (path: string) => path.startsWith('.migrate/');
  const staged = await git(root, ['diff', '--cached', '--name-only', '-z', '--no-renames']);
  const inIndex = staged.out.split('\0').filter((path) => path !== '');
  const changed = (await dirtyPaths(root)).filter((path) => !isOwn(path));
  return [...new Set([...changed, ...inIndex])];
}

/** @throws MigrateError (exit 3) `BRANCH_MOVED`, `DIRTY_TREE` where the tree is no longer what a step started from */
export async function requireSame(
  repository: Pick<Repository, 'root' | 'git'>,
  { branch, head }: Standing,
): Promise<void> {
  const now = await requireStanding(repository);
  if (now.branch === branch && now.head === head) return;
  const [from, to] = [head, now.head].map((sha) => sha.slice(0, 8));
  const what =
    now.branch === branch
      ? `${name(branch)} moved from ${from} to ${to}`
      : `${name(now.branch)} is checked out now, not ${name(branch)}`;
  throw new MigrateError('BRANCH_MOVED', `While the step was checked, ${what}; nothing was committed.`, {
    hint: 'Run it again: it starts from what is there now.',
  });
}

const name = (ref: string): string => ref.replace('refs/heads/', '');

/**
 * Refuses a plan whose open steps would be others if it were drawn now. Where the files are as the plan or the last step
 * left them nothing is read.
 *
 * @param redraw draws the plan again, for the same target
 * @throws MigrateError (exit 3) `PLAN_STALE`
 */
export async function requireCurrent(
  root: string,
  plan: Plan,
  log: readonly StateEntry[],
  redraw: () => Promise<Plan>,
): Promise<void> {
  const last = log.findLast(({ at, detail }) => at > plan.drawnAt && typeof detail.tree === 'string');
  const known = last?.detail.tree ?? plan.tree;
  if (known !== null && known === (await treeHash(root))) return;
  const changed = changedSteps(plan, await redraw(), log);
  if (changed.length === 0) return;
  throw new MigrateError(
    'PLAN_STALE',
    `The plan is older than the repository: ${changed[0]}${changed.length > 1 ? ` (and ${changed.length - 1} more)` : ''}.`,
    {
      hint: 'migrate plan --diff shows what is different, migrate plan --rebase draws it again.',
    },
  );
}
