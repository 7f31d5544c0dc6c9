import { MigrateError } from '../model/errors.ts';
import { dirtyPaths } from './git.ts';
import type { Repository } from './repository.ts';

/**
 * Refuses to write where git could not give back what was there. Our own `.migrate` folder does not count.
 *
 * @throws MigrateError (exit 3) `NOT_A_GIT_REPOSITORY`, `DIRTY_TREE`
 */
export async function requireCleanTree(repository: Repository): Promise<void> {
  if (!repository.git) {
    throw new MigrateError('NOT_A_GIT_REPOSITORY', `${repository.root} is not in a git repository.`, {
      hint: 'Run `git init` and commit first, or write anyway with --allow-dirty.',
    });
  }
  const dirty = (await dirtyPaths(repository.root)).filter((path) => !path.startsWith('.migrate/'));
  if (dirty.length === 0) return;
  const list = dirty.slice(0, 5).join(', ') + (dirty.length > 5 ? ` and ${dirty.length - 5} more` : '');
  throw new MigrateError('DIRTY_TREE', `git has uncommitted changes: ${list}.`, {
    hint: 'Commit or stash them first, or write anyway with --allow-dirty.',
  });
}
