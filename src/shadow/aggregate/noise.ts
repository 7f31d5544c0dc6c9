import type { CountedCell } from '../../model/aggregate.ts';
import type { Noise } from '../../model/comparison.ts';
import { adjusted, mcnemar, samplesForExtra } from '../statistics.ts';

/** Of the cells reported as worse than noise, on average at most this part are not. */
const FALSE_DISCOVERY = 0.01;
/** Where the old side differs from itself this often, its repeat is no witness: nothing could be told there. */
const NEVER_REPEATS = 0.5;

/**
 * Tests the cells in which the old side differs from itself. All others are left alone: a difference there is
 * deterministic, and one is enough.
 *
 * @param cells unexplained cells, with their paired counts
 * @param repeat unexplained cells between the old side and its repeat, with the same keys
 * @param compared exchanges of a route that have a repeat to compare with
 * @param extra additional rate of differences, 0..1, that must not go unseen
 */
export function testNoise(
  cells: readonly CountedCell[],
  repeat: readonly CountedCell[],
  compared: (route: string) => number,
  extra: number,
): Map<string, Noise> {
  const counts = new Map(cells.filter(({ explained }) => !explained).map((cell) => [cell.key, cell]));
  const noisy = repeat
    .filter(({ explained }) => !explained)
    .map((cell) => ({ ...cell, ...pick(counts.get(cell.key), cell.exchanges) }));
  const tests = noisy.map(({ b, c }) => mcnemar(b, c));
  const q = adjusted(tests);
  return new Map(
    noisy.map(({ key, route, b, c, both }, i) => {
      const n = compared(route);
      const needed = samplesForExtra(n === 0 ? 1 : c / n, extra, FALSE_DISCOVERY);
      const never = n === 0 || (c + both) / n >= NEVER_REPEATS;
      const worse = (q[i] ?? 1) <= FALSE_DISCOVERY;
      const result = worse ? 'worse' : never ? 'never-repeats' : n >= needed ? 'no-worse' : 'undecided';
      return [key, { ...{ b, c, both, n, p: tests[i] ?? 1, q: q[i] ?? 1 }, result, extra, needed }];
    }),
  );
}

/** A cell that only the repeat shows has no count of its own: every one of its exchanges is noise. */
const pick = (cell: CountedCell | undefined, exchanges: number) =>
  cell ? { b: cell.b, c: exchanges - cell.both, both: cell.both } : { b: 0, c: exchanges, both: 0 };
