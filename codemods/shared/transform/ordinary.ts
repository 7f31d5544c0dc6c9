import type { API, FileInfo } from 'jscodeshift';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import { type Manifest, type Surroundings, surroundingsOnDisk } from './surroundings.ts';
import { textAfter } from './text-after.ts';
import { type Change, workOn } from './work.ts';

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
  /** What has to be known of the whole repository first. */
  prepare?(input: CodemodInput, manifestOf: ManifestOf): Promise<Prepared>;
}

export type ManifestOf = (path: string) => Promise<Manifest | null>;

/** What is known of the whole repository, and what else than its files changes with it. */
export interface Prepared {
  around: Partial<Surroundings>;
  /** A package.json, with the paths of the files that changed. */
  rewrite(manifest: Manifest, text: string, changed: ReadonlySet<string>): string;
  /** Files beside a package.json that say what it now says. */
  deleted?(manifest: Manifest): string[];
  /** What is left to do where a package.json has changed. */
  next(manifest: Manifest): string[];
}
