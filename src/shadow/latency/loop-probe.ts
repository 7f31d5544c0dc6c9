import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopDelay, Measured } from '../../model/latency.ts';

const EVERY_MS = 10;

/**
 * Loaded before the application, in Node, Bun and Deno alike: a timer of 10 ms that notes how late it fires. The same few
 * lines everywhere, because `monitorEventLoopDelay` is not: Deno 2.9.6 answered 95 µs as the longest delay of a loop that
 * was blocked for 60 ms again and again (measured 2026-11-23). It neither keeps the process alive nor changes a global.
 */
const PROGRAM = `'use strict';
// By their short names, and not as a global: Node 12 and 14 run it, too.
const { appendFileSync } = require('fs');
const { performance } = require('perf_hooks');
const file = process.env.MIGRATE_LOOP_PROBE + '/' + process.pid + '.jsonl';
let last = performance.now();
let late = [];
const timer = setInterval(() => {
  const now = performance.now();
  late.push(Math.round(Math.max(0, now - last - ${EVERY_MS}) * 100) / 100);
  last = now;
}, ${EVERY_MS});
const report = setInterval(() => {
  const line = JSON.stringify({ at: Date.now(), late }) + '\\n';
  late = [];
  try { appendFileSync(file, line); } catch { clearInterval(timer); clearInterval(report); }
}, 250);
timer.unref();
report.unref();
`;

/** Where the reports of the sides are. */
export interface LoopProbe {
  instrument(side: string): { preload: string; env: Record<string, string> };
  /** @param windows when the side was under load, ms since 1970 */
  delays(side: string, windows: readonly (readonly [from: number, to: number])[]): Measured<LoopDelay>;
}

/** @param folder an existing folder that is the run's own */
export function loopProbe(folder: string): LoopProbe {
  const preload = join(folder, 'loop-probe.cjs');
  writeFileSync(preload, PROGRAM);
  return {
    instrument(side) {
      const own = join(folder, side);
      mkdirSync(own, { recursive: true });
      return { preload, env: { MIGRATE_LOOP_PROBE: own } };
    },
    delays(side, windows) {
      const late = reports(join(folder, side)).flatMap((one) =>
        windows.some(([from, to]) => one.at > from && one.at <= to) ? one.late : [],
      );
      if (late.length === 0)
        return { notMeasured: 'the runtime loads nothing before the application, or it never reported' };
      const sorted = Float64Array.from(late).sort();
      const at = (q: number) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
      return { measured: { p50: at(0.5), p99: at(0.99), max: at(1), samples: sorted.length } };
    },
  };
}

function reports(folder: string): { at: number; late: number[] }[] {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line) => {
        // The last line of a process that was stopped may be cut off.
        try {
          return line === '' ? [] : [JSON.parse(line)];
        } catch {
          return [];
        }
      }),
  );
}
