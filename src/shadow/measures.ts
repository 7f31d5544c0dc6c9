/** Numbers of a process by their name alone, and those that are measurements only if they vary. */
const PROCESS_FACT = /(^|[._])(uptime|rss|heap(Used|Total)|loadavg)(\[\]|$)/i;
const PROCESS_ID = /(^|[._])pid(\[\]|$)/i;
const MEASUREMENT = /(^|[._])(memory|elapsed(Ms)?|took(Ms)?|duration(Ms)?|responseTime)(\[\]|$)/i;
const UPTIME = /(^|[._])uptime$/i;

/** More than this many times as much is another unit, or another thing. */
const TIMES = 20;
/** Times taken of a few milliseconds differ by chance by more than that; not by more than so many. */
const FEW_MS = 100;
/** A busy machine's load. */
const MOST_LOAD = 1_000;
/** A side that runs for less than this many seconds does not tell its milliseconds from them. */
const SHORT_RUN = 50;

/** What kind of process number stands at a place; null for none. */
export function measureAt(location: string): 'fact' | 'pid' | 'measurement' | null {
  if (PROCESS_FACT.test(location)) return 'fact';
  if (PROCESS_ID.test(location)) return 'pid';
  return MEASUREMENT.test(location) ? 'measurement' : null;
}

/**
 * Two numbers of two processes that are of one unit and of one size.
 *
 * @param clockBudgetMs the two processes may have been started this far apart
 */
export function nearMeasures(location: string, old: number, next: number, clockBudgetMs: number): boolean {
  const [low, high] = [Math.min(old, next), Math.max(old, next)];
  const apart = high - low;
  if (low < 0) return false;
  if (measureAt(location) === 'pid') return Number.isInteger(old) && Number.isInteger(next);
  if (high <= low * TIMES) return true;
  if (/loadavg/i.test(location)) return high < MOST_LOAD;
  if (UPTIME.test(location))
    return apart <= clockBudgetMs / 1000 || (low >= SHORT_RUN && apart <= clockBudgetMs);
  // Whole milliseconds on one side and a fraction of a second on the other are near each other, and not the same unit.
  const otherUnit = low > 0 && low < 1 && Number.isInteger(high) && high > TIMES * low * TIMES;
  return measureAt(location) !== 'fact' && apart <= FEW_MS && !otherUnit;
}
