import type { EntryPoint } from '../../model/inventory.ts';
import { isOfDevelopers } from '../readers/dockerfile.ts';

/**
 * Whether production calls functions that a manifest declares, and starts no program: no image and no Procfile does.
 * What a start script runs is then for developers.
 */
export const onlyFunctionsRun = (entryPoints: readonly EntryPoint[]): boolean =>
  entryPoints.some(({ kind }) => kind === 'function') &&
  !entryPoints.some(({ kind }) => kind === 'dockerfile' || kind === 'procfile');

/** Scripts that start a program for whoever works on it. */
const DEVELOPS = /(?:^|[:_-])(?:dev|develop|development|debug|local|watch|mock)(?:[:_-]|$)/;
const RUNS = /^(?:start|prod)/;

const isForDevelopers = ({ kind, name }: EntryPoint): boolean => kind === 'script' && DEVELOPS.test(name);
const isOfProduction = (entry: EntryPoint): boolean =>
  (entry.kind === 'dockerfile' && !isOfDevelopers(entry.location?.file ?? '')) ||
  entry.kind === 'procfile' ||
  (entry.kind === 'script' && RUNS.test(entry.name) && !isForDevelopers(entry));

/**
 * Entry points without those that only whoever works on a package starts: what production starts of the same package is
 * known. At the root of workspaces, which production starts nothing of, it is what it starts of one of them.
 *
 * @param folderOf the package that a source belongs to
 * @param serves whether a source loads a server: a program without one starts another, and tells nothing about it
 */
export function productionEntries(
  entryPoints: readonly EntryPoint[],
  folderOf: (source: string) => string | null,
  serves: (source: string) => boolean,
): EntryPoint[] {
  const known = entryPoints.flatMap((entry) =>
    isOfProduction(entry) && entry.source !== null ? [entry.source] : [],
  );
  const startsRoot = entryPoints.some(
    (entry) =>
      (isOfProduction(entry) || entry.kind === 'main') && entry.location?.file.includes('/') === false,
  );
  return entryPoints.filter((entry) => {
    const { source } = entry;
    if (source === null || !isForDevelopers(entry)) return true;
    const folder = folderOf(source);
    const beside = known.filter(
      (each) => folderOf(each) === folder || (folder === '' && !startsRoot && folderOf(each) !== null),
    );
    return !beside.some((each) => serves(each) || !serves(source));
  });
}
