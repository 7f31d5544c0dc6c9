import { children } from '../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';

/**
 * A module that is put together from several places, as if it had been written at one: two spaces a level, statements at
 * the margin. Nothing inside template literals is touched.
 */
export function tidied(path: string, text: string): string {
  const plain = eachLine(path, text.replaceAll('\r\n', '\n'), (line) =>
    line.replace(/^[ \t]*\t[ \t]*/, (indent) => indent.replaceAll('\t', '  ')),
  );
  const statements = children(parseFile(path, plain, { packageType: 'module' }).program, 'body');
  return eachLine(path, plain, (line, start) => {
    const statement = statements.find((each) => each.start < start && start <= each.end);
    const deep = statement === undefined ? 0 : depthOf(plain, statement);
    return line.slice(0, deep).trim() === '' ? line.slice(deep) : line.trimStart();
  });
}

/** How far in a statement stands, by its last line. */
function depthOf(text: string, { end }: SyntaxNode): number {
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  return line.length - line.trimStart().length;
}

function eachLine(path: string, text: string, change: (line: string, start: number) => string): string {
  const { program } = parseFile(path, text, { packageType: 'module' });
  const literal = findAll(program, 'TemplateElement');
  let start = 0;
  const lines = text.split('\n').map((line) => {
    const at = start;
    start += line.length + 1;
    return literal.some((each) => each.start < at && at <= each.end) ? line : change(line, at);
  });
  return lines.join('\n');
}
