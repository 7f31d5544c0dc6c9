import { describe, expect, it } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import { percentiles, slower, suspicious, timedOf } from './latency.ts';

const times = (old: number[], next: number[]) => ({ old, again: old, new: next });
const five = (ms: number) => [ms, ms, ms, ms, ms];

describe('service times', () => {
  it('have nearest-rank percentiles, and none without samples', () => {
    expect(percentiles([])).toBeNull();
    expect(percentiles(Array.from({ length: 100 }, (_, i) => 100 - i))).toEqual({
      p50: 50,
      p95: 95,
      p99: 99,
      samples: 100,
    });
  });
  it('tell a slower route by its median, not by one stall', () => {
    expect(slower(times(five(5), five(200)))).toEqual({ old: 5, new: 200 });
    expect(slower(times(five(5), [5, 5, 5, 5, 900]))).toBeNull();
    expect(slower(times(five(100), five(250)))).toBeNull();
    expect(slower(times(five(1), five(60)))).toBeNull();
  });
  it('ask for more samples where few look slow', () => {
    expect(suspicious(times([5], [400]))).toBe(true);
    expect(slower(times([5], [400]))).toBeNull();
    expect(slower(times([5], [2000]))).toEqual({ old: 5, new: 2000 });
    expect(suspicious(times([5], [6]))).toBe(false);
  });
  it('are taken of every exchange of a small run, and of some of every route of a large one, whatever its rhythm', () => {
    const timed = timedOf(({ index }) => `GET /${index % 10}`);
    const taken = Array.from({ length: 50_000 }, (_, i) => i + 1).filter((index) =>
      timed({ index } as Exchange),
    );
    expect(taken.filter((index) => index <= 5_000)).toHaveLength(5_000);
    for (let route = 0; route < 10; route++) {
      const late = taken.filter((index) => index > 5_000 && index % 10 === route);
      expect(late.length).toBeGreaterThan(200);
      expect(late.length).toBeLessThan(250);
    }
  });
});
