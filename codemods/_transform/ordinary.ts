import type { API, FileInfo } from 'jscodeshift';
import { surroundingsOnDisk } from './surroundings.ts';
import { type Change, textAfter, workOn } from './work.ts';

/** A transform as jscodeshift runs it: `npx jscodeshift -t <file>`. */
export type Transform = (file: FileInfo, api: API) => string;

/**
 * Makes an ordinary jscodeshift transform of a change: what is left is told by `api.report`. Alone it sees one file and the
 * package.json above it, and writes that file only.
 */
export const ordinary =
  (change: Change): Transform =>
  (file, api) => {
    const work = workOn(change, file.path, file.source, api.jscodeshift, surroundingsOnDisk(file.path));
    for (const { line, column, reason, advice } of work.left)
      api.report(`left ${line}:${column} ${reason}${advice === undefined ? '' : ` (${advice})`}`);
    return textAfter(work);
  };

/** What a run over the whole repository adds to a change. */
export interface WholeRun {
  change: Change;
  /** Whether a module may be what the codemod is about: a test that replaces it by name keeps it everywhere. */
  about(module: string): boolean;
  /** Packages whose last use may go with the change. */
  packages?: readonly string[];
}
