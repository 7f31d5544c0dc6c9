import { describe, expect, it } from 'vitest';
import { type Round, summarise } from './figures.ts';

const round = (at: number, more: Partial<Round> = {}): Round => ({
  startMs: 100 + at,
  loop: {
    service: Array.from({ length: 200 }, (_, i) => 2 + at / 10 + (i % 10) / 10),
    ...{ failed: { count: 0, first: null }, wallMs: 1000, own: 0.3 },
  },
  memory: 80e6 + at * 1e5,
  alone: { requests: 100, service: 200, cpu: 50 + at, queued: 1, isFine: true },
  ...more,
});
const six = (more: Partial<Round> = {}) => [0, 1, 2, 3, 4, 5].map((at) => round(at, more));
const measured = <T>(figure: { measured: T } | { notMeasured: string }): T => {
  if ('measured' in figure) return figure.measured;
  throw new Error(figure.notMeasured);
};

describe('the figures of a row', () => {
  it('have intervals over its starts', () => {
    const found = summarise(six(), null);
    expect(measured(found.firstAnswer)).toEqual({ low: 100, at: 102, high: 105 });
    const p50 = measured(found.p50);
    expect(p50.low).toBeLessThan(p50.at);
    expect(p50.high).toBeGreaterThan(p50.at);
    expect(measured(found.perSecond)).toMatchObject({ at: 200, atLeast: false });
    expect(measured(found.memory).at).toBeCloseTo(80.25e6);
    expect(measured(found.share).share.at).toBeCloseTo(0.2625);
  });

  it('say where this process could not ask more', () => {
    const loop = { ...round(0).loop, own: 0.95 };
    expect(measured(summarise(six({ loop }), null).perSecond).atLeast).toBe(true);
  });

  it('are none under load where answers change, and the start still is one', () => {
    const loop = { ...round(0).loop, failed: { count: 50, first: 'status 429 instead of 200' } };
    const found = summarise(six({ loop }), null);
    expect(found.p50).toEqual({
      notMeasured: expect.stringMatching(/status 429 instead of 200: a limit of requests/),
    });
    expect('measured' in found.firstAnswer).toBe(true);
  });

  it('tell no 99th percentile of few answers, and no share of a busy machine', () => {
    const loop = { ...round(0).loop, service: [1, 2, 3] };
    expect(summarise(six({ loop }), null).p99).toEqual({ notMeasured: expect.stringContaining('368') });
    const alone = { ...round(0).alone, queued: 100 };
    expect(summarise(six({ alone }), null).share).toEqual({ notMeasured: expect.stringContaining('50%') });
  });

  it('give the reason of a row that stopped', () => {
    expect(summarise([], 'it ended under load: exit code 1').perSecond).toEqual({
      notMeasured: 'it ended under load: exit code 1',
    });
  });
});
