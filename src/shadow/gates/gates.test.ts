import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Gates } from '../../model/gates.ts';
import type { Interval, RouteTiming } from '../../model/latency.ts';
import type { RunReport } from '../../model/verdict.ts';
import { renderJUnit } from '../../report/junit.ts';
import { sampleLatency, sampleReport } from '../../testing/report.ts';
import { zeroDefectBound } from '../statistics.ts';
import { applyGates } from './index.ts';
import { checkLatency } from './latency.ts';
import { readGates } from './read.ts';

const passing = (compared: number): RunReport => {
  const { latency: _load, ...sample } = sampleReport('x');
  const [, row] = sample.routes;
  if (!row) throw new Error('no route');
  const bound = zeroDefectBound(compared);
  return {
    ...{ ...sample, verdict: 'PASS', reasons: ['0 unexplained differences.'], defectBound: bound },
    counts: { ...sample.counts, compared, excluded: 0, differing: 0 },
    routes: [{ ...row, status: 'same', declared: true, compared, different: 0, defectBound: bound }],
  };
};
const outcome = (report: RunReport, gates: unknown) => applyGates(report, Gates.parse(gates));

describe('gates', () => {
  it('let a run through that reached its bounds, and name the sample size where it did not', () => {
    expect(outcome(passing(299), { defectBound: 0.01, routeDefectBound: 0.01 }).outcome).toBe('PASS');
    const short = outcome(passing(298), { routeDefectBound: 0.01 });
    expect(short.outcome).toBe('INCONCLUSIVE');
    expect(short.checks.at(-1)).toMatchObject({
      gate: 'defect-bound',
      subject: 'GET /notes/:id',
      needed: 299,
    });
    const own = { routeDefectBound: 0.01, routes: { 'GET /notes/:other': { defectBound: 0.5 } } };
    expect(outcome(passing(298), own).outcome).toBe('PASS');
  });

  it('never make a failed run pass, and fail what is certain before what is open', () => {
    const failed = { ...passing(10), verdict: 'FAIL' as const };
    expect(outcome(failed, {}).outcome).toBe('FAIL');
    expect(outcome({ ...failed, verdict: 'INVALID' }, { defectBound: 0.5 }).outcome).toBe('INVALID');
    const fat = passing(10);
    fat.sides.new.rssBytes = 200e6;
    expect(outcome(fat, { memory: { ratio: 1.2 }, defectBound: 0.01 }).outcome).toBe('FAIL');
    expect(outcome(fat, { memory: { ratio: 1.2, floorMb: 500 } }).outcome).toBe('PASS');
  });

  it('ask for coverage, detection and required routes', () => {
    const report = passing(10);
    expect(outcome(report, { coverage: 1, minDetection: 1 }).outcome).toBe('PASS');
    const [row] = report.routes;
    if (!row) throw new Error('no route');
    report.routes.push({
      ...row,
      route: 'GET /rare',
      status: 'uncovered',
      compared: 0,
      reason: 'nobody asked',
    });
    expect(outcome(report, { coverage: 0.6 }).outcome).toBe('INCONCLUSIVE');
    const asked = outcome(report, { routes: { 'GET /rare': { required: true } } });
    expect(asked.checks.at(-1)?.why).toBe('It was not compared: nobody asked.');
    expect(outcome(report, { routes: { 'GET /gone': {} } }).outcome).toBe('INCONCLUSIVE');
  });

  it('are refused with the file and the field when they are malformed', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gates-')), 'gates.yaml');
    expect(() => readGates(file, true)).toThrow(/does not exist/);
    expect(readGates(file, false)).toEqual({ routes: {} });
    writeFileSync(file, 'latency: {ratio: 0.9}');
    expect(() => readGates(file, true)).toThrow(/gates\.yaml:1:11 latency\.ratio: /);
    writeFileSync(file, 'defectbound: 0.1');
    expect(() => readGates(file, true)).toThrow(/gates\.yaml:1:1 defectbound: Unrecognized key/);
  });

  it('become JUnit XML in which nothing a user wrote is markup', () => {
    const report = sampleReport('<![CDATA[ & "x" \u0001');
    const xml = renderJUnit(report, outcome(report, { defectBound: 0.1 }));
    expect(xml).toContain('failures="1"');
    expect(xml).toContain('<skipped message="uncovered: &lt;![CDATA[');
    expect(xml).not.toMatch(/<!|[\u0001]|& /);
  });
});

describe('latency', () => {
  const at = (low: number, high: number): Interval => ({ low, at: (low + high) / 2, high });
  const timing = (old: Interval | null, next: Interval | null, again = old): RouteTiming => ({
    ...{ route: 'GET /', samples: 400 },
    quantiles: [{ quantile: 'p95', old, again, new: next, needed: 86 }],
  });
  const gate = { quantile: 'p95', ratio: 1.1, floorMs: 5 } as const;
  it.each([
    ['no slower', timing(at(90, 100), at(80, 95)), 'PASS'],
    ['slower beyond the margin and the floor', timing(at(90, 100), at(150, 160)), 'FAIL'],
    ['slower in ratio, yet below the floor', timing(at(1, 1.1), at(3, 4)), 'PASS'],
    ['an interval over the limit', timing(at(90, 100), at(95, 130)), 'INCONCLUSIVE'],
    ['a restless machine', timing(at(90, 100), at(150, 160), at(150, 160)), 'INCONCLUSIVE'],
    ['too few samples', timing(null, null), 'INCONCLUSIVE'],
    ['a route never timed', undefined, 'INCONCLUSIVE'],
  ] as const)('is judged by its interval: %s', (_, measured, expected) => {
    expect(checkLatency('GET /', measured, gate).outcome).toBe(expected);
  });
  it('is judged by paired blocks where there are any: they know more than two intervals apart', () => {
    const apart = timing(at(90, 110), at(95, 115));
    const [row] = apart.quantiles;
    if (!row) throw new Error('no row');
    const close = { ratio: { low: 1.02, at: 1.05, high: 1.08 }, extra: { low: 2, at: 5, high: 8 } };
    expect(checkLatency('all', apart, gate).outcome).toBe('INCONCLUSIVE');
    apart.quantiles = [{ ...row, against: { new: close, again: close } }];
    expect(checkLatency('all', apart, gate).outcome).toBe('PASS');
  });
  it('under load is asked instead of while comparing, and cannot pass a load that proves nothing', () => {
    const report = { ...passing(299), latency: sampleLatency('x') };
    const asked = outcome(report, { latency: gate });
    expect(asked.checks.filter((check) => check.gate === 'latency')[0]).toMatchObject({
      subject: 'all',
      outcome: 'PASS',
    });
    const invalid = { ...report.latency, outcome: 'INVALID' as const, reasons: ['Too busy.'] };
    expect(outcome({ ...report, latency: invalid }, { latency: gate }).outcome).toBe('INVALID');
  });
  it('names the samples that are missing', () => {
    expect(checkLatency('GET /', timing(null, null), gate).why).toBe(
      '400 samples are too few for an interval of p95: 86 are needed.',
    );
    expect(checkLatency('GET /', timing(at(90, 100), at(95, 130)), gate).needed).toBeGreaterThan(400);
  });
});

describe('memory', () => {
  const growing = (perSecond: number, half: number): RunReport => {
    const latency = sampleLatency('x');
    const { memory } = latency.sides.new;
    if (!('measured' in memory)) throw new Error('not measured');
    memory.measured.slope = { low: perSecond - half, at: perSecond, high: perSecond + half };
    return { ...passing(10), latency };
  };
  // The old side grows 0.1 MB a second, give or take as much.
  it.each([
    ['a leak of 1 MB a second', growing(1e6, 1e4), 'FAIL'],
    ['growth like that of the old side', growing(1e5, 1e4), 'PASS'],
    ['a slope too uncertain to tell', growing(3e5, 5e5), 'INCONCLUSIVE'],
    ['a run without a load', passing(10), 'INCONCLUSIVE'],
  ] as const)('is judged by how it grows under load: %s', (_, report, expected) => {
    const { checks } = outcome(report, { memory: { ratio: 10, growthMbPerMinute: 10 } });
    expect(checks.find(({ subject }) => subject === 'growth')).toMatchObject({
      gate: 'memory',
      outcome: expected,
    });
  });
});
