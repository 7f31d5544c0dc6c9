import type { FileChange } from '../../model/changeset.ts';
import type { Span } from '../../model/location.ts';
import { resolveBindings } from '../../workspace/syntax/bindings.ts';
import { children, isIdentifier } from '../../workspace/syntax/nodes.ts';
import { type ParsedFile, parseFile, type SyntaxNode } from '../../workspace/syntax/parse.ts';
import { findAll } from '../../workspace/syntax/walk.ts';
import { type Change, changesOf, linesOf } from './lines.ts';

/** What somebody changed in a file since an earlier run, by whose code it is. */
export interface Sides {
  /** In code that stays as it was: made to the old text as well. */
  stay: Change[];
  /** In what the run wrote: made to the new text alone. */
  written: Change[];
  /** In both at once, so that it cannot be told. */
  both: Change[];
}

/** Tells the changes of a file that an earlier run wrote. */
export function sidesOf(file: FileChange & { newText: string }, current: string): Sides {
  const changes = changesOf(file.newText, current);
  const sides: Sides = { stay: [], written: [], both: [] };
  if (changes.length === 0) return sides;
  // Nothing stays in it.
  if (file.moved === undefined) return { ...sides, written: changes };
  const parsed = parseFile(file.path, current);
  const region = regionOf(file, file.moved);
  const before = linesOf(file.newText);
  const texts = { old: offsetsOf(before), now: offsetsOf(linesOf(current)) };
  const all = changes.flatMap((change) => byStatement(change, parsed, texts.now));
  const names = new Set<SyntaxNode>();
  const kinds = new Map<Change, keyof Sides>();
  // A name that is declared in a change of what was written belongs to it.
  for (let size = -1; size !== kinds.size + names.size; ) {
    size = kinds.size + names.size;
    for (const change of all) {
      const kind = kindOf(change, { parsed, before, region, texts, changes, names });
      kinds.set(change, kind);
      if (kind !== 'stay')
        for (const node of identifiersIn(parsed, change, texts.now)) {
          const binding = resolveBindings(parsed).bindingOf(node);
          if (binding?.node === node) names.add(node);
        }
    }
  }
  for (const [change, kind] of kinds) sides[kind].push(change);
  return sides;
}

/** The ranges of the new text that were written for the other framework, in order and apart. */
function regionOf({ edits }: FileChange, moved: readonly Span[]): Span[] {
  const copies = edits.flatMap((edit) => edit.copies ?? []);
  const spans = [...moved, ...edits.map(({ after }) => after)].flatMap((span) => without(span, copies));
  const joined: { start: number; end: number }[] = [];
  for (const span of spans.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}

const without = (span: Span, holes: readonly Span[]): Span[] =>
  holes.reduce<Span[]>(
    (left, hole) =>
      left.flatMap((each) =>
        hole.end <= each.start || each.end <= hole.start
          ? [each]
          : [
              { start: each.start, end: Math.max(each.start, hole.start) },
              { start: Math.min(each.end, hole.end), end: each.end },
            ],
      ),
    [span],
  );

/** Where each line begins, and where the last one ends. */
function offsetsOf(lines: readonly string[]): number[] {
  const offsets = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length);
  return offsets;
}

/** Lines that were only put in, statement by statement. */
function byStatement(change: Change, { program }: ParsedFile, offsets: readonly number[]): Change[] {
  if (change.start !== change.end) return [change];
  const { at, lines } = change;
  const lineAt = (offset: number) => offsets.findLastIndex((start) => start <= offset);
  const ends = children(program, 'body')
    .filter(({ start, end }) => lineAt(start) >= at && lineAt(end - 1) < at + lines.length)
    .map(({ end }) => lineAt(end - 1) + 1 - at);
  const cuts = [...new Set([0, ...ends.slice(0, -1), lines.length])].sort((a, b) => a - b);
  return cuts.slice(1).map((cut, index): Change => {
    const from = cuts[index] ?? 0;
    return { ...change, at: at + from, lines: lines.slice(from, cut) };
  });
}

interface Known {
  parsed: ParsedFile;
  /** Lines of the text that the earlier run wrote. */
  before: readonly string[];
  region: readonly Span[];
  texts: { old: readonly number[]; now: readonly number[] };
  changes: readonly Change[];
  /** Declarations in changes of what was written. */
  names: ReadonlySet<SyntaxNode>;
}

function kindOf(change: Change, known: Known): keyof Sides {
  const { before, region, texts, parsed } = known;
  const isNamed = identifiersIn(parsed, change, texts.now).some((node) => isWritten(node, known));
  if (change.start === change.end) {
    const place = texts.old[change.start] ?? 0;
    const isInside = region.some(({ start, end }) => start < place && place < end);
    return isInside || isNamed ? 'written' : 'stay';
  }
  const touched: boolean[] = [];
  for (let line = change.start; line < change.end; line += 1) {
    const [start = 0, end = 0] = [texts.old[line], texts.old[line + 1]];
    if (before[line]?.trim() !== '')
      touched.push(region.some((each) => each.start < end && start < each.end));
  }
  if (!touched.includes(true)) return isNamed ? 'both' : 'stay';
  if (touched.includes(false)) return 'both';
  return addsOthers(change, known) ? 'both' : 'written';
}

/** Whether a change of what was written also adds a statement that does something else. */
function addsOthers({ at, lines }: Change, known: Known): boolean {
  const { now } = known.texts;
  const span = { start: now[at] ?? 0, end: now[at + lines.length] ?? 0 };
  return children(known.parsed.program, 'body').some(
    (statement) =>
      statement.type === 'ExpressionStatement' &&
      span.start <= statement.start &&
      statement.end <= span.end &&
      !findAll(statement, 'Identifier').some((node) => isWritten(node, known)),
  );
}

function identifiersIn(
  { program }: ParsedFile,
  { at, lines }: Change,
  offsets: readonly number[],
): SyntaxNode[] {
  const [start = 0, end = 0] = [offsets[at], offsets[at + lines.length]];
  return findAll(program, 'Identifier').filter(
    (node) => isIdentifier(node) && start <= node.start && node.end <= end,
  );
}

/** Whether a name is of something that the earlier run wrote, or that stands in a change of that. */
function isWritten(node: SyntaxNode, { parsed, region, texts, changes, names }: Known): boolean {
  const declared = resolveBindings(parsed).bindingOf(node)?.node;
  if (declared === undefined || declared === node) return false;
  if (names.has(declared)) return true;
  const line = texts.now.findLastIndex((start) => start <= declared.start);
  const before = changes.filter((change) => change.at + change.lines.length <= line);
  if (changes.some((change) => change.at <= line && line < change.at + change.lines.length)) return false;
  const moved = before.reduce((sum, each) => sum + each.end - each.start - each.lines.length, 0);
  const place = (texts.old[line + moved] ?? 0) + declared.start - (texts.now[line] ?? 0);
  return region.some(({ start, end }) => start <= place && place < end);
}
