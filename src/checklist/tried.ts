import type { Interval } from '../model/latency.ts';
import type { TryFigures, TryWay } from '../model/try.ts';

/** A row that starts and answers all that was asked as today's runtime does. */
export const answersAll = (row: TryWay | null): boolean =>
  row !== null &&
  row.failed === null &&
  row.answers !== null &&
  row.answers.of > 0 &&
  row.answers.same === row.answers.of;

export type Measured = Interval | null;

/** A figure of a row; null where it was not measured. */
export function figure(
  row: TryWay | null | undefined,
  name: 'firstAnswer' | 'p50' | 'p99' | 'memory',
): Measured {
  const found: TryFigures[typeof name] | undefined = row?.figures?.[name];
  return found && 'measured' in found ? found.measured : null;
}
