import { at } from '../../model/at.ts';
import type { ChangeSet, FileChange, LeftForYou } from '../../model/changeset.ts';
import { MigrateError } from '../../model/errors.ts';
import type { Location } from '../../model/location.ts';
import type { Repository } from '../../workspace/repository.ts';
import type { Codemod } from '../contract.ts';
import { gate } from '../gate.ts';
import { type RunRequest, runCodemod } from '../runner.ts';
import { type Earlier, earlierRun } from './earlier.ts';
import { type Change, changesOf, merge } from './lines.ts';
import { namesLost, othersLost, type Rewritten } from './lost.ts';
import { placesIn, type Unwound, unwind } from './unwind.ts';

/** Places shown of those in the way. */
const MOST = 5;

/**
 * Runs a codemod, also where an earlier run of it left an application in two frameworks: that run is taken back in memory,
 * with what was edited since kept, and the codemod runs on what was there before, asked for what was taken and what is
 * asked for now. What is proposed is the difference to the files as they are.
 *
 * @throws MigrateError `EDITED_SINCE` (exit 3) where edits since then are in the way, naming them; and as `runCodemod`
 */
export async function runOrGoOn(codemod: Codemod, request: RunRequest): Promise<ChangeSet> {
  const found = await runCodemod(codemod, request);
  const [path, ...more] = found.unfinished ?? [];
  if (path === undefined) return found;
  const runs = [path, ...more].map((each) => earlierRun(request.repository, codemod.id, each));
  const [earlier] = runs;
  if (earlier === undefined || earlier === null || runs.some((each) => each?.journal !== earlier.journal))
    return withoutEarlier(codemod, found);
  return goOn(codemod, request, earlier);
}

/** Nothing is known of the run that divided an application. */
function withoutEarlier({ id }: Codemod, found: ChangeSet): ChangeSet {
  const left = (found.unfinished ?? []).map(
    (file): LeftForYou => ({
      ...{ file, line: 1, column: 1, codemod: id, rule: 'resume', blocks: true },
      reason:
        'it was divided by an earlier run that .migrate/evidence/changesets does not hold: to take more of it over, take that change back in git and run this for the routes of both',
    }),
  );
  return { ...found, leftForYou: [...found.leftForYou, ...left] };
}

async function goOn(codemod: Codemod, request: RunRequest, earlier: Earlier): Promise<ChangeSet> {
  const { repository } = request;
  const { unwound, inTheWay } = await unwind(repository, earlier);
  refuse(inTheWay.files, inTheWay.places);
  const overlay = asBefore(repository, unwound);
  const again = await runCodemod(codemod, {
    ...request,
    ...{
      repository: overlay,
      paths: request.paths.filter((path) => overlay.has(path)),
      earlier,
    },
    options: { ...optionsOf(codemod, earlier), ...request.options },
  });
  refuseBack(again, earlier);
  const texts = new Map(again.files.map((file) => [file.path, file]));
  const files: FileChange[] = [];
  const rewritten: Rewritten[] = [];
  const places: string[] = [];
  for (const file of unwound) {
    const change = again.files.find(
      ({ path, newText, status }) => path === file.path && (newText !== null || status === 'deleted'),
    );
    const made = change === undefined ? file.original : change.newText;
    const merged = onto(file, made);
    if (typeof merged === 'object' && merged !== null) places.push(...placesIn(file.path, merged.conflicts));
    else {
      files.push(changed(file, change, made, merged));
      rewritten.push({ file, made, text: merged ?? '' });
    }
    texts.delete(file.path);
  }
  refuse([], places);
  const lost = rewritten.flatMap((each) => placesIn(each.file.path, namesLost(each, rewritten)));
  refuse([], [...lost, ...(await othersLost(repository, rewritten))]);
  const { length: considered } = request.paths;
  const all = [...files, ...texts.values()];
  const isSame = all.every(({ oldText, newText }) => oldText === newText);
  const here = (location: Location) => inCurrent(unwound, location);
  return {
    ...again,
    ...{ considered, continues: earlier.journal, files: all, next: isSame ? [] : again.next },
    outcomes: again.outcomes.map((each) => ({ ...each, ...here(each) })),
    leftForYou: again.leftForYou.map((each) => ({ ...each, ...here(each) })),
  };
}

/** What the earlier run was given, but for the routes it was asked for. */
const optionsOf = ({ options }: Codemod, earlier: Earlier): RunRequest['options'] =>
  Object.fromEntries(
    options.flatMap(({ name, repeat }) => {
      const value = earlier.options[name];
      return repeat || (typeof value !== 'string' && typeof value !== 'boolean') ? [] : [[name, value]];
    }),
  );

/** The repository as it would be without the earlier run. */
function asBefore(repository: Repository, unwound: readonly Unwound[]): Repository {
  const texts = new Map(unwound.map(({ path, original }) => [path, original]));
  const files = repository.files.filter((path) => texts.get(path) !== null);
  const back = unwound.filter(({ path, original }) => original !== null && !repository.has(path));
  const all = [...files, ...back.map(({ path }) => path)].sort();
  const known = new Set(all);
  return {
    ...repository,
    files: all,
    has: (path) => known.has(path),
    read: async (path) => {
      const text = texts.get(path);
      return text === undefined ? repository.read(path) : text;
    },
  };
}

/** What the second run makes of a file, with the changes since the first one that are in what that wrote. */
function onto(
  { path, current, written, rest }: Unwound,
  made: string | null,
): string | null | { conflicts: readonly Change[] } {
  if (rest.length === 0) return made;
  if (made === null) return { conflicts: rest };
  const merged = merge(written, rest, made);
  if ('conflicts' in merged) return merged;
  return gate(path, current, merged.text) === null ? merged.text : { conflicts: rest };
}

function changed(
  { path, current, original }: Unwound,
  change: FileChange | undefined,
  made: string | null,
  newText: string | null,
): FileChange {
  const [is, was] = [newText !== null, current !== null];
  const status = current === newText ? 'unchanged' : !was ? 'created' : is ? 'changed' : 'deleted';
  return {
    ...{ path, status, oldText: current, newText, original, edits: change?.edits ?? [] },
    ...(made !== null && made !== newText && { made }),
    ...(change?.moved && { moved: change.moved }),
  };
}

/** @throws MigrateError `EDITED_SINCE` when there is something in the way */
function refuse(files: readonly string[], places: readonly string[]): void {
  const list = (all: readonly string[]) =>
    all.slice(0, MOST).join(', ') + (all.length > MOST ? ` and ${all.length - MOST} more` : '');
  if (files.length > 0)
    throw new MigrateError(
      'EDITED_SINCE',
      `The earlier run wrote or deleted ${list(files)}, and that is not as it left it.`,
      {
        hint: `Put ${files.length === 1 ? 'it' : 'them'} back (git stash), run again, and make the edits anew. Nothing was written.`,
      },
    );
  if (places.length > 0)
    throw new MigrateError(
      'EDITED_SINCE',
      `Edited since the earlier run, in what it wrote and this one writes otherwise: ${list(places)}.`,
      {
        hint: 'Take those edits out (git stash), run again, and make them on the new text. Nothing was written.',
      },
    );
}

/** @throws MigrateError `NOT_TAKEN_AGAIN` when a route that is taken over would go back */
function refuseBack({ routes = [], leftForYou }: ChangeSet, { taken }: Earlier): void {
  const back = routes.filter(
    ({ world, method, path }) => world === 'express' && taken.includes(`${method} ${path}`),
  );
  const [first] = back;
  if (first === undefined) return;
  const names = back.slice(0, MOST).map(({ method, path }) => `${method} ${path}`);
  const [left] = leftForYou;
  const reason = first.reason ?? (left && `${left.reason}, ${at(left)}`);
  const more = back.length > MOST ? ` and ${back.length - MOST} more` : '';
  throw new MigrateError(
    'NOT_TAKEN_AGAIN',
    `${names.join(', ')}${more} would go back: what was edited since the earlier run keeps ${back.length === 1 ? 'it' : 'them'} in Express${reason ? ` (${reason})` : ''}.`,
    { hint: 'Change what keeps it there, and run again. Nothing was written.' },
  );
}

/** Where a place of the text without the earlier run is now. */
function inCurrent(unwound: readonly Unwound[], { file, line }: Location): { line?: number } {
  const found = unwound.find(({ path }) => path === file);
  if (found === undefined || found.current === null || found.original === null) return {};
  const before = changesOf(found.original, found.current).filter(({ end }) => end < line);
  return { line: before.reduce((sum, { start, end, lines }) => sum + lines.length - (end - start), line) };
}
