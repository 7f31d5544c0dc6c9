import type { SpanEdit } from '../../../src/codemod/contract.ts';
import { MigrateError } from '../../../src/model/errors.ts';
import { ExitCode } from '../../../src/model/exit.ts';
import type { Span } from '../../../src/model/location.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { parentsOf } from '../../../src/workspace/syntax/walk.ts';

/** A range of one file: that in which the node `of` stands. Its numbers alone would fit any file. */
export interface Range extends Span {
  readonly of: SyntaxNode;
}

/** A range between two offsets of the file in which a node stands. */
export const range = (of: SyntaxNode, start: number, end: number): Range => ({ start, end, of });

/** Where a node starts and where it ends, for insertions. */
export const atStart = (node: SyntaxNode): Range => range(node, node.start, node.start);
export const atEnd = (node: SyntaxNode): Range => range(node, node.end, node.end);

/**
 * The numbers of a range, once it is known to be of the file.
 *
 * @throws MigrateError `NODE_OF_ANOTHER_FILE`: a defect of the codemod
 */
export function spanIn(file: ParsedFile, place: SyntaxNode | Range): Span {
  const node = isRange(place) ? place.of : place;
  if (node !== file.program && !parentsOf(file).has(node)) {
    throw new MigrateError(
      'NODE_OF_ANOTHER_FILE',
      `A ${node.type} of another file, ${node.start} to ${node.end} there, was taken for one of ${file.path}.`,
      { hint: 'This is a defect of the codemod. Nothing was written.', exitCode: ExitCode.internal },
    );
  }
  return { start: place.start, end: place.end };
}

const isRange = (place: SyntaxNode | Range): place is Range => !('type' in place);

/** New text, or a range of the source that is kept (with the edits inside it). */
export type Part = string | Range;

interface Replacement extends Span {
  parts: readonly (string | Span)[];
  rule: string;
  /** Goes before other insertions at the same place. */
  leads?: boolean;
  /** Says again what stays as it is. */
  copies?: boolean;
  /** Of an insertion, the node at whose start or end it stands. */
  of?: Span;
}

/**
 * Edits of one file while they are being collected. A replacement may keep ranges of what it replaces, or bring ranges
 * from elsewhere; edits inside such a range survive, edits inside a range that is dropped disappear with it.
 */
export interface Draft {
  replace(place: SyntaxNode | Range, parts: readonly Part[], rule: string): void;
  /** Inserts where the range starts. */
  insert(place: Range, text: string, rule: string): void;
  /** Inserts before everything else that is inserted at this place. */
  lead(place: Range, text: string, rule: string): void;
  /** The same for a text that stays as it is, before what is made of it. */
  copy(place: Range, text: string, rule: string): void;
  /** The edits, ordered and free of overlaps. */
  edits(): SpanEdit[];
  /** Whether exactly this range is replaced by a text. */
  replaces(place: SyntaxNode | Range): boolean;
  /** Whether a range of the source is still there after the edits. */
  keeps(place: SyntaxNode | Range): boolean;
  /** Text of a range with the edits inside it applied. */
  render(place: SyntaxNode | Range): string;
}

/** Whether a replacement is put around all of what stood there, without a semicolon around a statement as well as its expression. */
const keepsAll = ({ start, end, parts }: Replacement): number =>
  Number(parts.some((part) => typeof part !== 'string' && part.start === start && part.end === end));

type Piece = { keep: Span } | { text: string; rule: string; copies?: boolean };

const holds = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

export function createDraft(file: ParsedFile): Draft {
  const { text } = file;
  const spanOf = (place: SyntaxNode | Range) => spanIn(file, place);
  const replacements: Replacement[] = [];
  /** Answers of `ordered` and of `whole`, until the next replacement. */
  let sorted: readonly Replacement[] | null = null;
  let all: readonly Piece[] | null = null;

  function startOf(place: Range): Span & { of: Span } {
    const { start } = spanOf(place);
    return { start, end: start, of: { start: place.of.start, end: place.of.end } };
  }

  function add(replacement: Replacement): void {
    replacements.push(replacement);
    sorted = null;
    all = null;
  }

  const whole = (): readonly Piece[] => (all ??= pieces({ start: 0, end: text.length }, ordered()));

  /** Pieces of a kept range: `inside` are the replacements that lie in it, outermost first. */
  function pieces(range: Span, inside: readonly Replacement[]): Piece[] {
    const found: Piece[] = [];
    let cursor = range.start;
    let rest = inside;
    while (rest[0] !== undefined) {
      const outer = rest[0];
      const nested: Replacement[] = [];
      const later: Replacement[] = [];
      for (const next of rest.slice(1)) {
        const insertion = next.start === next.end;
        const kept = outer.parts.some((part) => typeof part !== 'string' && holds(part, next));
        // At the end of a statement whose last expression is replaced, what comes after the statement comes after both.
        const isAfter = next.start === outer.end && next.of !== undefined && !holds(outer, next.of);
        if (holds(outer, next) && !isAfter && (kept || !insertion || next.start < outer.end))
          nested.push(next);
        else later.push(next);
      }
      if (outer.start > cursor) found.push({ keep: { start: cursor, end: outer.start } });
      found.push({ text: '', rule: outer.rule });
      for (const part of outer.parts) {
        if (typeof part === 'string')
          found.push({ text: part, rule: outer.rule, ...(outer.copies && { copies: true }) });
        else
          found.push(
            ...pieces(
              part,
              (holds(outer, part) ? nested : ordered()).filter((next) => holds(part, next)),
            ),
          );
      }
      cursor = Math.max(cursor, outer.end);
      rest = later;
    }
    if (range.end > cursor) found.push({ keep: { start: cursor, end: range.end } });
    return found;
  }

  /** Insertions come before replacements that start with them, unless those keep the place; wider ones before narrower. */
  function ordered(): readonly Replacement[] {
    sorted ??= replacements
      .map((replacement, index) => ({ replacement, index }))
      .sort((a, b) => {
        const [left, right] = [a.replacement, b.replacement];
        if (left.start !== right.start) return left.start - right.start;
        const leftEmpty = left.start === left.end;
        const rightEmpty = right.start === right.end;
        if (leftEmpty !== rightEmpty) {
          const [full, empty] = leftEmpty ? [right, left] : [left, right];
          const inside = full.parts.some(
            (part) => typeof part !== 'string' && holds(part, empty) && part.start < part.end,
          );
          const emptyFirst = !inside || empty.leads === true;
          return leftEmpty === emptyFirst ? -1 : 1;
        }
        const leads = Number(right.leads ?? false) - Number(left.leads ?? false);
        return right.end - left.end || leads || keepsAll(right) - keepsAll(left) || a.index - b.index;
      })
      .map(({ replacement }) => replacement);
    return sorted;
  }

  return {
    replace: (place, parts, rule) =>
      add({
        ...('of' in place && place.start === place.end ? startOf(place as Range) : spanOf(place)),
        parts: parts.map((part) => (typeof part === 'string' ? part : spanOf(part))),
        rule,
      }),
    insert: (place, inserted, rule) => add({ ...startOf(place), parts: [inserted], rule }),
    lead: (place, inserted, rule) => add({ ...startOf(place), parts: [inserted], rule, leads: true }),
    copy: (place, inserted, rule) =>
      add({ ...startOf(place), parts: [inserted], rule, leads: true, copies: true }),
    replaces(place) {
      const span = spanOf(place);
      return replacements.some(
        ({ start, end, parts }) =>
          start === span.start && end === span.end && parts.some((part) => part !== ''),
      );
    },
    keeps(place) {
      const span = spanOf(place);
      return whole().some((piece) => 'keep' in piece && holds(piece.keep, span));
    },
    render(place) {
      const span = spanOf(place);
      return pieces(
        span,
        ordered().filter((next) => holds(span, next)),
      )
        .map((piece) => ('keep' in piece ? text.slice(piece.keep.start, piece.keep.end) : piece.text))
        .join('');
    },
    edits() {
      const edits: SpanEdit[] = [];
      let cursor = 0;
      let pending = '';
      let rule = '';
      let copies: Span[] = [];
      const flush = (until: number) => {
        if (text.slice(cursor, until) !== pending) {
          const edit = { span: { start: cursor, end: until }, text: pending, rule: rule || 'layout' };
          edits.push(copies.length > 0 ? { ...edit, copies } : edit);
        }
        pending = '';
        rule = '';
        copies = [];
      };
      for (const piece of whole()) {
        if (!('keep' in piece)) {
          if (piece.copies) copies.push({ start: pending.length, end: pending.length + piece.text.length });
          pending += piece.text;
          if (rule === '' || piece.text !== '') rule ||= piece.rule;
        } else if (piece.keep.start < cursor) {
          pending += text.slice(piece.keep.start, piece.keep.end);
        } else {
          flush(piece.keep.start);
          cursor = piece.keep.end;
        }
      }
      flush(text.length);
      return edits;
    },
  };
}
