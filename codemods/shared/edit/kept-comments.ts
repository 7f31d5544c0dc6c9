import type { SpanEdit } from '../../../src/codemod/contract.ts';
import type { Span } from '../../../src/model/location.ts';
import { field } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { walk } from '../../../src/workspace/syntax/walk.ts';
import type { Layout } from './layout.ts';

type Comment = ParsedFile['comments'][number];

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/**
 * Edits that lose no comment of what they rewrite: one inside a rewritten expression goes above the statement it stands
 * in. Code that only goes takes its comments along.
 *
 * @returns the edits, and the comments that are gone
 */
export function keepComments(
  file: ParsedFile,
  layout: Layout,
  edits: readonly SpanEdit[],
): { edits: SpanEdit[]; gone: Comment[] } {
  const rewritten = edits.map((edit) => ({ ...edit }));
  const gone: Comment[] = [];
  const above = new Map<number, Comment[]>();
  for (const comment of droppedComments(file, edits)) {
    const edit = edits.find(({ span }) => holds(span, comment));
    const place = edit === undefined || edit.text.trim() === '' ? null : placeAbove(file, comment, edits);
    if (place === null) gone.push(comment);
    else above.set(place, [...(above.get(place) ?? []), comment]);
  }
  for (const [place, comments] of above) {
    const lines = comments.map(
      (each) => `${textOf(file, each)}${separator(file, layout, edits, place, each)}`,
    );
    const there = rewritten.find(({ span }) => span.start === place);
    if (there !== undefined)
      Object.assign(there, { text: lines.join('') + there.text, ...shifted(there, lines.join('').length) });
    else rewritten.push({ span: { start: place, end: place }, text: lines.join(''), rule: 'comments' });
  }
  rewritten.sort((a, b) => a.span.start - b.span.start);
  return {
    edits: rewritten.map((edit, index) =>
      behindComment(file, layout, edit, rewritten[index + 1]?.span.start),
    ),
    gone,
  };
}

/** The copies in an edit whose text begins later. */
const shifted = ({ copies }: SpanEdit, by: number): Pick<SpanEdit, 'copies'> =>
  copies === undefined
    ? {}
    : { copies: copies.map(({ start, end }) => ({ start: Math.max(0, start + by), end: end + by })) };

const textOf = ({ text }: ParsedFile, { start, end }: Span): string => text.slice(start, end);

/** Comments that edits replace and none of them writes again: as many as there are too few of. */
function droppedComments(file: ParsedFile, edits: readonly SpanEdit[]): Comment[] {
  const inside = file.comments.filter((comment) => edits.some(({ span }) => holds(span, comment)));
  if (inside.length === 0) return [];
  const written = new Map<string, number>();
  const key = (comment: Comment) => textOf(file, comment).replace(/\s+/g, ' ');
  const texts = edits.map(({ text }) => text.replace(/[ \t\r]+/g, ' '));
  for (const comment of inside) {
    const wanted = key(comment);
    if (written.has(wanted)) continue;
    const found = texts.flatMap((text) =>
      occurrences(comment.block ? text.replace(/\s+/g, ' ') : text, wanted),
    );
    written.set(wanted, found.filter((after) => comment.block || after === '' || after === '\n').length);
  }
  return inside.filter((comment) => {
    const left = written.get(key(comment)) ?? 0;
    written.set(key(comment), left - 1);
    return left <= 0;
  });
}

/** The characters that follow each occurrence of a text in another. */
function occurrences(text: string, wanted: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    found.push(text[at + wanted.length] ?? '');
  return found;
}

const LISTS = /^(Program|BlockStatement|SwitchCase|StaticBlock|TSModuleBlock|ClassBody)$/;

/** Where the innermost statement or member around a comment starts that is not in the middle of an edit; null: nowhere. */
function placeAbove(file: ParsedFile, comment: Comment, edits: readonly SpanEdit[]): number | null {
  const around: SyntaxNode[] = [];
  walk(
    file.program,
    {
      enter(node, parent) {
        if (!holds(node, comment)) return node.type === 'Program' ? undefined : 'skip';
        const isItem = parent !== null && LISTS.test(parent.type) && node !== parent.test;
        if (isItem || (node.type === 'Property' && field(parent ?? node, 'type') === 'ObjectExpression'))
          around.unshift(node);
        return undefined;
      },
    },
    { types: true },
  );
  const isFree = ({ start }: SyntaxNode) => !edits.some(({ span }) => span.start < start && start < span.end);
  return around.find(isFree)?.start ?? null;
}

/** What stands between a comment and the statement below it. */
function separator(
  file: ParsedFile,
  layout: Layout,
  edits: readonly SpanEdit[],
  place: number,
  { block }: Comment,
): string {
  const start = layout.lineStart(place);
  const before = file.text.slice(start, place);
  if (before.trim() !== '') return block ? ' ' : layout.newline + layout.indentAt(place);
  return layout.newline + indentAfter(before, start, edits);
}

/** Indentation as the edits leave it. */
function indentAfter(indent: string, start: number, edits: readonly SpanEdit[]): string {
  const own = edits.filter(({ span }) => start <= span.start && span.end <= start + indent.length);
  const changed = own
    .filter(({ span, text }) => span.start < start + indent.length && text.trim() === '')
    .reduceRight(
      (text, { span, text: inserted }) =>
        text.slice(0, span.start - start) + inserted + text.slice(span.end - start),
      indent,
    );
  return changed;
}

/** A comment to the end of its line must not take in what an edit leaves behind it. */
function behindComment(
  file: ParsedFile,
  layout: Layout,
  edit: SpanEdit,
  next = Number.POSITIVE_INFINITY,
): SpanEdit {
  const { span, text } = edit;
  const rest = file.text.slice(span.end);
  const isBehind = file.comments.some(({ block, end }) => !block && end === span.start);
  if (!isBehind || /^[ \t]*(\r?\n|$)/.test(text + rest)) return edit;
  const blank = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
  const gap = text === '' && span.end + blank <= next ? blank : 0;
  const start = `${layout.newline}${layout.indentAt(span.start)}`;
  return {
    ...edit,
    ...shifted(edit, start.length - (text.length - text.trimStart().length)),
    span: { start: span.start, end: span.end + gap },
    text: start + text.trimStart(),
  };
}
