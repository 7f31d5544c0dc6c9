import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { RunReport } from '../../src/model/verdict.ts';
import { copyOf, install } from '../application.ts';
import { machine, writeSection } from '../section.ts';
import { assemble, entryOf, FIXTURES, SERVERS, type Target } from './assemble.ts';
import { type Difference, hold, readDifferences } from './differences.ts';

/**
 * Holds the applications by hand to the traffic that was recorded of the originals: old is the fixture on Node, new the
 * application by hand on each runtime's own server. `npm run bench:converted [-- express-shop]`
 */

// The same from bench/converted/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cli = join(root, 'dist', 'src', 'cli.js');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
const asked = process.argv.slice(2);
const names = FIXTURES.filter((name) => asked.length === 0 || asked.includes(name));
const scratch = mkdtempSync(join(tmpdir(), 'migrate-by-hand-'));
const busy = loadavg()[0] ?? 0;
const wrong: string[] = [];
try {
  const lines: string[] = [];
  const reasons: string[] = [];
  for (const name of names) {
    const list = readDifferences(join(root, 'bench', 'converted', 'by-hand', name, 'differences.yaml'));
    lines.push(`| ${name} | ${(await compare(name, list)).join(' | ')} |`);
    reasons.push(
      '',
      `${name}:`,
      '',
      ...list.map(({ why, runtime }) => `- ${why}${runtime ? ` (${runtime})` : ''}`),
    );
  }
  process.stdout.write(`${lines.join('\n')}\n${wrong.map((one) => `WRONG ${one}\n`).join('')}`);
  if (asked.length === 0 && wrong.length === 0)
    writeSection(root, 'converted', page(lines, reasons), 'output-score.md');
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs one application by hand on every runtime against its original. @returns a cell of the table each */
async function compare(name: string, list: readonly Difference[]): Promise<string[]> {
  const [original, byHand] = [join(scratch, name, 'original'), join(scratch, name, 'by-hand')];
  copyOf(root, name, original);
  await install(original);
  await assemble(root, name, byHand);
  const cells: string[] = [];
  const unserved = new Set(list.filter(({ sometimes }) => !sometimes));
  for (const target of Object.keys(SERVERS) as Target[]) {
    const report = await shadowRun(name, { original, byHand }, target);
    if (report === null) continue;
    const { counts, detection } = report;
    const { listed, unlisted, served } = hold(report, list, target.replace(/@.*/, ''));
    wrong.push(...unlisted.map((one) => `${name} on ${target}: ${one}`));
    if (report.verdict !== 'FAIL' && report.verdict !== 'PASS')
      wrong.push(`${name} on ${target}: ${report.reasons.join(' ')}`);
    for (const entry of served) unserved.delete(entry);
    cells.push(
      `${counts.compared} of ${counts.recorded} compared, ${unlisted.length} not listed (${listed} listed), ${detection.seen} of ${detection.planted} planted faults seen`,
    );
  }
  wrong.push(...[...unserved].map(({ why }) => `${name}: nothing differs any more by "${why}"`));
  return cells;
}

async function shadowRun(
  name: string,
  { original, byHand }: { original: string; byHand: string },
  target: Target,
): Promise<RunReport | null> {
  const out = join(scratch, name, `run-${target}`);
  const sides = ['--old', `node@22:${original}`, '--new', `${target}:${byHand}`];
  const how = ['--new-entry', entryOf(name, target), '--writes', 'isolated', '--no-attribute', '--out', out];
  const args = ['shadow', 'run', ...sides, '--traffic', join(original, 'traffic.har'), ...how];
  const { exitCode, stderr } = await execa(process.execPath, [cli, ...args], {
    cwd: join(scratch, name),
    reject: false,
  });
  if (![0, 1, 6, 7].includes(exitCode ?? -1)) {
    wrong.push(`${name} on ${target}: exit ${exitCode}: ${stderr}`);
    return null;
  }
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
}

function page(lines: readonly string[], reasons: readonly string[]): string[] {
  return [
    '## By hand: what a maintainer of Hono would write',
    '',
    'Both fixtures stand in `bench/converted/by-hand` as well: Hono written by hand, on each runtime’s own server. They are what',
    'the codemod’s output is to look like, and the limit for its speed. Each is held to the traffic recorded of the original',
    '(`migrate shadow run`, old: the original on Node 22): every place that differs must stand in `differences.yaml` beside the',
    'application, and every entry there must serve.',
    `${machine()}; load average ${busy.toFixed(1)}. Repeat with \`npm run bench:converted\`.`,
    '',
    '| application | Node 22 | Bun | Deno |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
    'Accepted, for these reasons:',
    ...reasons,
  ];
}
