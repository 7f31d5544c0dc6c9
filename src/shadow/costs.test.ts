import { describe, expect, it } from 'vitest';
import type { Aggregate } from '../model/aggregate.ts';
import { costsOf } from './costs.ts';

/** Times around a middle, the same ones each time: `at` ms, up to half more. */
const spread = (at: number, count: number) =>
  Array.from({ length: count }, (_, i) => at * (1 + ((i * 7) % 10) / 20));

function costs({ old = 2, again = 2, next = 2, count = 60, rss = [80, 83, 82] as (number | null)[] }) {
  const times = { old: spread(old, count), again: spread(again, count), new: spread(next, count) };
  const mb = (at: number) => {
    const value = rss[at] ?? null;
    return value === null ? null : value * 1e6;
  };
  return costsOf({
    routes: [{ limit: null, times, retimed: { old: [], again: [], new: [] } }],
    sides: { old: { rssBytes: mb(0), repeatRssBytes: mb(1) }, new: { rssBytes: mb(2) } },
  } as unknown as Aggregate);
}

describe('what a new side costs more is said where it lies beyond the noise', () => {
  it('slower, with the interval and that of the old side’s repeat', () => {
    expect(costs({ next: 3.4 })).toEqual([
      'slower (p50 2.4 ms → 4.1 ms, asked one request at a time: 1.7 to 1.7 times at 95%, the old side’s repeat 1 to 1)',
    ]);
  });
  it('not where the old side’s repeat is as slow, nor where too few were timed, nor for a few percent', () => {
    expect(costs({ next: 3.4, again: 3.5 })).toEqual([]);
    expect(costs({ next: 3.4, count: 4 })).toEqual([]);
    expect(costs({ next: 2.1 })).toEqual([]);
    expect(costs({ next: 1 })).toEqual([]);
  });
  it('larger, beyond what the two instances of the old side differ by', () => {
    expect(costs({ rss: [80, 83, 140] })).toEqual([
      'larger (RSS 80 to 83 MB in the two instances of the old side, 140 MB in the new one)',
    ]);
    expect(costs({ rss: [80, 83, 95] })).toEqual([]);
    expect(costs({ rss: [80, 120, 160] })).toEqual([]);
    expect(costs({ rss: [80, null, 160] })).toEqual([]);
  });
});
