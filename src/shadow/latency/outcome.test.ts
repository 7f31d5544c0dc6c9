import { describe, expect, it } from 'vitest';
import type { LoadedSide } from '../../model/latency.ts';
import { sampleLatency } from '../../testing/report.ts';
import { judgeLoad, type LoadEvidence } from './outcome.ts';

const NONE = { late: { old: 0, again: 0, new: 0 }, crashes: [], failures: {} };
const judged = (change: Partial<LoadEvidence>) => judgeLoad({ ...sampleLatency('x'), ...NONE, ...change });

function withSide(name: 'old' | 'again' | 'new', change: Partial<LoadedSide>): Partial<LoadEvidence> {
  const { sides } = sampleLatency('x');
  return { sides: { ...sides, [name]: { ...sides[name], ...change } } };
}

describe('the outcome of a load', () => {
  it('passes a side within the margin', () => {
    expect(judged({})).toMatchObject({ outcome: 'PASS' });
  });

  it.each([
    [
      'requests that left late',
      { late: { old: 0, again: 0, new: 30 } },
      /30 of 1000 requests to the new side left more than 2 ms late/,
    ],
    [
      'requests that were dropped',
      withSide('new', { dropped: 4 }),
      /4 requests were dropped.*The old side does keep up/,
    ],
    [
      'a queue that grows',
      withSide('old', { backlog: { low: 300, at: 400, high: 500 } }),
      /answers come 400 ms later for every second/,
    ],
    [
      'an old side that fails',
      { ...withSide('old', { failed: 30 }), failures: { old: 'status 500 instead of 200' } },
      /failed 30 of 1000 requests under load \(status 500/,
    ],
    [
      'an old side that ends',
      { crashes: [{ side: 'old' as const, said: 'exit code 1' }] },
      /The old side ended under load: exit code 1/,
    ],
    ['nothing to ask', { requests: 0 }, /Not one request could be asked again/],
  ])('is INVALID for %s, and says so plainly', (_, change, reason) => {
    const { outcome, reasons } = judged(change);
    expect(outcome).toBe('INVALID');
    expect(reasons[0]).toMatch(reason);
  });

  it('holds a few late requests to be what they are: too few to move the judged quantile', () => {
    expect(judged({ late: { old: 12, again: 0, new: 9 } }).outcome).toBe('PASS');
  });

  it('fails a new side that ends, fails requests or is slower on one route', () => {
    expect(judged({ crashes: [{ side: 'new', said: 'exit code 3' }] })).toMatchObject({
      ...{ outcome: 'FAIL', reasons: ['The new side ended under load: exit code 3'] },
    });
    expect(judged({ ...withSide('new', { failed: 8 }), failures: { new: 'status 503' } }).outcome).toBe(
      'FAIL',
    );
    expect(judged(withSide('new', { failed: 1 })).outcome).toBe('PASS');
    const sample = sampleLatency('x');
    const slow = { low: 40, at: 50, high: 60 };
    const timing = sample.timing.map((row) =>
      row.route === 'all' ? row : { ...row, quantiles: row.quantiles.map((one) => ({ ...one, new: slow })) },
    );
    expect(judged({ timing }).reasons[0]).toMatch(/^GET \/x is slower under load: p95 10 ms → 50 ms/);
  });

  it('is INCONCLUSIVE when the interval reaches over the margin, and says how long a run would decide', () => {
    const wide = { ratio: { low: 0.9, at: 1.05, high: 1.3 }, extra: { low: -10, at: 4, high: 20 } };
    const timing = sampleLatency('x').timing.map((row) => ({
      ...row,
      quantiles: row.quantiles.map((one) => ({ ...one, against: { new: wide, again: wide } })),
    }));
    const { outcome, reasons } = judged({ timing });
    expect(outcome).toBe('INCONCLUSIVE');
    expect(reasons[0]).toMatch(/would decide\. That is --duration \d+ at --rate 50\.$/);
  });
});
