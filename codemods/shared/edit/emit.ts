import type { Span } from '../../../src/model/location.ts';
import { children } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { type Part, type Range, range } from './draft.ts';
import { type Editing, type FileWork, replace, textOf } from './work.ts';

/** Blocks whose contents move one level out: their lines lose indentation. */
const outdents = new WeakMap<FileWork, { span: Span; amount: number }[]>();

/** Indentation that the line of an offset will have. */
export function indentAt(work: FileWork, offset: number): string {
  const indent = work.layout.indentAt(offset);
  const lost = (outdents.get(work) ?? [])
    .filter(({ span }) => span.start <= offset && offset < span.end)
    .reduce((sum, { amount }) => sum + amount, 0);
  return indent.slice(Math.min(lost, indent.length));
}

/** Replaces a statement by statements; braces are added where only one may stand. */
export function replaceStatement(
  editing: Editing,
  work: FileWork,
  node: SyntaxNode,
  lines: readonly Part[][],
  rule: string,
): void {
  const { newline, unit } = work.layout;
  const end = work.file.text[node.end - 1] === ';' ? ';' : work.layout.semicolon === ';' ? ';' : '';
  const parent = work.parents.get(node);
  const inList =
    parent !== undefined && /^(BlockStatement|Program|SwitchCase|StaticBlock)$/.test(parent.type);
  const join = (indent: string): Part[] =>
    lines.flatMap((line, index): Part[] => [
      ...(index === 0 ? [] : [newline + indent]),
      ...line,
      isEnded(work, line) ? '' : end,
    ]);
  if (inList || lines.length === 1) {
    replace(editing, work, node, join(indentAt(work, node.start)), rule);
    return;
  }
  const before = work.file.text.slice(0, node.start);
  const start = before.trimEnd().length;
  const outer = indentAt(work, parent?.start ?? node.start);
  const inner = outer + unit;
  replace(
    editing,
    work,
    range(node, start, node.end),
    [` {${newline}${inner}`, ...join(inner), `${newline}${outer}}`],
    rule,
  );
}

/** Whether a line is a whole statement, with its semicolon or one that has none: `if (…) { … }`. */
function isEnded({ file }: FileWork, line: readonly Part[]): boolean {
  const last = line.at(-1);
  if (typeof last === 'string' || last === undefined)
    return last?.endsWith('}') === true && line.some((part) => String(part).startsWith('if ('));
  const isWhole =
    last.end === last.of.end && /^(If|For|ForOf|ForIn|While|Try|Switch|Block)Statement$/.test(last.of.type);
  return isWhole || file.text[last.end - 1] === ';';
}

/** Deletes a statement with its line; a blank line is not left doubled or at the start of a block. */
export function deleteStatement(editing: Editing, work: FileWork, node: SyntaxNode, rule: string): void {
  const { text } = work.file;
  // A byte order mark stays with the file.
  const start = Math.max(work.layout.lineStart(node.start), text.startsWith('\uFEFF') ? 1 : 0);
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(node.end));
  if (text.slice(start, node.start).trim() !== '' || rest === null) {
    // A comment behind it takes its place.
    const isFirst = text.slice(start, node.start).trim() === '';
    const gap = isFirst ? (/^[ \t]*(?=\/[/*])/.exec(text.slice(node.end))?.[0].length ?? 0) : 0;
    replace(editing, work, range(node, node.start, node.end + gap), [''], rule);
    return;
  }
  let end = node.end + rest[0].length;
  const previous = text.slice(0, start).trimEnd();
  const blankBefore = /\n[ \t]*\r?\n$/.test(text.slice(0, start)) || /^\uFEFF?(#!.*)?$/.test(previous);
  const blankAfter = /^[ \t]*\r?\n/.exec(text.slice(end));
  if (blankAfter !== null && (blankBefore || previous.endsWith('{'))) end += blankAfter[0].length;
  replace(editing, work, range(node, start, end), [''], rule);
}

/** Takes the contents of a block out of it: what stands around them in `outer` goes, lines lose one level. */
export function unwrapBlock(
  editing: Editing,
  work: FileWork,
  outer: SyntaxNode,
  block: SyntaxNode,
  rule: string,
): void {
  const { text } = work.file;
  const inside = text.slice(block.start + 1, block.end - 1);
  const start = block.start + 1 + (inside.length - inside.trimStart().length);
  const end = block.start + 1 + inside.trimEnd().length;
  // A comment may stand behind the brace, on its line.
  const first = children(block, 'body')[0]?.start ?? start;
  const amount = work.layout.indentAt(first).length - work.layout.indentAt(outer.start).length;
  replace(editing, work, range(outer, outer.start, start), [''], rule);
  replace(editing, work, range(outer, end, outer.end), [''], rule);
  if (editing.dry > 0 || amount <= 0) return;
  outdents.set(work, [...(outdents.get(work) ?? []), { span: { start, end }, amount }]);
  outdentLines(editing, work, range(block, start, end), amount, rule);
}

/** Starts of the lines after the first that a range spans, those inside template literals left out. */
function innerLines(work: FileWork, node: Range): number[] {
  const { text } = work.file;
  const literals = findAll(node.of, 'TemplateElement');
  const found: number[] = [];
  for (
    let line = text.indexOf('\n', node.start) + 1;
    line > 0 && line < node.end;
    line = text.indexOf('\n', line) + 1
  ) {
    if (!literals.some((literal) => literal.start < line && line <= literal.end)) found.push(line);
  }
  return found;
}

/** Takes `amount` characters of indentation from every line of a range after its first. */
export function outdentLines(
  editing: Editing,
  work: FileWork,
  lines: Range,
  amount: number,
  rule: string,
): void {
  if (amount <= 0) return;
  for (const line of innerLines(work, lines)) {
    const blank = /^[ \t]*/.exec(work.file.text.slice(line, line + amount))?.[0].length ?? 0;
    if (blank > 0) replace(editing, work, range(lines.of, line, line + blank), [''], rule);
  }
}

/** Adds one level of indentation to every line of some statements, blank lines left out. */
export function indentLines(
  editing: Editing,
  work: FileWork,
  nodes: readonly SyntaxNode[],
  rule: string,
): void {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first === undefined || last === undefined || editing.dry > 0) return;
  const literals = nodes.flatMap((node) => findAll(node, 'TemplateElement'));
  const { text } = work.file;
  for (let line = work.layout.lineStart(first.start); line >= 0 && line < last.end; ) {
    const inLiteral = literals.some((literal) => literal.start < line && line <= literal.end);
    if (!inLiteral && !/^[ \t]*\r?\n/.test(text.slice(line)))
      work.draft.insert(range(first, line, line), work.layout.unit, rule);
    const next = text.indexOf('\n', line) + 1;
    if (next === 0) break;
    line = next;
  }
}

/** Turns an arrow's expression body into a block of statements. */
export function replaceArrowBody(
  editing: Editing,
  work: FileWork,
  fn: SyntaxNode,
  lines: readonly Part[][],
  rule: string,
): void {
  const { newline, unit } = work.layout;
  const body = fn.body as SyntaxNode;
  const start = arrowBodyStart(work, fn, body);
  const outer = indentAt(work, fn.start);
  const inner = outer + unit;
  const statements = lines.flatMap((line): Part[] => [newline + inner, ...line, ';']);
  replace(editing, work, range(fn, start, fn.end), ['{', ...statements, `${newline}${outer}}`], rule);
}

/** Where an arrow's body starts in the text: before a parenthesis that the tree does not show. */
export function arrowBodyStart(work: FileWork, fn: SyntaxNode, body: SyntaxNode): number {
  const between = textOf(work, range(fn, fn.start, body.start));
  const arrow = fn.start + between.lastIndexOf('=>') + 2;
  const gap = work.file.text.slice(arrow, body.start);
  return arrow + (gap.length - gap.trimStart().length);
}

/** Takes items out of a list with the commas between them; at least one stays. */
export function removeItems(
  editing: Editing,
  work: FileWork,
  items: readonly SyntaxNode[],
  isGone: (item: SyntaxNode) => boolean,
  rule: string,
): void {
  const lastKept = items.findLastIndex((each) => !isGone(each));
  for (const [index, each] of items.entries()) {
    if (!isGone(each)) continue;
    const span =
      index < lastKept
        ? range(each, each.start, items[index + 1]?.start ?? each.end)
        : range(each, items[index - 1]?.end ?? each.start, each.end);
    replace(editing, work, span, [''], rule);
  }
}

/** Writes what stays of a list in braces on one line; false when that is too long, or nothing stays. */
export function rewriteList(
  editing: Editing,
  work: FileWork,
  items: readonly SyntaxNode[],
  isGone: (item: SyntaxNode) => boolean,
  rule: string,
): boolean {
  const [first, last] = [items[0], items.at(-1)];
  const kept = items.filter((each) => !isGone(each)).map((each) => textOf(work, each));
  const list = `{ ${kept.join(', ')} }`;
  const end = last === undefined ? -1 : work.file.text.indexOf('}', last.end);
  if (first === undefined || end < 0 || kept.length === 0 || list.length > 60) return false;
  replace(editing, work, range(first, work.file.text.lastIndexOf('{', first.start), end + 1), [list], rule);
  return true;
}
