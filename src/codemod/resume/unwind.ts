import type { FileChange } from '../../model/changeset.ts';
import type { Repository } from '../../workspace/repository.ts';
import { SOURCE_FILE } from '../../workspace/syntax/parse.ts';
import type { Earlier } from './earlier.ts';
import { type Change, changesOf, merge, withChanges } from './lines.ts';
import { sidesOf } from './sides.ts';

/** One file of an earlier run with what was done to it since. */
export interface Unwound {
  path: string;
  /** As it is now; null when it is not there. */
  current: string | null;
  /** As it would be without that run; null when it would not be there. */
  original: string | null;
  /** What the run wrote, with the changes since that are also in `original`. */
  written: string;
  /** The other changes since, made to `written`. */
  rest: readonly Change[];
  /** All changes since, made to what the run wrote. */
  since: readonly Change[];
}

/** What cannot be taken back: files that were made by the run and edited, and places where edits are in the way. */
export interface InTheWay {
  files: string[];
  places: string[];
}

/** Takes an earlier run back in memory, keeping what was changed since in code that it left as it was. */
export async function unwind(
  repository: Repository,
  { files }: Earlier,
): Promise<{ unwound: Unwound[]; inTheWay: InTheWay }> {
  const inTheWay: InTheWay = { files: [], places: [] };
  const unwound: Unwound[] = [];
  for (const found of files) {
    const file = { ...found, newText: found.made ?? found.newText };
    // What a manifest got stays in it: a later run adds to that.
    if (/\.json$/.test(file.path) && before(file) !== null) continue;
    const current = await repository.read(file.path);
    if (file.newText === null || before(file) === null || current === null) {
      if (current === file.newText || (current === null && before(file) === null))
        unwound.push({
          ...{ path: file.path, current, original: before(file), written: file.newText ?? '' },
          ...{ rest: [], since: [] },
        });
      else inTheWay.files.push(file.path);
      continue;
    }
    const back = takeBack({ ...file, newText: file.newText }, before(file) ?? '', current);
    if ('conflicts' in back) inTheWay.places.push(...placesIn(file.path, back.conflicts));
    else unwound.push(back);
  }
  return { unwound, inTheWay };
}

/** `src/app.js:12` for each change. */
export const placesIn = (path: string, changes: readonly Change[]): string[] =>
  changes.map(({ at }) => `${path}:${at + 1}`);

/** The text of a file before the codemod first changed it. */
const before = ({ original, oldText }: FileChange): string | null =>
  original === undefined ? oldText : original;

function takeBack(
  file: FileChange & { newText: string },
  old: string,
  current: string,
): Unwound | { conflicts: Change[] } {
  if (!SOURCE_FILE.test(file.path) && current !== file.newText)
    return { conflicts: changesOf(file.newText, current) };
  const { stay, written: rest, both } = sidesOf(file, current);
  if (both.length > 0) return { conflicts: both };
  const original = merge(file.newText, stay, old);
  if ('conflicts' in original) return original;
  const written = withChanges(file.newText, stay);
  return {
    ...{ path: file.path, current, original: original.text, written },
    rest: rest.length === 0 ? [] : changesOf(written, current),
    since: [...stay, ...rest],
  };
}
