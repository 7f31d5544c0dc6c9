/** Text for a Markdown table cell or line: no line breaks, nothing that starts markup or HTML. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>|#~]/g, '\\$&');

/** Inline code that survives backticks and pipes inside. */
export function inlineCode(text: string): string {
  const plain = text.replace(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
  const fence = plain.includes('`') ? '``' : '`';
  return fence === '`' ? `\`${plain}\`` : `${fence} ${plain.replace(/`{2,}/g, "'")} ${fence}`;
}

/** One row of a table. */
export const row = (...cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
