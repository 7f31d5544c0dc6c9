import type { ParsedFile } from '../../../src/workspace/syntax/parse.ts';

/** The files of an application as the entry of a Worker loads them. */
export interface WorkerFiles {
  /** Files that register on it and that its own file does not load, but for those that another of them loads. */
  beside: readonly string[];
  /** All that is loaded with these and with its own file. */
  loaded: ReadonlySet<string>;
}

/** Whether a file runs in a Worker: what starts the application elsewhere is there for Node as before. */
export const isInWorker = (
  { options: { worker } }: { options: { worker?: WorkerFiles } },
  { path }: ParsedFile,
): boolean => worker?.loaded.has(path) === true;
