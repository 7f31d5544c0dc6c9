export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(share * 100)} %`;
export const number = (value: number): string => value.toLocaleString('en-US');

/** One line of what was said, fit for a table. */
export const firstLine = (text: string): string =>
  (text.split('\n').find((line) => line.trim() !== '') ?? '').trim().replaceAll('|', '\\|').slice(0, 300);
