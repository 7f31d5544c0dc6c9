import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeSet, type FileChange } from '../../model/changeset.ts';
import { entries } from '../../workspace/journal.ts';
import type { Repository } from '../../workspace/repository.ts';
import { readState } from '../../workspace/state.ts';

/** What an earlier run of a codemod did to a repository and what is still so. */
export interface Earlier {
  journal: string;
  options: ChangeSet['options'];
  /** What it wrote and from what, file by file. */
  files: readonly FileChange[];
  /** The routes it was asked for, and those it took, `METHOD /path`. */
  asked: readonly string[];
  taken: readonly string[];
}

/**
 * The run that left an application in two frameworks: the newest that changed its file and was not taken back, as
 * `.migrate/evidence/changesets` keeps it.
 *
 * @returns null when no run that is kept there did
 */
export function earlierRun({ root }: Repository, codemod: string, path: string): Earlier | null {
  const folder = join(root, '.migrate', 'evidence', 'changesets');
  if (!existsSync(folder)) return null;
  const gone = takenBack(root);
  const sets = readdirSync(folder)
    .sort()
    .flatMap((name) => read(join(folder, name)) ?? [])
    .filter((set) => set.codemod === codemod && !gone.has(set.journal ?? ''));
  const own = sets.filter(({ files }) => files.some((file) => file.path === path && file.newText !== null));
  // Names tell the order up to a second.
  const found = own.findLast(({ journal }) => !own.some(({ continues }) => continues === journal));
  if (found?.journal === undefined) return null;
  const { journal, options, files, routes = [] } = found;
  const names = (some: typeof routes) => some.map(({ method, path: at }) => `${method} ${at}`);
  return {
    ...{ journal, options, files },
    asked: names(routes.filter((route) => route.asked !== false)),
    taken: names(routes.filter(({ world }) => world !== 'express')),
  };
}

/** Journal ids of changes that were undone. */
function takenBack(root: string): Set<string> {
  const undone = readState(root).flatMap(({ event, detail }) =>
    event === 'undone' ? [String(detail.journal)] : [],
  );
  const here = entries(root).filter(({ stage }) => stage !== 'committed');
  return new Set([...undone, ...here.map(({ id }) => id)]);
}

function read(file: string): ChangeSet | null {
  try {
    return ChangeSet.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    // Torn, or no change set.
    return null;
  }
}
