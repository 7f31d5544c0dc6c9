import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LatencySection } from '../../model/latency.ts';
import { readTraffic } from '../sources.ts';
import { type LatencyOptions, latencyPhase } from './index.ts';

/** Waits, computes, and leaks as planted. */
const app = (plan: { waitMs: number; busyMs?: number; leak?: boolean }) => `
const http = require('node:http');
const { waitMs, busyMs = 0, leak } = ${JSON.stringify(plan)};
const kept = [];
if (leak) setInterval(() => kept.push(Buffer.alloc(100e3, 1)), 100);
http.createServer((req, res) => {
  const until = performance.now() + busyMs;
  while (performance.now() < until);
  const answer = () => res.end(JSON.stringify({ path: req.url }));
  waitMs > 0 ? setTimeout(answer, waitMs) : answer();
}).listen(process.env.PORT, '127.0.0.1');
`;

let root: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'latency-load-')));
  const apps = {
    same: app({ waitMs: 60 }),
    faulty: app({ waitMs: 200, leak: true }),
    busy: app({ waitMs: 0, busyMs: 20 }),
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
  writeFileSync(join(root, 'traffic.har'), JSON.stringify({ log: { version: '1.2', entries } }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function phase(old: string, next: string, options: Partial<LatencyOptions>): Promise<LatencySection> {
  const { exchanges } = await readTraffic(join(root, 'traffic.har'));
  const section = await latencyPhase(
    { old: { spec: `node:${old}` }, new: { spec: `node:${next}` } },
    exchanges,
    { cwd: root, logs: join(root, 'logs') },
    {
      ...{ writes: 'refused', routes: [], starts: 0, seconds: 1, rate: 100 },
      // Other tests keep both cores of a small machine busy: the floor is as wide as their disturbance.
      margin: { quantile: 'p50', ratio: 1.3, floorMs: 80 },
      ...options,
    },
  );
  expect(LatencySection.parse(section)).toEqual(section);
  return section;
}

describe('a load on both sides', () => {
  it('fails a side that takes twice as long, and tells the slope of its leak', async () => {
    const section = await phase('same', 'faulty', {});
    console.log(
      JSON.stringify(
        {
          ...section,
          timing: section.timing.slice(0, 1),
          sides: Object.fromEntries(
            Object.entries(section.sides).map(([n, s]) => [
              n,
              {
                ...s,
                curve: s.curve.length,
                memory:
                  'measured' in s.memory
                    ? { ...s.memory.measured, points: s.memory.measured.points.length }
                    : s.memory,
              },
            ]),
          ),
        },
        null,
        1,
      ),
    );
    expect(section.outcome).toBe('FAIL');
  });
  it('overload', async () => {
    const section = await phase('busy', 'busy', {});
    console.log(section.outcome, section.reasons);
    expect(section.outcome).toBe('INVALID');
  });
  it('same', async () => {
    const section = await phase('same', 'same', {});
    console.log(section.outcome, section.reasons);
    expect(section.outcome).toBe('PASS');
  });
});
