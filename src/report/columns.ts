/** Lines of people's text end before this column unless a single word is longer. */
const WIDTH = 110;

/** Wraps a sentence; every line after the first begins with `indent` spaces. `first` is what stands before the text. */
export function wrap(first: string, text: string, indent: number, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = first;
  let used = visible(first);
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && used + 1 + visible(word) > width) {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent) + word;
      used = indent + visible(word);
    } else {
      line += empty ? word : ` ${word}`;
      used += visible(word) + (empty ? 0 : 1);
    }
    empty = false;
  }
  return [...lines, line];
}

/** Rows as columns as wide as their widest cell, two spaces apart; the last column is ragged. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, visible(cell));
  }
  return rows.map((row) =>
    (
      indent +
      row.map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0))).join('  ')
    ).trimEnd(),
  );
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - visible(text)));

/** Length without colour codes. */
const visible = (text: string): number => text.replace(/\u001b\[[0-9;]*m/g, '').length;

/** Control characters of a repository's own texts must not reach the terminal. */
const printable = (text: string): string =>
  text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );

/** Makes every part of a line printable but the colour codes, which are ours. */
export const safeLine = (text: string): string =>
  text
    .split(/(\u001b\[[0-9;]*m)/)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('');
