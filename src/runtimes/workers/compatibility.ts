/**
 * From this date on `nodejs_compat` is on by itself, and naming it draws a warning.
 * Source: workerd 2026-11-17's own message, measured 2026-11-23.
 */
const NODE_COMPAT_BY_DEFAULT = '2026-08-04';

/** The newest compatibility date a workerd supports, which is the date of its version: `1.20261117.1` → `2026-11-17`. */
export function dateOf(version: string): string {
  const [, year, month, day] = /^\d+\.(\d{4})(\d{2})(\d{2})\b/.exec(version) ?? [];
  return [year, month, day].join('-');
}

/** A compatibility date with the flags a Node.js application needs beside the ones it asks for itself. */
export function compatibility(
  date: string,
  asked: string[] = [],
): { compatibilityDate: string; compatibilityFlags: string[] } {
  const needed =
    date < NODE_COMPAT_BY_DEFAULT && !asked.includes('no_nodejs_compat') ? ['nodejs_compat'] : [];
  return { compatibilityDate: date, compatibilityFlags: [...new Set([...asked, ...needed])] };
}
