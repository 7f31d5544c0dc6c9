import type { CountedCell } from '../../model/aggregate.ts';
import { EXEMPLARS } from '../judging/tally.ts';

/** The samples of the earliest exchanges, as many as a report shows. */
export const earliest = <T extends { exchange: number }>(samples: readonly T[]): T[] =>
  samples.toSorted((a, b) => a.exchange - b.exchange).slice(0, EXEMPLARS);

/** Merges what has one name. */
export function mergeBy<T>(list: readonly T[], name: (one: T) => string, join: (a: T, b: T) => T): T[] {
  const out = new Map<string, T>();
  for (const one of list) {
    const known = out.get(name(one));
    out.set(name(one), known === undefined ? one : join(known, one));
  }
  return [...out.values()];
}

/** One cell of two shards. */
export const joinCells = (a: CountedCell, b: CountedCell): CountedCell => ({
  ...a,
  exchanges: a.exchanges + b.exchanges,
  b: a.b + b.b,
  c: a.c + b.c,
  both: a.both + b.both,
  exemplars: earliest([...a.exemplars, ...b.exemplars]),
});

/** A cell with its earliest exemplars, in their order. */
export const canonicalCell = (cell: CountedCell): CountedCell => ({
  ...cell,
  exemplars: earliest(cell.exemplars),
});
