export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(share * 100)} %`;
export const number = (value: number): string => value.toLocaleString('en-US');

/** One line of what was said, fit for a table. */
export const firstLine = (text: string): string =>
  (text.split('\n').find((line) => line.trim() !== '') ?? '').trim().replaceAll('|', '\\|').slice(0, 300);

/** Up to three lines, after the first, that name an error. */
export const errorLines = (text: string): string[] =>
  text
    .split('\n')
    .slice(1)
    .filter((line) => /\b\w*error\b/i.test(line))
    .map((line) => firstLine(line))
    .slice(0, 3);
