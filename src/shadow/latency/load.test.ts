import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../commands/main.ts';
import type { LatencyGate } from '../../model/gates.ts';
import { LatencySection } from '../../model/latency.ts';
import { RunReport } from '../../model/verdict.ts';
import { recordingIo } from '../../testing/io.ts';
import { readTraffic } from '../sources.ts';
import { type LatencyOptions, latencyPhase } from './index.ts';

/** Waits, computes, and leaks as planted. */
const app = (plan: { waitMs: number; busyMs?: number; leak?: boolean }) => `
const http = require('node:http');
const { waitMs, busyMs = 0, leak } = ${JSON.stringify(plan)};
const kept = [];
if (leak) setInterval(() => kept.push(Buffer.alloc(200e3, 1)), 50);
http.createServer((req, res) => {
  const until = performance.now() + busyMs;
  while (performance.now() < until);
  const answer = () => res.end(JSON.stringify({ path: req.url }));
  waitMs > 0 ? setTimeout(answer, waitMs) : answer();
}).listen(process.env.PORT, '127.0.0.1');
`;

/** Floors as wide as what other work on a small machine does to a run: with narrow ones it is INVALID, and rightly. */
const MARGIN: LatencyGate = { quantile: 'p50', ratio: 1.5, floorMs: 100 };
const WIDE: LatencyGate = { quantile: 'p50', ratio: 1.5, floorMs: 300 };

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'latency-load-')));
  const apps = {
    same: app({ waitMs: 30 }),
    faulty: app({ waitMs: 200, leak: true }),
    busy: app({ waitMs: 0, busyMs: 25 }),
  };
  for (const [name, source] of Object.entries(apps)) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'package.json'), '{"name":"a","type":"commonjs","main":"server.js"}');
    writeFileSync(join(root, name, 'server.js'), source);
  }
  const entry = (method: string, path: string) => ({
    request: { method, url: `http://localhost:3000${path}`, headers: [] },
    response: { status: 200, statusText: 'OK', headers: [], content: {} },
  });
  const entries = [entry('GET', '/a'), entry('GET', '/b'), entry('POST', '/c')];
  mkdirSync(join(root, '.migrate'));
  writeFileSync(join(root, '.migrate/gates.yaml'), JSON.stringify({ latency: WIDE }));
  writeFileSync(join(root, 'traffic.har'), JSON.stringify({ log: { version: '1.2', entries } }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function phase(old: string, next: string, options: Partial<LatencyOptions>): Promise<LatencySection> {
  const { exchanges } = await readTraffic(join(root, 'traffic.har'));
  const section = await latencyPhase(
    { old: { spec: `node:${old}` }, new: { spec: `node:${next}` } },
    exchanges,
    { cwd: root, logs: join(root, 'logs') },
    { ...{ writes: 'refused', routes: [], starts: 0, seconds: 0.8, rate: 100 }, margin: MARGIN, ...options },
  );
  expect(LatencySection.parse(section)).toEqual(section);
  return section;
}

// On a machine that is kept busy each takes several times as long, and a load may rightly prove nothing.
describe('a load on both sides', { timeout: 150_000 }, () => {
  it('fails a side that takes several times as long, and tells the slope of its leak', async (test) => {
    const { outcome, reasons, sides, leftOut, share } = await phase('same', 'faulty', {});
    if (outcome === 'INVALID') test.skip(reasons.join(' '));
    expect(reasons[0]).toMatch(/^Slower under load: p50 [\d.]+ ms → 2\d\d ms, ratio/);
    expect(outcome).toBe('FAIL');
    expect(leftOut).toEqual([{ reason: 'it changes data (--writes isolated sends it)', requests: 1 }]);
    expect(sides.new).toMatchObject({
      failed: 0,
      dropped: 0,
      loop: { measured: { samples: expect.any(Number) } },
    });
    expect(sides.new.coldStart).toEqual({
      notMeasured: '0 starts are too few: 6 give the median an interval',
    });
    // Waiting is no CPU time: a runtime has next to nothing to save here.
    if ('measured' in share) expect(share.measured.all.share).toBeLessThan(0.5);
    else expect(share.notMeasured).toContain('too busy');
    if (process.platform !== 'linux') return;
    const { memory, cpu } = sides.new;
    if (!('measured' in memory) || !('measured' in cpu)) throw new Error('not measured');
    // 4 MB a second are planted.
    expect(memory.measured.slope.low).toBeGreaterThan(2e6);
    expect(memory.measured.slope.high).toBeLessThan(8e6);
    expect(cpu.measured.at).toBeGreaterThan(0);
  });

  it('proves nothing where the sides cannot keep up with the rate', async () => {
    const { outcome, reasons } = await phase('busy', 'busy', { rate: 80 });
    expect(outcome).toBe('INVALID');
    expect(reasons[0]).toMatch(
      /^The old side(’s second instance)? does not keep up with 80 requests a second: answers come/,
    );
  });

  it('passes the same code through the command, its section in every report', async (test) => {
    const { io, printed } = recordingIo(root);
    const run = ['shadow', 'run', '--old', 'node:same', '--new', 'node:same', '--traffic', 'traffic.har'];
    const load = ['--latency', '--rate', '100', '--duration', '0.8', '--starts', '0', '--out', 'out'];
    const exit = await main([...run, ...load, '--min-coverage', '0'], io);
    const text = printed.said.join('\n');
    if (text.includes('under load   INVALID')) test.skip(text);
    expect(exit, text).toBe(0);
    expect(text).toMatch(/PASS {3}0 unexplained differences in 2 exchanges\.\n +Latency: p50 \d/);
    expect(text).toMatch(
      /under load {3}PASS\n +2 different requests, 100 a second at random moments \(Poisson\)/,
    );
    const read = (name: string) => readFileSync(join(root, 'out', name), 'utf8');
    expect(RunReport.parse(JSON.parse(read('report.json'))).latency?.margin).toEqual(WIDE);
    expect(read('report.md')).toContain('### Under load: PASS');
    expect(read('report.html')).toContain('<polyline class="line-new"');

    const stop = new AbortController();
    const stopping = (said: string | null) => {
      if (said === 'rehearsing the load') stop.abort();
    };
    const interrupted = { ...io, signal: stop.signal, progress: stopping };
    expect(await main([...run, ...load], interrupted)).toBe(130);
    expect(RunReport.parse(JSON.parse(read('report.json')))).toMatchObject({
      interrupted: true,
      verdict: 'INVALID',
    });

    expect(await main([...run, '--rate', '10'], io)).toBe(2);
    expect(await main([...run, '--latency', '--shard', '1/2'], io)).toBe(2);
    expect(printed.said.slice(-3).join('\n')).toContain('times of shards do not add up');
  });
});
