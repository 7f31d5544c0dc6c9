/** Texts that a shell takes as one word without quotes. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A text as one word of a POSIX shell, whatever is in it. */
export const shellWord = (text: string): string =>
  PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A comment of several lines, for YAML and shells. */
export const comment = (...lines: string[]): string =>
  lines.map((line) => `# ${line.replaceAll(/[\r\n]+/g, ' ')}\n`).join('');
