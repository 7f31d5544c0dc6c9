/**
 * The first line of a `.env` file that dotenv 17 and Node.js 22.23, 24.22 and 26.12 read otherwise, of all that were compared:
 * multi-line values, quotes of three kinds, `export`, comments and escapes are read alike. Values are never said.
 */
export function oddLine(text: string): { line: number; why: string } | null {
  if (text.startsWith('\uFEFF'))
    return { line: 1, why: 'begins with a byte order mark, which Node.js takes as a part of the first name' };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const at = { line: index + 1 };
    if (/^\s*(?:export\s+)?[\w.-]+:\s/.test(line))
      return { ...at, why: 'has `name: value`, which Node.js does not read' };
    if (/=\s*(["'`]).*\\\1/.test(line))
      return { ...at, why: 'has an escaped quote, at which Node.js ends the value' };
  }
  return null;
}
