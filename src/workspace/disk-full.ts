import { MigrateError } from '../model/errors.ts';

/**
 * A write that failed because the disk is full or read-only, or because a file stands where the folder of migrate's state would
 * be, in plain words (exit code 3); anything else as it is.
 */
export function diskFull(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  const where = path === undefined ? '' : ` for ${path}`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new MigrateError('DISK_FULL', `There is no room left on the disk${where}.`, {
      hint: 'Free some space and run the command again; a shadow run goes on with --resume.',
      cause: error,
    });
  if (code === 'EROFS')
    return new MigrateError('DISK_READ_ONLY', `The disk is read-only${where}.`, { cause: error });
  if ((code === 'EEXIST' || code === 'ENOTDIR') && /[\\/]\.migrate([\\/]|$)/.test(path ?? ''))
    return new MigrateError(
      'STATE_NOT_A_FOLDER',
      '.migrate is a file here, and migrate keeps its state in a folder of that name.',
      {
        hint: 'Move that file away, or give it another name where its own tool lets you.',
        cause: error,
      },
    );
  return error;
}
