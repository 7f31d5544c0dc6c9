import { describe, expect, it } from 'vitest';
import {
  adjusted,
  binomialTail,
  mcnemar,
  normalQuantile,
  quantileInterval,
  samplesForBound,
  samplesForExtra,
  samplesForQuantile,
  zeroDefectBound,
} from './statistics.ts';

describe('counts', () => {
  it('have the exact one-sided McNemar p-values of published tables', () => {
    expect(mcnemar(5, 0)).toBeCloseTo(0.03125, 12);
    expect(mcnemar(7, 0)).toBeCloseTo(0.0078125, 12);
    expect(mcnemar(10, 0)).toBeCloseTo(1 / 1024, 12);
    // Sum of C(15, k), k = 12..15, over 2^15.
    expect(mcnemar(12, 3)).toBeCloseTo((455 + 105 + 15 + 1) / 32768, 12);
    expect(mcnemar(0, 9)).toBe(1);
    expect(mcnemar(0, 0)).toBe(1);
  });

  it('keep their digits in large samples', () => {
    expect(binomialTail(1000, 500, 0.5)).toBeCloseTo(0.5126125, 6);
    expect(mcnemar(600, 400) / 1.364232e-10).toBeCloseTo(1, 4);
    expect(binomialTail(10, 3, 0.1)).toBeCloseTo(0.0701908264, 10);
  });

  it('are adjusted for how many cells are tested, as Benjamini and Hochberg do', () => {
    // The 15 p-values of the 1995 paper: four stay at a false discovery rate of 5%.
    const paper = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const q = adjusted(paper.toReversed()).toReversed();
    expect(q.filter((value) => value <= 0.05)).toHaveLength(4);
    expect(q[0]).toBeCloseTo(0.0015, 10);
    expect(q[3]).toBeCloseTo(0.035625, 10);
    expect(q[14]).toBe(1);
    expect(adjusted([])).toEqual([]);
  });

  it('need the sample sizes that are known for zero defects', () => {
    expect([0.01, 0.001, 0.0001].map((bound) => samplesForBound(bound))).toEqual([299, 2995, 29956]);
    expect([0.01, 0.001, 0.0001].map((bound) => samplesForBound(bound, 0.99))).toEqual([459, 4603, 46050]);
    expect(zeroDefectBound(299)).toBeLessThan(0.01);
    expect(zeroDefectBound(298)).toBeGreaterThan(0.01);
    expect(zeroDefectBound(0)).toBe(1);
  });

  it('see an extra defect rate over noise in the sample the formula names, and not in a tenth of it', () => {
    const n = samplesForExtra(0.1, 0.05, 0.001);
    const found = (size: number) => {
      let hits = 0;
      const random = generator(7);
      for (let run = 0; run < 200; run++) {
        let [b, c] = [0, 0];
        for (let i = 0; i < size; i++) {
          const x = random();
          if (x < 0.15) b++;
          else if (x < 0.25) c++;
        }
        if (mcnemar(b, c) <= 0.001) hits++;
      }
      return hits / 200;
    };
    expect(found(n)).toBeGreaterThan(0.82);
    expect(found(Math.round(n / 10))).toBeLessThan(0.3);
  });

  it('have the quantiles of the normal distribution', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 7);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 7);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  });
});

describe('quantiles', () => {
  it('have the order-statistic interval of the tables', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    // Ranks 40 and 61 of 100 cover the median with 96.5%.
    expect(quantileInterval(hundred, 0.5, 0.95)).toEqual({ low: 40, at: 50, high: 61 });
    expect(quantileInterval(hundred.slice(0, 5), 0.5, 0.95)).toBeNull();
    expect(quantileInterval(hundred.slice(0, 6), 0.5, 0.95)).toEqual({ low: 1, at: 3, high: 6 });
  });

  it('say how many samples an interval needs, and have one from there on', () => {
    for (const [q, confidence] of [
      [0.5, 0.95],
      [0.95, 0.95],
      [0.99, 0.975],
    ] as const) {
      const n = samplesForQuantile(q, confidence);
      const list = Array.from({ length: n }, (_, i) => i);
      expect(quantileInterval(list, q, confidence)).not.toBeNull();
      expect(quantileInterval(list.slice(1), q, confidence)).toBeNull();
    }
    expect(samplesForQuantile(0.95, 0.95)).toBe(72);
  });

  it('cover the true quantile as often as they promise', () => {
    const random = generator(3);
    let covered = 0;
    for (let run = 0; run < 400; run++) {
      const sample = Array.from({ length: 120 }, random).sort((a, b) => a - b);
      const found = quantileInterval(sample, 0.95, 0.95);
      if (found && found.low <= 0.95 && 0.95 <= found.high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.925);
  });
});

/** Mulberry32: the same numbers each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
