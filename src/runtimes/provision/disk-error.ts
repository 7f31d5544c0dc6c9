import { MigrateError } from '../../model/errors.ts';
import { cacheFolder } from './cache.ts';

/** A failure of the cache's file system in plain words; anything else as it is. */
export function diskError(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new MigrateError('DISK_FULL', `There is no room left on the disk for ${cacheFolder()}.`, {
      hint: 'Free some space, or point MIGRATE_CACHE at another disk.',
      cause: error,
    });
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) {
    return new MigrateError(
      'CACHE_NOT_WRITABLE',
      `The cache folder ${path ?? cacheFolder()} cannot be written.`,
      {
        hint: 'Point MIGRATE_CACHE at a folder you own.',
        cause: error,
      },
    );
  }
  return error;
}
