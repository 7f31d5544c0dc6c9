import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';

/** How a file is written: new text follows it. */
export interface Layout {
  newline: string;
  /** One level of indentation. */
  unit: string;
  quote: "'" | '"';
  semicolon: ';' | '';
  /** Whitespace at the start of the line that holds an offset. */
  indentAt(offset: number): string;
  /** Start of the line that holds an offset. */
  lineStart(offset: number): number;
  string(value: string): string;
}

export function layoutOf(file: ParsedFile): Layout {
  const { text } = file;
  const quotes = { "'": 0, '"': 0 };
  for (const match of text.matchAll(/(['"])(?:\\.|(?!\1)[^\\\n])*\1/g)) quotes[match[1] as "'" | '"'] += 1;
  const quote = quotes['"'] > quotes["'"] ? '"' : "'";
  const statements = (file.program.body as SyntaxNode[] | undefined) ?? [];
  const ended = statements.filter((node) => text[node.end - 1] === ';').length;
  const endable = statements.filter((node) => /^(Variable|Expression|Import)/.test(node.type)).length;
  const lineStart = (offset: number) => text.lastIndexOf('\n', offset - 1) + 1;
  return {
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    unit: /^(\t|(?: {2}){1,2}(?! ))\S/m.exec(text)?.[1] ?? '  ',
    quote,
    semicolon: endable > 0 && ended * 2 < endable ? '' : ';',
    indentAt: (offset) => /^[ \t]*/.exec(text.slice(lineStart(offset)))?.[0] ?? '',
    lineStart,
    string: (value) =>
      quote +
      JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`) +
      quote,
  };
}
