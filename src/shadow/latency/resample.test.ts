import { describe, expect, it } from 'vitest';
import { random } from './random.ts';
import { meanInterval, resampleQuantile, slopeInterval, tQuantile } from './resample.ts';
import { schedule } from './schedule.ts';

/** Answers that take about 10 ms, in blocks that each have a mood of their own. */
function blocks(next: () => number, rounds: number, factor: number, moods: readonly number[]): number[][] {
  return Array.from({ length: rounds }, (_, i) =>
    Array.from({ length: 40 }, () => factor * (moods[i] ?? 1) * 10 * -Math.log(1 - next())),
  );
}

describe('intervals from whole blocks', () => {
  it('hold the true ratio about as often as they promise, though the machine drifts', () => {
    const next = random(7);
    let held = 0;
    const runs = 120;
    for (let i = 0; i < runs; i++) {
      // Moods hit all sides of a round alike: up to half as fast again.
      const moods = Array.from({ length: 10 }, () => 1 + next() / 2);
      const sides = [1, 1.2].map((factor) => blocks(next, 10, factor, moods));
      const ratio = resampleQuantile(sides, 0.5, i)?.[1]?.ratio;
      if (ratio && ratio.low <= 1.2 && ratio.high >= 1.2) held++;
    }
    // 95% of 120 is 114; below 104 an interval that keeps its promise would come once in 10,000 times.
    expect(held).toBeGreaterThanOrEqual(104);
  }, 30_000);

  it('tell a side that takes twice as long, and need three blocks to tell anything', () => {
    const next = random(1);
    const moods = [1, 2, 1, 3, 1, 1, 2, 1];
    const [, twice] =
      resampleQuantile(
        [1, 2].map((factor) => blocks(next, 8, factor, moods)),
        0.5,
      ) ?? [];
    expect(twice?.ratio?.low).toBeGreaterThan(1.4);
    expect(twice?.ratio?.high).toBeLessThan(2.8);
    expect(resampleQuantile([[[1], [2]]], 0.5)).toBeNull();
    expect(
      resampleQuantile(
        [
          [[1], [], [2]],
          [[], [], []],
        ],
        0.5,
      ),
    ).toBeNull();
  });

  it('agree with tables of the t distribution, and with lines drawn by hand', () => {
    expect(tQuantile(0.975, 4)).toBeCloseTo(2.776, 1);
    expect(tQuantile(0.975, 9)).toBeCloseTo(2.262, 2);
    expect(tQuantile(0.975, 30)).toBeCloseTo(2.042, 3);
    expect(meanInterval([1, 2, 3])?.at).toBe(2);
    expect(meanInterval([1, 2])).toBeNull();
    const line = slopeInterval([0, 1, 2, 3, 4].map((x) => [x, 3 * x + (x % 2)] as const));
    expect(line?.at).toBeCloseTo(3);
    expect(line?.low).toBeLessThan(3);
    expect(slopeInterval([1, 1, 1, 1].map((x) => [x, 5] as const))).toBeNull();
  });
});

describe('a schedule', () => {
  const plan = { rate: 200, rounds: 10, blockMs: 1000, requests: 7, seed: 3 } as const;
  it('is the same for the same seed, and has the rate that was asked for', () => {
    const rounds = schedule({ ...plan, arrivals: 'poisson' });
    expect(schedule({ ...plan, arrivals: 'poisson' })).toEqual(rounds);
    const arrivals = rounds.flatMap((round) => round.arrivals);
    expect(arrivals.length).toBeGreaterThan(1800);
    expect(arrivals.length).toBeLessThan(2200);
    // Gaps of a Poisson process vary as much as they are long.
    const [first] = rounds;
    const gaps = (first?.arrivals ?? []).slice(1).map(({ at }, i) => at - (first?.arrivals[i]?.at ?? 0));
    expect(Math.max(...gaps)).toBeGreaterThan(3 * Math.min(...gaps));
    expect(new Set(rounds.map(({ order }) => order.join())).size).toBeGreaterThan(2);
  });
  it('asks every request equally often, and spaces evenly when told to', () => {
    const arrivals = schedule({ ...plan, arrivals: 'fixed' }).flatMap((round) => round.arrivals);
    expect(arrivals).toHaveLength(2000);
    const counts = [0, 1, 2, 3, 4, 5, 6].map((i) => arrivals.filter(({ request }) => request === i).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(arrivals[1]?.at).toBeCloseTo(5);
  });
});
