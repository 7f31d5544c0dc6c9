import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { Aggregate } from '../../model/aggregate.ts';
import type { Exchange } from '../../model/exchange.ts';
import { RunReport } from '../../model/verdict.ts';
import { sampleLatency } from '../../testing/report.ts';
import { listen } from '../__fixtures__/app.ts';
import { collectShadow, type RunOptions, runShadow, type Traffic } from '../index.ts';
import { conclude } from './conclude.ts';
import { mergeAggregates } from './merge.ts';
import { withoutVolatile } from './volatile.ts';

const open: { close(): void }[] = [];
afterAll(() => {
  for (const side of open) side.close();
});

/** Out of 100, the same for the same request whenever it is asked. */
const dice = (text: string): number => createHash('sha256').update(text).digest().readUInt16BE(0) % 100;

/** Answers by the request alone, but for one id; `lies` says in how many of 100 requests a place has another value. */
async function side(lies: { noisy?: [number, number]; wrong?: number } = {}) {
  const { noisy: [from, to] = [0, 0], wrong = 0 } = lies;
  const server = createServer((req, res) => {
    const n = dice(req.url ?? '');
    const value = { id: randomUUID(), colour: n >= from && n < to ? 'tan' : 'red', size: n < wrong ? 2 : 1 };
    const body = JSON.stringify(value);
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
    res.end(body);
  });
  const live = await listen(server);
  open.push(live);
  return live;
}

const exchange = (index: number): Exchange => ({
  ...{ schema: 'migrate/exchange', version: 1, index, source: 'har:t.har', session: `s${index % 37}` },
  request: {
    method: 'GET',
    origin: 'http://shop.test',
    path: `/${['a', 'b', 'c'][index % 3]}?n=${index}`,
    headers: [],
    body: null,
  },
  response: null,
});
const trafficOf = (count: number): Traffic => ({
  source: 'har',
  file: 't.har',
  exchanges: Array.from({ length: count }, (_, i) => exchange(i + 1)),
  skipped: new Map(),
  warnings: [],
});

const options: RunOptions = {
  writes: 'refused',
  routes: [...'abcd'].map((name) => ({ method: 'GET', path: `/${name}` })),
  ...{ limits: [], waivers: [], allow: [], minCoverage: 0.5 },
};

describe('a run that is split', () => {
  it('and merged equals the unsplit run, byte for byte but for the named volatile parts', async () => {
    const sides = async () => ({
      old: await side(),
      again: await side({ noisy: [0, 10] }),
      new: await side({ noisy: [5, 40], wrong: 7 }),
    });
    const traffic = trafficOf(240);
    const whole = await runShadow(await sides(), traffic, options);
    const parts: Aggregate[] = [];
    for (const index of [3, 1, 4, 2]) {
      const part = await collectShadow(await sides(), traffic, { ...options, shard: { index, of: 4 } });
      // Through the disk and back, as `migrate shadow merge` gets it.
      parts.push(Aggregate.parse(JSON.parse(JSON.stringify(part))));
    }
    const merged = conclude(mergeAggregates(parts));
    expect(JSON.stringify(withoutVolatile(merged), null, 1)).toBe(
      JSON.stringify(withoutVolatile(whole), null, 1),
    );
    expect(whole.verdict).toBe('FAIL');
    expect(merged.counts.compared).toBe(240);
    expect(merged.counts.explained).toBeGreaterThan(0);
    expect(merged.cells.some(({ noise }) => noise?.result === 'worse')).toBe(true);
    expect(new Set(parts.map(({ counts }) => counts.compared)).size).toBeGreaterThan(1);

    // Times of different moments do not add up: what was measured under load is left out, and that is said.
    const timed = conclude(mergeAggregates(parts.map((part) => ({ ...part, latency: sampleLatency('x') }))));
    expect(timed.latency).toBeUndefined();
    expect(timed.warnings.at(-1)).toContain('Latency under load was measured in 4 of the shards');
    expect(withoutVolatile({ ...timed, warnings: merged.warnings })).toEqual(withoutVolatile(merged));

    const partly = conclude(mergeAggregates(parts.slice(1)));
    expect(partly.verdict).toBe('FAIL');
    expect(partly.shards?.map(({ index }) => index)).toEqual([1, 2, 4]);
    expect(() => mergeAggregates([...parts, ...parts.slice(0, 1)])).toThrow('Shard 3/4 was given twice.');
    const [a, b] = parts;
    if (!a || !b) throw new Error('no parts');
    expect(() => mergeAggregates([a, { ...b, writes: 'isolated' }])).toThrow(/the mode of writing is/);
  });

  it('does not pass while a shard is missing', async () => {
    const sides = { old: await side(), again: await side(), new: await side() };
    const part = await collectShadow(sides, trafficOf(60), { ...options, shard: { index: 2, of: 3 } });
    const report = conclude(part);
    expect(report.verdict).toBe('INCONCLUSIVE');
    expect(report.reasons[0]).toContain('1/3, 3/3 are missing');
  });
});

describe('a place in which the old side does not repeat itself', () => {
  const run = async (count: number, next: [number, number], repeat: [number, number]) => {
    const sides = {
      old: await side(),
      again: await side({ noisy: repeat }),
      new: await side({ noisy: next }),
    };
    const report = await runShadow(sides, trafficOf(count), options);
    expect(RunReport.parse(report)).toEqual(report);
    return report;
  };

  it('is tested with pairs: a new side that differs no more often is excused, and the test is shown', async () => {
    const report = await run(900, [8, 16], [0, 8]);
    const colour = report.cells.filter(({ location }) => location === 'body.colour');
    expect(colour.map(({ explained }) => explained?.by)).toEqual(['noise', 'noise', 'noise']);
    expect(colour[0]?.noise).toMatchObject({ result: 'undecided', n: 300 });
    expect(report.counts.differing).toBe(0);
    expect(report.verdict).toBe('INCONCLUSIVE');
    expect(report.reasons[0]).toMatch(
      /^GET \/. body\.colour is noise of the old side .* [\d,]+ exchanges of the route would show 5% more\.$/,
    );
    expect(conclude(await collect(900, [8, 16], [0, 8]), { extra: 0.3 }).verdict).toBe('PASS');
  });

  it('is a finding where the new side differs more often than noise would', async () => {
    const report = await run(300, [8, 60], [0, 8]);
    expect(report.verdict).toBe('FAIL');
    expect(report.cells.find(({ location }) => location === 'body.colour')?.noise?.result).toBe('worse');
  });

  it('makes the run invalid when the old side hardly ever repeats itself there', async () => {
    const report = await run(60, [0, 0], [0, 90]);
    expect(report.verdict).toBe('INVALID');
    expect(report.reasons[0]).toContain('The old side differs from itself');
  });

  async function collect(count: number, next: [number, number], repeat: [number, number]) {
    const sides = {
      old: await side(),
      again: await side({ noisy: repeat }),
      new: await side({ noisy: next }),
    };
    return collectShadow(sides, trafficOf(count), options);
  }
});
