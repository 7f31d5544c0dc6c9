import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Measurement, measure } from '../plan/measure.ts';
import { machine, writeSection } from '../section.ts';
import { generateMonorepo } from './generate.ts';

/** The promise at 7,000 source files: seconds from start to end, and bytes. */
const LIMITS = { files: 7_000, wallMs: 3_000, peakRss: 400_000_000 };
/** Source files and runs; knip runs beside all but the last. */
const SIZES = [
  [LIMITS.files, 3],
  [14_000, 1],
  [50_000, 1],
] as const;
/** Not a dependency: installed into a folder of its own. */
const KNIP = '6.44.2';
/** Every file is an entry: what nothing imports is left unparsed otherwise. */
const KNIP_SETTINGS = { workspaces: { '{services,web,libs}/*': { entry: ['{src,test}/**/*.{ts,tsx}'] } } };

const here = dirname(fileURLToPath(import.meta.url));
// The same from bench/inventory-size/ and, bundled, from dist/bench/.
const root = join(here, '../..');
const cli = join(root, 'dist', 'src', 'cli.js');
const only = process.argv.slice(2).map(Number).filter(Boolean);

const scratch = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
const rows: string[][] = [];
let broken = false;

try {
  const knip = await installKnip();
  for (const [size, count] of SIZES) {
    if (only.length > 0 && !only.includes(size)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
    try {
      const made = generateMonorepo(folder, size);
      await execa('git', ['init', '-q'], { cwd: folder });
      await execa('git', ['add', '-A'], { cwd: folder });
      writeFileSync(join(folder, 'knip.json'), JSON.stringify(KNIP_SETTINGS));
      const ours: Measurement[] = [];
      const theirs: Measurement[] = [];
      // In turn, so that what else the machine does weighs on both.
      for (let run = 0; run < count; run++) {
        ours.push(await measure(cli, ['inventory', '--json'], folder));
        if (size < 50_000)
          theirs.push(await measure(knip, ['--no-progress', '--no-exit-code', '--reporter', 'json'], folder));
      }
      if (ours.some(({ exitCode }) => exitCode !== 0)) throw new Error('migrate inventory failed.');
      if (theirs.some(({ exitCode }) => exitCode !== 0)) throw new Error('knip failed.');
      const [best] = ours.map(({ wallMs }) => wallMs).sort((a, b) => a - b);
      const peak = Math.max(...ours.map(({ peakRss }) => peakRss));
      if (size === LIMITS.files) broken = (best ?? 0) > LIMITS.wallMs || peak > LIMITS.peakRss;
      note('`migrate inventory`', made, ours);
      if (theirs.length > 0) note(`knip ${KNIP}`, made, theirs);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** A row of the table: the fastest of each figure, and the largest memory. */
function note(program: string, made: { sources: number; bytes: number }, runs: readonly Measurement[]): void {
  const least = (of: (run: Measurement) => number) => `${(Math.min(...runs.map(of)) / 1000).toFixed(1)} s`;
  rows.push([
    made.sources.toLocaleString('en-US'),
    `${Math.round(made.bytes / 1e6)} MB`,
    program,
    String(runs.length),
    least(({ cpuMs }) => cpuMs),
    least(({ wallMs }) => wallMs),
    `${Math.round(Math.max(...runs.map(({ peakRss }) => peakRss)) / 1e6)} MB`,
    (loadavg()[0] ?? 0).toFixed(1),
  ]);
  process.stdout.write(`${rows.at(-1)?.join('  ')}\n`);
}

/** @returns path of knip's program, installed with its packages into the scratch folder */
async function installKnip(): Promise<string> {
  writeFileSync(join(scratch, 'package.json'), '{"private":true}');
  await execa('npm', ['install', '--no-audit', '--no-fund', `knip@${KNIP}`], { cwd: scratch });
  const folder = join(scratch, 'node_modules', 'knip');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, manifest.bin.knip);
}

if (only.length === 0)
  writeSection(root, 'inventory-size', [
    '## `migrate inventory` by size',
    '',
    'A generated monorepo of TypeScript: services of Express, Fastify and NestJS with an ORM, configuration and tests, pages of a web',
    'application, libraries, manifests, a lockfile and texts in JSON. `migrate inventory --json` with findings, and knip beside it, told that',
    'every file is an entry, in turn and each in a process of its own; files in the page cache. Processor time is user and system of the process and',
    'its threads; each time is the fastest of the runs, memory the most that one held. The load average is of the minute before the end.',
    'Limits at 7,000 source files: 3 s, 400 MB.',
    `${machine()}. Repeat with \`npm run bench:inventory-size\`; sizes may follow.`,
    '',
    '| source files | size | program | runs | processor time | time | peak memory | load |',
    '| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ]);
process.stdout.write(broken ? 'over the limit\n' : 'within the limits: 3 s and 400 MB at 7,000 files\n');
process.exitCode = broken ? 1 : 0;
