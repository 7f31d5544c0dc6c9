import type { Edit } from '../model/changeset.ts';
import { MigrateError } from '../model/errors.ts';
import { ExitCode } from '../model/exit.ts';
import type { Span } from '../model/location.ts';
import { lineEnding, position } from '../workspace/text.ts';
import type { SpanEdit } from './contract.ts';

/** A file's text after its edits, and where each edit is before and after. */
export interface Edited {
  text: string;
  edits: Edit[];
}

/**
 * Applies one file's edits. Characters outside the spans survive as they are; replacement texts take the file's line
 * ending; insertions at the very start go behind a byte order mark and a `#!` line. An edit that replaces a text by
 * itself is dropped, and without an edit the same string is returned. Insertions at one place keep the order in which
 * they were recorded and come before a replacement that starts there.
 *
 * @throws MigrateError `EDITS_OVERLAP`, `EDIT_OUT_OF_RANGE`: defects of the codemod, naming the rules
 */
export function applyEdits(
  codemod: string,
  path: string,
  source: string,
  wanted: readonly SpanEdit[],
): Edited {
  const crlf = lineEnding(source) === '\r\n';
  const head = headerLength(source);
  const planned: SpanEdit[] = [];
  for (const edit of wanted) {
    const { rule } = edit;
    let { start, end } = edit.span;
    if (start === end && start < head) start = end = head;
    if (start < head || end < start || end > source.length) {
      const what =
        start < head
          ? 'touches the byte order mark or the #! line'
          : `is outside the text (0 to ${source.length})`;
      throw defect(
        'EDIT_OUT_OF_RANGE',
        `${codemod}: the edit ${start}-${end} of rule ${rule} in ${path} ${what}.`,
      );
    }
    const asWritten = (each: string) => (crlf ? each.replace(/\r?\n/g, '\r\n') : each);
    const text = asWritten(edit.text);
    const lengthTo = (offset: number) => asWritten(edit.text.slice(0, offset)).length;
    const copies = edit.copies?.map((each) => ({ start: lengthTo(each.start), end: lengthTo(each.end) }));
    if (source.slice(start, end) !== text)
      planned.push({ span: { start, end }, text, rule, ...(copies && { copies }) });
  }
  planned.sort((a, b) => a.span.start - b.span.start || lengthRank(a) - lengthRank(b));

  const edits: Edit[] = [];
  const parts: string[] = [];
  let copied = 0;
  let length = 0;
  let previous: SpanEdit | undefined;
  for (const edit of planned) {
    const { start, end } = edit.span;
    if (previous && start < copied) {
      const where = position(source, start);
      throw defect(
        'EDITS_OVERLAP',
        `${codemod}: rules ${previous.rule} and ${edit.rule} both change ${path}:${where.line}:${where.column}.`,
      );
    }
    parts.push(source.slice(copied, start), edit.text);
    length += start - copied;
    edits.push({
      codemod,
      rule: edit.rule,
      before: { start, end },
      after: { start: length, end: length + edit.text.length },
      ...position(source, start),
      ...(edit.copies && {
        copies: edit.copies.map((each) => ({ start: length + each.start, end: length + each.end })),
      }),
    });
    length += edit.text.length;
    copied = end;
    previous = edit;
  }
  if (edits.length === 0) return { text: source, edits };
  return { text: parts.join('') + source.slice(copied), edits };
}

/** Where ranges of the old text are in the new one, with all of the edits that touch them. */
export function spansAfter(edits: readonly Edit[], spans: readonly Span[]): Span[] {
  const offset = (at: number, side: 'start' | 'end'): number => {
    const touching = edits.filter(({ before }) => before.start <= at && at <= before.end);
    const edit = side === 'start' ? touching[0] : touching.at(-1);
    if (edit !== undefined) return edit.after[side];
    const last = edits.findLast(({ before }) => before.end < at);
    return last === undefined ? at : last.after.end + at - last.before.end;
  };
  return spans.map(({ start, end }) => ({ start: offset(start, 'start'), end: offset(end, 'end') }));
}

const lengthRank = (edit: SpanEdit): number => (edit.span.start === edit.span.end ? 0 : 1);

/** Characters at the start that no edit may touch: a byte order mark and a `#!` line with its line ending. */
export function headerLength(source: string): number {
  const bom = source.startsWith('\ufeff') ? 1 : 0;
  if (!source.startsWith('#!', bom)) return bom;
  const end = source.indexOf('\n', bom);
  return end === -1 ? source.length : end + 1;
}

/** A fault of the codemod, not of the user's code: the whole run stops and nothing is written. */
export function defect(code: string, message: string): MigrateError {
  return new MigrateError(code, message, {
    hint: 'This is a defect of the codemod. Nothing was written.',
    exitCode: ExitCode.internal,
  });
}
