import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Generated } from '../plan/generate.ts';
import { median } from '../plan/measure.ts';
import { machine, writeSection } from '../section.ts';
import { generateLargeRepository } from './generate.ts';
import { peakMemory, wallTime } from './measure.ts';
import { type Tool, tools } from './tools.ts';

/** The repository that is changed, and the promise: faster than ast-grep on its JavaScript alone, within these bytes. */
const FILES = 7_000;
const BYTES = 27_000_000;
const PEAK = 300_000_000;
/** Most runs are a second or two; jscodeshift takes half a minute each. */
const RUNS = 7;
const SLOW_RUNS = 2;

// The same from bench/codemod/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const scratch = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
try {
  const repository = join(scratch, 'repository');
  mkdirSync(repository);
  const application = generateLargeRepository(repository, FILES, BYTES);
  await execa('git', ['init', '-q'], { cwd: repository });
  await execa('git', ['add', '-A'], { cwd: repository });
  const all = (await tools(root, scratch)).map((tool): Measured => ({ tool, times: [], peak: null }));
  const slow = all.filter(({ tool }) => tool.slow === true);
  const quick = all.filter((each) => !slow.includes(each));
  // Once for the page cache, and to see what each one needs; then in turn, so that a busy moment meets them all.
  for (const each of quick) {
    await wallTime(each.tool, repository);
    each.peak = await peakMemory(each.tool, repository);
  }
  for (let round = 0; round < RUNS; round++) {
    for (const { tool, times } of quick) times.push(await wallTime(tool, repository));
  }
  write(application, quick);
  // What was measured stays if this is interrupted.
  for (const each of slow) {
    each.peak = await peakMemory(each.tool, repository);
    for (let run = 0; run < SLOW_RUNS; run++) each.times.push(await wallTime(each.tool, repository));
    write(application, [...quick, ...slow]);
  }
  const [own, other] = all;
  const isFaster = own && other && median(own.times) < median(other.times);
  const isSmall = (own?.peak ?? 0) < PEAK;
  process.stdout.write(
    `${isFaster ? 'faster' : 'NOT faster'} than ast-grep, ${isSmall ? 'within' : 'OVER'} 300 MB\n`,
  );
  process.exitCode = isFaster && isSmall ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

interface Measured {
  tool: Tool;
  /** Milliseconds of each run. */
  times: number[];
  peak: number | null;
}

function write({ routes }: Generated, measured: readonly Measured[]): void {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const rows = measured.map(({ tool, times, peak }) => [
    ...[tool.name, tool.work, String(times.length), seconds(median(times)), seconds(Math.min(...times))],
    ...[seconds(Math.max(...times)), peak === null ? 'not measured' : `${Math.round(peak / 1e6)} MB`],
  ]);
  for (const row of rows) process.stdout.write(`${row.join('  ')}\n`);
  writeSection(root, 'codemod', [
    '## `migrate codemod run express-to-hono`, a dry run',
    '',
    `A generated repository of ${FILES.toLocaleString('en-US')} source files and ${BYTES / 1e6} MB. 100 of them are Express code: an application with its`,
    `routers, controllers and middleware, ${routes} routes. Each program is a process of its own that writes nothing; files are in`,
    'the page cache, and the programs take turns. Memory is the most that a program and its child processes hold at once, sampled in a',
    'run of its own.',
    `${machine()}; load average ${loadavg()[0]?.toFixed(1)}. Repeat with \`npm run bench:codemod\`.`,
    '',
    '| program | what it does | runs | median | fastest | slowest | peak memory |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ]);
}
