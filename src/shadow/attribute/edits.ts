import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeSet, type Edit, type FileChange, type LeftOut } from '../../model/changeset.ts';
import type { Cell, OwningEdit } from '../../model/comparison.ts';
import type { Location } from '../../model/location.ts';
import { concerns, nameOf } from './concerns.ts';
import { type Expected, expectedBy } from './left-out.ts';
import { canHaveSent, functionAt, offsetOf, passedBy, type RouteCode } from './reached.ts';

/** Files that a codemod changed and that are still so. */
export interface Changes {
  sets: number;
  files: readonly ChangedFile[];
  /** Behaviours they left out on purpose. */
  leftOut?: readonly LeftOut[];
}

interface ChangedFile extends FileChange {
  /** Its text is still the codemod's, so that places in it can be pointed at. */
  untouched: boolean;
}

/** Edits shown for one cell. */
const MOST = 6;

/**
 * The change sets applied to an application, from its `.migrate/evidence/changesets/`. Files whose text is again the
 * one before (an undone change) do not count, nor does a set that a later one made again with more.
 */
export function readChanges(dir: string): Changes {
  const found = setsIn(dir).map((set) => ({ set, files: standing(dir, set) }));
  const sets = found.filter(({ set, files }) => files.length > 0 && !isTakenBack(dir, set));
  const replaced = new Set(sets.map(({ set }) => set.continues));
  const current = sets.filter(({ set }) => set.journal === undefined || !replaced.has(set.journal));
  return {
    sets: current.length,
    files: current.flatMap(({ files }) => files),
    leftOut: current.flatMap(({ set, files }) =>
      (set.leftOut ?? []).flatMap((each) => {
        const places = each.places.filter((place) => files.some(({ path }) => path === place.file));
        return places.length > 0 ? [{ ...each, places }] : [];
      }),
    ),
  };
}

/** The change sets of a folder, oldest first. One that is torn or foreign names no edit. */
function setsIn(dir: string): ChangeSet[] {
  const folder = join(dir, '.migrate', 'evidence', 'changesets');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().flatMap((name) => {
    try {
      return ChangeSet.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).data ?? [];
    } catch {
      return [];
    }
  });
}

/** Files of a change set that are not as they were before it, with the text that its edits are of. */
const standing = (dir: string, { files }: ChangeSet): ChangedFile[] =>
  files.flatMap((file): ChangedFile[] => {
    const { original = file.oldText, made: newText = file.newText } = file;
    const text = textOf(join(dir, file.path));
    if (file.edits.length === 0 || original === null || text === null || isBack(file, text)) return [];
    return [{ ...file, oldText: original, newText, untouched: text === newText }];
  });

const isBack = ({ oldText, newText }: FileChange, text: string | null): boolean =>
  text === oldText && oldText !== newText;

/** A set that made an earlier one again stands as a whole or not at all. */
const isTakenBack = (dir: string, { files, continues }: ChangeSet): boolean =>
  continues !== undefined && files.some((file) => isBack(file, textOf(join(dir, file.path))));

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Edits that may have caused a cell, and in words how near they are. */
export interface Suspects {
  edits: OwningEdit[];
  why: string;
}

/** What is known of the exchanges that show a cell. */
export interface Circumstances {
  /** All known routes of the old code. */
  routes: readonly RouteCode[];
  /** Statuses the old side gave; empty when they are not known. */
  statuses: ReadonlySet<number>;
  /** The other cells of the route. */
  siblings: readonly Cell[];
}

/**
 * Looks for edits that name the place, in the route's handler and then elsewhere; then for any of the handler that fit.
 * An edit that such a request cannot have passed is none.
 */
export function suspects(
  cell: Cell,
  route: RouteCode | undefined,
  changes: Changes,
  { routes, statuses, siblings }: Circumstances,
): Suspects | null {
  if (changes.files.length === 0) return null;
  const passed = passedBy(route ?? null, routes, changes.files);
  const announced = expectedBy(
    cell,
    passedOnly(changes, passed),
    route ? within(route, changes) : null,
    siblings,
  );
  if (announced.length > 0) return announcement(announced, changes);
  const fits = ({ edit, file }: Candidate) => {
    const whole = { start: 0, end: file.oldText?.length ?? 0 };
    const handler = route?.handler?.file === file.path ? functionAt(file, route.handler) : null;
    return (
      concerns(cell, edit.rule) &&
      shows(edit, file) &&
      passed(file.path, edit.before) &&
      canHaveSent(file, handler ?? whole, { ...edit.before, rule: edit.rule }, statuses)
    );
  };
  const handler = (route ? inHandler(route, changes) : []).filter(fits);
  const naming = handler.filter(names(cell));
  if (naming.length > 0)
    return { edits: shown(naming), why: claim(naming.length, 'of the handler that name this place') };
  const elsewhere = changes.files
    .filter(({ path }) => path !== 'package.json')
    .flatMap((file) => file.edits.map((edit) => ({ edit, file })))
    .filter(({ edit }) => !/^tests\b/.test(edit.rule))
    .filter(fits)
    .filter(names(cell));
  if (elsewhere.length > 0 && elsewhere.length <= MOST)
    return {
      edits: shown(elsewhere),
      why: claim(elsewhere.length, 'outside the handler that name this place'),
    };
  if (handler.length === 0) return null;
  return { edits: shown(handler), why: claim(handler.length, 'of the handler that may concern this place') };
}

/** Behaviours left out, with the places that a request passes. */
function passedOnly({ leftOut, files }: Changes, passed: ReturnType<typeof passedBy>): LeftOut[] {
  return (leftOut ?? []).flatMap((each) => {
    const places = each.places.filter((place) => {
      const start = offsetOf(files.find(({ path }) => path === place.file)?.oldText ?? '', place);
      return passed(place.file, { start, end: start });
    });
    return places.length > 0 ? [{ ...each, places }] : [];
  });
}

/** A difference that a change set announced belongs to the edits it named. */
function announcement(announced: readonly Expected[], changes: Changes): Suspects {
  const rules = [...new Set(announced.map(({ leftOut }) => leftOut.behaviour))];
  const edits = announced.slice(0, MOST).map(({ leftOut: { codemod, rule }, place }): OwningEdit => {
    const file = changes.files.find(({ path }) => path === place.file);
    const edit = file?.edits.find(({ line }) => line === place.line);
    const [found] = file && edit ? shown([{ edit, file }]) : [];
    return { ...(found ?? { now: null, before: null, after: null }), codemod, rule, location: place };
  });
  return { edits, why: `Left out on purpose (${rules.join(', ')}), as the change set says:` };
}

/** Whether a place is in the code of a route: its handler, or the line that registers it. */
function within({ handler, location }: RouteCode, changes: Changes): (place: Location) => boolean {
  const file = changes.files.find(({ path }) => path === handler?.file);
  const span = handler && file ? functionAt(file, handler) : null;
  return (place) => {
    const offset = offsetOf(file?.oldText ?? '', place);
    if (span && place.file === handler?.file && span.start <= offset && offset < span.end) return true;
    return place.file === location?.file && place.line === location.line;
  };
}

const claim = (count: number, which: string): string =>
  count === 1
    ? `The only edit ${which.replace('that name', 'that names')}:`
    : `One of ${count} edits ${which}, or what they rely on:`;

/** An edit whose line reads the same before and after is layout. */
const shows = (edit: Edit, file: ChangedFile): boolean =>
  lineAt(file.oldText, edit.before.start) !== lineAt(file.newText, edit.after.start);

interface Candidate {
  edit: Edit;
  file: ChangedFile;
}

function inHandler({ handler, location }: RouteCode, { files }: Changes): Candidate[] {
  const file = files.find(({ path }) => path === handler?.file);
  if (handler && file) {
    const span = functionAt(file, handler);
    const own = file.edits.filter(
      ({ before }) => span && before.start >= span.start && before.end <= span.end,
    );
    if (own.length > 0) return own.map((edit) => ({ edit, file }));
  }
  const place = files.find(({ path }) => path === location?.file);
  if (!place || !location) return [];
  return place.edits.filter(({ line }) => line === location.line).map((edit) => ({ edit, file: place }));
}

/** Whether an edit's line, before or after, names the place. */
function names(cell: Cell): (candidate: Candidate) => boolean {
  const name = nameOf(cell)?.toLowerCase();
  if (!name || name.length < 3) return () => false;
  return ({ edit, file }) =>
    [lineAt(file.oldText, edit.before.start), lineAt(file.newText, edit.after.start)].some((line) =>
      line?.toLowerCase().includes(name),
    );
}

function shown(candidates: readonly Candidate[]): OwningEdit[] {
  const out = new Map<string, OwningEdit>();
  for (const { edit, file } of candidates) {
    const { codemod, rule, line, column } = edit;
    const key = [codemod, rule, file.path, line].join(' ');
    if (out.has(key) || out.size >= MOST) continue;
    out.set(key, {
      ...{ codemod, rule, location: { file: file.path, line, column } },
      now:
        file.untouched && file.newText !== null
          ? locationIn(file.path, file.newText, edit.after.start)
          : null,
      before: lineAt(file.oldText, edit.before.start),
      after: lineAt(file.newText, edit.after.start),
    });
  }
  return [...out.values()];
}

function lineAt(text: string | null, offset: number): string | null {
  if (text === null) return null;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text
    .slice(start, end < 0 ? undefined : end)
    .trim()
    .slice(0, 200);
}

function locationIn(file: string, text: string, offset: number): Location {
  const before = text.slice(0, offset);
  return { file, line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
