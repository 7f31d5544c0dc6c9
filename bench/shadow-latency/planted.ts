import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LatencySection } from '../../src/model/latency.ts';
import { checkGrowth } from '../../src/shadow/gates/memory.ts';

/** What a planted side does to a request. */
interface Plan {
  waitMs: number;
  busyMs?: number;
  leakMbPerSecond?: number;
  /** Share of the requests answered with 503, once under load. */
  failing?: number;
}

/** One row of the table: what is planted into the new side, and what must come out. */
export interface Planted {
  name: string;
  old: Plan;
  next: Plan;
  rate: number;
  expected: LatencySection['outcome'];
  /** What is to be read off the section beside its outcome; null: not seen as it was planted. */
  seen(section: LatencySection): string | null;
}

/** Long waits and a wide floor, so that the table can be made on a machine that does other things too. */
const base: Plan = { waitMs: 400 };
const reason = ({ reasons }: LatencySection) => reasons[0] ?? '';

export const PLANTED: Planted[] = [
  {
    ...{ name: 'nothing: the same code', old: base, next: base, rate: 50, expected: 'PASS' },
    seen: reason,
  },
  {
    ...{
      name: 'every request takes twice as long',
      old: base,
      next: { waitMs: 800 },
      rate: 50,
      expected: 'FAIL',
    },
    seen: reason,
  },
  {
    name: 'a leak of 1 MB a second',
    ...{ old: base, next: { ...base, leakMbPerSecond: 1 }, rate: 50, expected: 'PASS' },
    seen: (section) => {
      const { memory } = section.sides.new;
      if (!('measured' in memory)) return null;
      const { outcome, why } = checkGrowth(section, 10);
      const { low, at, high } = memory.measured.slope;
      const mb = (bytes: number) => (bytes / 1e6).toFixed(2);
      return outcome === 'FAIL'
        ? `slope ${mb(at)} MB/s (${mb(low)} to ${mb(high)}); with growthMbPerMinute: 10 the memory gate FAILs: ${why}`
        : null;
    },
  },
  {
    name: 'a rate neither side can answer (25 ms of CPU, 80 a second)',
    ...{ old: { waitMs: 0, busyMs: 25 }, next: { waitMs: 0, busyMs: 25 }, rate: 80, expected: 'INVALID' },
    seen: (section) => (/does not keep up/.test(reason(section)) ? reason(section) : null),
  },
  {
    name: 'a rate only the old side can answer (2 and 40 ms of CPU, 40 a second)',
    ...{ old: { waitMs: 0, busyMs: 2 }, next: { waitMs: 0, busyMs: 40 }, rate: 40, expected: 'INVALID' },
    seen: (section) =>
      /^The new side does not keep up.*old side does/.test(reason(section)) ? reason(section) : null,
  },
  {
    name: '5% of the answers are 503 under load',
    ...{ old: base, next: { ...base, failing: 0.05 }, rate: 50, expected: 'FAIL' },
    seen: (section) => (/failed \d+ of \d+ requests/.test(reason(section)) ? reason(section) : null),
  },
];

/** Writes an application and returns its folder. */
export function plantedApp(root: string, name: string, plan: Plan): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"planted","type":"commonjs","main":"server.js"}');
  writeFileSync(
    join(folder, 'server.js'),
    `
const http = require('node:http');
const { waitMs, busyMs = 0, leakMbPerSecond = 0, failing = 0 } = ${JSON.stringify(plan)};
const kept = [];
let answered = 0;
if (leakMbPerSecond) setInterval(() => kept.push(Buffer.alloc(leakMbPerSecond * 5e4, 1)), 50);
http.createServer((req, res) => {
  const until = performance.now() + busyMs;
  while (performance.now() < until);
  // The rehearsal asks a request a few times only.
  if (++answered > 50 && answered % Math.round(1 / (failing || 1e-9)) === 0) return res.writeHead(503).end();
  const answer = () => res.end(JSON.stringify({ path: req.url }));
  waitMs > 0 ? setTimeout(answer, waitMs) : answer();
}).listen(process.env.PORT, '127.0.0.1');
`,
  );
  return folder;
}
