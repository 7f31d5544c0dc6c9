import type { ValueSelector } from '../../model/waiver.ts';

/** Whether a place holds what a selector says; a value is a text, or null where there is nothing. */
export function fitsValue(selector: ValueSelector | undefined, value: string | null): boolean {
  if (selector === undefined) return true;
  if (selector === null || value === null) return selector === value;
  if (typeof selector !== 'object') return value === String(selector) || value === JSON.stringify(selector);
  return 'type' in selector ? typeOf(value) === selector.type : new RegExp(selector.matches).test(value);
}

/** Whether a selector says the one value there is. */
export const isExact = (selector: ValueSelector | undefined): boolean =>
  selector !== undefined && (selector === null || typeof selector !== 'object');

/** The type in JSON of a value as it is shown: a text that is no JSON is a string. */
function typeOf(value: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return 'string';
  }
  if (parsed === null) return 'null';
  return Array.isArray(parsed) ? 'array' : typeof parsed;
}
