import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { generateRepository } from '../plan/generate.ts';
import { type Measurement, measure, median } from '../plan/measure.ts';
import { machine, writeSection } from '../section.ts';

/** The promise: milliseconds until each is done, median of the runs. */
const COMMANDS = [
  { args: ['--help'], limitMs: 250 },
  { args: ['--version'], limitMs: 250 },
  { args: ['shadow', 'run', '--help'], limitMs: 250 },
  { args: [], limitMs: 400 },
  { args: ['status'], limitMs: 400 },
] as const;
const RUNS = 5;
const FILES = 5000;

const here = dirname(fileURLToPath(import.meta.url));
// The same from bench/start/ and, bundled, from dist/bench/.
const root = join(here, '../..');
const cli = join(root, 'dist', 'src', 'cli.js');

const folder = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
try {
  generateRepository(folder, FILES);
  await execa('git', ['init', '-q'], { cwd: folder });
  await execa('git', ['add', '-A'], { cwd: folder });
  await measure(cli, ['plan', '--target', 'bun', '--yes'], folder);
  let broken = false;
  const rows: string[] = [];
  for (const { args, limitMs } of COMMANDS) {
    const runs: Measurement[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await measure(cli, args, folder));
    if (runs.some(({ exitCode }) => exitCode !== 0)) throw new Error(`migrate ${args.join(' ')} failed.`);
    const times = runs.map(({ wallMs }) => wallMs);
    broken ||= median(times) > limitMs;
    const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
    const cells = [median(times), Math.max(...times), limitMs].map(seconds);
    const peak = `${Math.round(Math.max(...runs.map(({ peakRss }) => peakRss)) / 1e6)} MB`;
    rows.push(`| \`${['migrate', ...args].join(' ')}\` | ${[...cells, peak].join(' | ')} |`);
    process.stdout.write(`${rows.at(-1)}\n`);
  }
  writeSection(root, 'start', [
    '## Start',
    '',
    `What a command takes that does next to nothing, in a process of its own, in a repository of ${FILES.toLocaleString('en-US')} source files that`,
    `has a plan; ${RUNS} runs. Without a terminal \`migrate\` alone prints its help.`,
    `${machine()}. Repeat with \`npm run bench:start\`.`,
    '',
    '| command | median | slowest | limit of the median | peak memory |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ]);
  process.stdout.write(broken ? 'over the limit\n' : 'within the limits\n');
  process.exitCode = broken ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
