import { at } from '../model/at.ts';
import type { ChangeSet, FileChange, FileStatus, Outcome } from '../model/changeset.ts';
import { safeLine, wrap } from './columns.ts';
import { changedLines, printDiff } from './diff.ts';
import { plural } from './format.ts';
import type { Io } from './io.ts';
import { printLeftOut } from './left-out.ts';

/** How a change set is shown. */
export interface ChangeSetView {
  /** The command that was run, to be repeated with `--write`. */
  command: string;
  /** Everything: the diff of an applied change too, created files whole, every place of a reason. */
  all: boolean;
}

const STATUSES: readonly FileStatus[] = ['changed', 'created', 'deleted', 'unchanged', 'skipped', 'failed'];
const KINDS: readonly Outcome['outcome'][] = ['converted', 'bridged', 'kept', 'refused'];
const WORLDS = [
  ['hono', 'in Hono'],
  ['express', 'in Express'],
  ['package', 'of package middleware'],
] as const;
/** Lines of a created or deleted file before the rest is only counted. */
const MOST_LINES = 20;
/** New type errors before the rest is only counted. */
const MOST_ERRORS = 10;
/** Places of one reason before the rest is only counted. */
const MOST_PLACES = 4;

/**
 * A change set as a person reads it. Before it is applied: a diff grouped by file. Once applied: a line a file. Then
 * what became of each unit, what is left, and what is next.
 */
export function printChangeSet(io: Io, changeSet: ChangeSet, view: ChangeSetView): void {
  const touched = changeSet.files.filter((file) => file.oldText !== file.newText);
  const lines: string[] = [];
  const shown: Io = { ...io, line: (text = '') => void lines.push(safeLine(text)) };
  if (changeSet.journal && !view.all) printTouched(shown, touched, changeSet);
  else for (const file of touched) printFile(shown, file, changeSet, view.all);
  printSummary(shown, changeSet);
  printFiles(shown, changeSet, view.all);
  printOutcomes(shown, changeSet, view.all);
  printRoutes(shown, changeSet);
  printLimits(shown, changeSet);
  printLeft(shown, changeSet, view.all);
  // Where nothing changes, the run that made the edits has said what they leave out.
  if (touched.length > 0) printLeftOut(shown, changeSet, view.all);
  printTypes(shown, changeSet, view.all);
  for (const sentence of changeSet.notes ?? []) shown.line(`${io.colors.dim('note')}  ${sentence}`);
  for (const sentence of changeSet.next) shown.line(`${io.colors.dim('next')}  ${sentence}`);
  printEnd(shown, changeSet, touched.length, view.command);
  // One write: a diff has ten thousand lines, and each would be a call to the system.
  io.line(lines.join('\n'));
}

function printFile(io: Io, file: FileChange, changeSet: ChangeSet, all: boolean): void {
  const { bold, dim } = io.colors;
  const right = outcomesOf(file, changeSet, true) || file.status;
  io.line(`${bold(file.path)}${' '.repeat(Math.max(2, 96 - file.path.length - right.length))}${dim(right)}`);
  const most = all || file.status === 'changed' ? Number.POSITIVE_INFINITY : MOST_LINES;
  const rest = printDiff(io, file, most);
  if (rest > 0)
    io.line(dim(`      … ${plural(rest, 'more line')}: --all shows them, --patch <file> keeps them`));
  io.line();
}

/** `converted 3 · bridged 1 · refused 0`, empty for a file without units. `zeros`: those that did not occur too. */
function outcomesOf(file: FileChange, { outcomes }: ChangeSet, zeros: boolean): string {
  const own = outcomes.filter((outcome) => outcome.file === file.path);
  if (own.length === 0) return '';
  const counts = KINDS.map((kind) => ({ kind, count: own.filter((one) => one.outcome === kind).length }));
  return counts
    .filter(({ kind, count }) => count > 0 || (zeros && kind !== 'kept'))
    .map(({ kind, count }) => `${kind} ${count}`)
    .join(' · ');
}

/** One line a file that was written: how many lines came and went, by how many edits of how many rules. */
function printTouched(io: Io, touched: readonly FileChange[], changeSet: ChangeSet): void {
  const { bold, dim, green, red } = io.colors;
  const rows = touched.map((file) => ({ file, lines: changedLines(file) }));
  const width = Math.max(0, ...touched.map((file) => file.path.length));
  for (const { file, lines } of rows) {
    const rules = new Set(file.edits.map(({ codemod, rule }) => `${codemod}/${rule}`)).size;
    const edits =
      rules > 0 && file.status === 'changed'
        ? `${plural(file.edits.length, 'edit')} by ${plural(rules, 'rule')}`
        : '';
    const about = [edits, outcomesOf(file, changeSet, false)].filter(Boolean).join(' · ');
    io.line(
      `${file.status.padEnd(7)}  ${bold(file.path.padEnd(width))}  ${green(`+${lines.added}`.padStart(6))} ${red(`−${lines.removed}`.padStart(6))}  ${dim(about)}`.trimEnd(),
    );
  }
  if (rows.length > 0) io.line();
}

function printSummary(io: Io, changeSet: ChangeSet): void {
  const parts: string[] = [];
  for (const status of STATUSES) {
    const count = changeSet.files.filter((file) => file.status === status).length;
    if (count > 0) parts.push(`${count} ${status}`);
  }
  io.line([`${plural(changeSet.considered, 'file')} looked at`, ...parts].join(' · '));
}

function printFiles(io: Io, changeSet: ChangeSet, all: boolean): void {
  const { red, yellow } = io.colors;
  for (const file of changeSet.files)
    if (file.status === 'failed') io.line(`  ${red('failed')}   ${file.path}  ${file.reason ?? ''}`);
  const skipped = changeSet.files.filter((file) => file.status === 'skipped');
  for (const [reason, files] of groups(skipped, (file) => file.reason ?? '')) {
    if (all || files.length <= MOST_PLACES)
      for (const file of files) io.line(`  ${yellow('skipped')}  ${file.path}  ${reason}`);
    else {
      io.line(`  ${yellow('skipped')}  ${plural(files.length, 'file')}: ${reason}`);
      printPlaces(
        io,
        files.map((file) => file.path),
      );
    }
  }
}

function printOutcomes(io: Io, { outcomes, unit }: ChangeSet, all: boolean): void {
  if (outcomes.length === 0) return;
  // Most codemods keep nothing beside what they convert.
  const kinds = KINDS.filter((kind) => kind !== 'kept' || outcomes.some((one) => one.outcome === kind));
  const counts = kinds.map((kind) => `${outcomes.filter((one) => one.outcome === kind).length} ${kind}`);
  io.line(`${plural(outcomes.length, unit)}: ${counts.join(', ')}`);
  const others = outcomes.filter((one) => one.outcome !== 'converted');
  const key = (one: Outcome) => [one.outcome, one.reason, one.runtimes?.join(', ')].join('\n');
  for (const same of groups(others, key).values()) {
    const [first] = same;
    if (!first) continue;
    const label = first.outcome === 'refused' ? io.colors.red('refused') : io.colors.yellow(first.outcome);
    const runs = first.runtimes ? `   runs on ${first.runtimes.join(', ')}` : '';
    const reason = `${first.reason ?? ''}${runs}`;
    if (all || same.length <= MOST_PLACES)
      for (const one of same) io.line(`  ${label}  ${at(one)}  ${one.name}   ${reason}`);
    else {
      for (const text of wrap(`  ${label}  `, `${plural(same.length, unit)}: ${reason}`, 11)) io.line(text);
      printPlaces(io, same.map(at));
    }
  }
}

/** How many routes are in each world. */
function printRoutes(io: Io, { routes = [] }: ChangeSet): void {
  if (routes.length === 0) return;
  const parts = WORLDS.map(([world, words]) => ({
    count: routes.filter((route) => route.world === world).length,
    words,
  }));
  const shown = parts.filter(({ count }) => count > 0).map(({ count, words }) => `${count} ${words}`);
  io.line(`routes: ${shown.join(', ')}`);
}

function printLimits(io: Io, { limits }: ChangeSet): void {
  if (limits.length > 0) io.line('Limits');
  for (const limit of limits) {
    const where = limit.location ? `   ${at(limit.location)}` : '';
    io.line(`  ${io.colors.yellow(limit.runtime)}  ${limit.route}  ${limit.reason}${where}`);
  }
}

function printLeft(io: Io, { leftForYou }: ChangeSet, all: boolean): void {
  if (leftForYou.length === 0) return;
  const blocking = leftForYou.filter(({ blocks }) => blocks);
  const others = leftForYou.filter(({ blocks }) => !blocks);
  if (blocking.length > 0) {
    io.line(`In the way: ${blocking.length}`);
    printPlacesLeft(io, blocking, all);
  }
  if (others.length === 0) return;
  io.line(
    blocking.length > 0
      ? `Would stay as ${others.length === 1 ? 'it is' : 'they are'}, nothing to change: ${others.length}`
      : `Left for you: ${others.length}`,
  );
  printPlacesLeft(io, others, all);
}

function printPlacesLeft(io: Io, leftForYou: ChangeSet['leftForYou'], all: boolean): void {
  const { dim } = io.colors;
  const key = (one: (typeof leftForYou)[number]) =>
    [one.reason, one.codemod, one.rule, one.advice].join('\n');
  for (const same of groups(leftForYou, key).values()) {
    const [first] = same;
    if (!first) continue;
    const rule = dim(`   ${first.codemod}/${first.rule}`);
    if (all || same.length <= MOST_PLACES)
      for (const left of same) io.line(`  ${at(left)}  ${left.reason}${rule}`);
    else {
      for (const text of wrap('  ', `${plural(same.length, 'place')}: ${first.reason}${rule}`, 4))
        io.line(text);
      printPlaces(io, same.map(at));
    }
    if (first.advice) io.line(`    → ${first.advice}`);
  }
}

/** What the project's own type check says of the change. */
function printTypes(io: Io, { types }: ChangeSet, all: boolean): void {
  if (types === undefined) return;
  const { dim, green, red, yellow } = io.colors;
  if (!types.checked) {
    io.line(`Types ${yellow('not checked')}: ${types.reason ?? ''}`);
    return;
  }
  const count = types.errors.length;
  const by = dim(`   tsc -p ${types.config ?? ''}, before and after`);
  io.line(`Types: ${count === 0 ? green('no new error') : red(plural(count, 'new error'))}${by}`);
  const shown = all ? types.errors : types.errors.slice(0, MOST_ERRORS);
  for (const error of shown) io.line(`  ${at(error)}  ${error.code}  ${error.message}`);
  if (shown.length < count) io.line(dim(`      … ${count - shown.length} more (--all)`));
}

/** The first few places of a group, and how many more there are. */
function printPlaces(io: Io, places: readonly string[]): void {
  const rest = places.length - MOST_PLACES;
  const text = `${places.slice(0, MOST_PLACES).join(', ')}${rest > 0 ? ` and ${rest} more (--all)` : ''}`;
  for (const line of wrap('      ', text, 6)) io.line(io.colors.dim(line));
}

function printEnd(io: Io, changeSet: ChangeSet, touched: number, command: string): void {
  const { dim } = io.colors;
  const failed = changeSet.files.filter((file) => file.status === 'failed').length;
  const blocking = changeSet.leftForYou.filter(({ blocks }) => blocks).length;
  const left = blocking || changeSet.leftForYou.length;
  if (touched > 0 && changeSet.journal)
    io.line(`Written. ${dim('Take it back with')} migrate undo ${changeSet.journal}`);
  else if (touched > 0) io.line(`Nothing written. ${dim('Apply with')} ${command} --write`);
  else if (changeSet.continues && blocking === 0)
    io.line('Nothing to do: an earlier run took all of it that can go.');
  else if (failed > 0) io.line(`Nothing to apply: ${failed} failed.`);
  else if (left > 0)
    io.line(
      `Nothing to apply yet: change the ${left === 1 ? 'place' : `${left} places`} ${blocking > 0 ? 'in the way' : 'above'}, then run it again.`,
    );
  else if (changeSet.files.some((file) => file.status === 'skipped'))
    io.line('Nothing to do in the files that could be read.');
  else io.line('Nothing to do: no file needs a change.');
}

/** Things that have the same key, in the order they came. */
function groups<T>(things: readonly T[], key: (thing: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const thing of things) {
    const same = found.get(key(thing));
    if (same) same.push(thing);
    else found.set(key(thing), [thing]);
  }
  return found;
}
