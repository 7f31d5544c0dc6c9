import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, expect, it } from 'vitest';
import { launchApp, parseSpec, provisionRuntime } from '../../runtimes/index.ts';
import { loopProbe } from './loop-probe.ts';
import { cpuBetween, cpuClock, residentBytes } from './process.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'loop-probe-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));
writeFileSync(join(root, 'package.json'), '{"type":"commonjs"}');
writeFileSync(
  join(root, 'app.js'),
  `require('node:http').createServer((req, res) => {
  const until = performance.now() + (req.url === '/block' ? 120 : 0);
  while (performance.now() < until);
  res.end('done');
}).listen(Number(process.env.PORT), '127.0.0.1');`,
);

it.concurrent.each([['node@22'], ['bun'], ['deno']])(
  'a loop that is blocked for 120 ms is seen on %s, and so is the CPU time it took',
  async (spec) => {
    const folder = join(root, spec);
    mkdirSync(folder);
    const probe = loopProbe(folder);
    const runtime = await provisionRuntime(await parseSpec(spec));
    const { preload, env } = probe.instrument('side');
    const app = await launchApp(runtime, { dir: root, entry: 'app.js', runFolder: folder, preload, env });
    try {
      const pids = await app.processes();
      const [before, from] = [cpuClock(pids), Date.now()];
      for (let i = 0; i < 4; i++) await (await request(`${app.origin}/block`)).body.dump();
      const cpu = cpuBetween(before, cpuClock(pids));
      await sleep(600);
      const delays = probe.delays('side', [[from, Date.now()]]);
      if (!('measured' in delays)) throw new Error(delays.notMeasured);
      expect(delays.measured.max).toBeGreaterThan(90);
      expect(delays.measured.p50).toBeLessThan(90);
      // Asked of another time, nothing is known.
      expect(probe.delays('side', [[0, from - 60_000]])).toHaveProperty('notMeasured');
      if (process.platform !== 'linux') return;
      // Busy for 480 ms; on a crowded machine less of it is on a CPU.
      expect(cpu).toBeGreaterThan(60);
      expect(residentBytes(pids)).toBeGreaterThan(10e6);
    } finally {
      await app.stop();
    }
  },
);
