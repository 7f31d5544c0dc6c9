import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { machine, writeSection } from '../section.ts';
import { generateRepository } from './generate.ts';
import { measure, median } from './measure.ts';

/** The promise: seconds and bytes that `migrate plan` may take on 5,000 source files, and how it grows from there. */
const LIMITS = { files: 5000, wallMs: 6_000, peakRss: 600_000_000 };
/** Source files, functions in a service, runs. */
const SIZES = [
  [500, 4, 3],
  [LIMITS.files, 4, 3],
  [LIMITS.files, 40, 3],
  [10_000, 40, 1],
  [20_000, 40, 1],
] as const;

const here = dirname(fileURLToPath(import.meta.url));
// The same from bench/plan/ and, bundled, from dist/bench/.
const root = join(here, '../..');
const cli = join(root, 'dist', 'src', 'cli.js');

const rows: string[][] = [];
let broken = false;
for (const [size, functions, count] of SIZES) {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
  try {
    const made = generateRepository(folder, size, functions);
    await execa('git', ['init', '-q'], { cwd: folder });
    await execa('git', ['add', '-A'], { cwd: folder });
    const runs = [];
    for (let run = 0; run < count; run++)
      runs.push(await measure(cli, ['plan', '--target', 'bun', '--yes'], folder));
    const failed = runs.find((run) => run.exitCode !== 0);
    if (failed) throw new Error(`migrate plan exited with ${failed.exitCode}.`);
    const plan = JSON.parse(readFileSync(join(folder, '.migrate', 'plan.json'), 'utf8'));
    const found = plan.stages.find((stage: { id: string }) => stage.id === 'edge-layer').items.length;
    if (found !== made.routes) throw new Error(`${found} routes found, ${made.routes} written.`);
    const wall = median(runs.map((run) => run.wallMs));
    const worst = Math.max(...runs.map((run) => run.wallMs));
    const peak = Math.max(...runs.map((run) => run.peakRss));
    if (size === LIMITS.files) broken ||= wall > LIMITS.wallMs || peak > LIMITS.peakRss;
    rows.push([
      size.toLocaleString('en-US'),
      String(functions),
      made.lines.toLocaleString('en-US'),
      made.routes.toLocaleString('en-US'),
      `${(wall / 1000).toFixed(1)} s`,
      `${(worst / 1000).toFixed(1)} s`,
      `${Math.round(peak / 1e6)} MB`,
    ]);
    process.stdout.write(`${rows.at(-1)?.join('  ')}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
writeSection(root, 'plan', [
  '## `migrate plan`',
  '',
  `A generated Express application (routers, controllers, stores, services, tests), \`migrate plan --target bun --yes\` in`,
  `its own process, three runs (one from 10,000 files on), files in the page cache. Limits at 5,000 source files: 6 s, 600 MB.`,
  `${machine()}. Repeat with \`npm run bench:plan\`.`,
  '',
  '| source files | functions in most | lines | routes found | median | slowest | peak memory |',
  '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
]);
process.stdout.write(broken ? 'over the limit\n' : 'within the limits: 6 s and 600 MB at 5,000 files\n');
process.exitCode = broken ? 1 : 0;
