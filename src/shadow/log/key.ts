import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';

const BYTES = 32;

/**
 * The key of a repository's tags, made on first use: mode 0600, ignored by git. Whoever has it can test guesses
 * against a recording; who has only the recording cannot.
 *
 * @param folder the `.migrate` folder
 * @throws MigrateError REDACTION_KEY_INVALID when the file holds no key
 */
export function redactionKey(folder: string): Buffer {
  const path = join(folder, 'redaction.key');
  try {
    writeFileSync(path, `${randomBytes(BYTES).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new MigrateError('REDACTION_KEY_INVALID', '.migrate/redaction.key holds no key.', {
      hint: 'Delete it: a new one is made. Tags of older recordings then no longer match restored secrets.',
    });
  }
  chmodSync(path, 0o600);
  return Buffer.from(text, 'hex');
}
