/**
 * How a generated value is written. Two values are compared by their form before anything is said about what they mean: a
 * moment in seconds is not the same moment in milliseconds, whatever the clock says.
 */

const ISO = /^\d{4}-\d{2}-\d{2}([T ])\d{2}:\d{2}(:\d{2})?(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The form of a moment: unit, format, precision (of three digits each: some writers leave out zeros at the end), zone; null for none. */
export function dateForm(value: string): string | null {
  if (/^\d{13}$/.test(value)) return 'ms since the epoch';
  if (/^\d{10}$/.test(value)) return 's since the epoch';
  if (HTTP_DATE.test(value)) return 'HTTP date';
  const iso = ISO.exec(value);
  if (!iso) return null;
  const [, separator, seconds, fraction = '', zone = 'no zone'] = iso;
  return `ISO 8601 ${separator} ${seconds ? 's' : 'min'} ${Math.ceil(fraction.length / 3)} ${zone}`;
}

/** What two names with a value of this class in the same place have in common; for tokens, whose length varies, nothing. */
export function nameForm(kind: string, value: string): string {
  if (kind === 'date') return dateForm(value) ?? '';
  if (kind === 'uuid') return `${value[14]} ${isUpper(value)}`;
  return kind === 'hex' ? `${value.length} ${isUpper(value)}` : '';
}

/** Two values of one class (see `valueClass`) have one form. */
export function sameForm(kind: string, old: string, next: string): boolean {
  if (kind === 'date') return dateForm(old) === dateForm(next);
  if (kind === 'number') return dateForm(old) === dateForm(next) || !(dateForm(old) || dateForm(next));
  // The version says how an id is made: by chance, or by the clock.
  if (kind === 'uuid') return old[14] === next[14] && sameCase(old, next);
  if (kind === 'ulid') return true;
  const [a, b] = [plain(old).split('.'), plain(next).split('.')];
  return a.length === b.length && a.every((part, i) => nearLength(part, b[i] ?? '')) && sameCase(old, next);
}

/** Ids of one column: not a thousand times as long to write as the other. */
export const nearDigits = (old: string, next: string): boolean => Math.abs(old.length - next.length) <= 3;

/** A third longer at most: claims and escapes vary, half a key does not. */
const nearLength = (a: string, b: string): boolean =>
  Math.max(a.length, b.length) <= (Math.min(a.length, b.length) * 4) / 3 + 2;

const isUpper = (value: string) => /[A-Z]/.test(value) && !/[a-z]/.test(value);
const isLower = (value: string) => /[a-z]/.test(value) && !/[A-Z]/.test(value);
const sameCase = (a: string, b: string): boolean =>
  a.length < 16 || !((isUpper(a) && isLower(b)) || (isLower(a) && isUpper(b)));

function plain(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
