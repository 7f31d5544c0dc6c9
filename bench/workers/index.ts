import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { RunReport } from '../../src/model/verdict.ts';
import { convertAgain, prepareApplication } from '../application.ts';
import { machine, writeSection } from '../section.ts';
import { bundleSize, type Size } from './size.ts';

/**
 * Both fixtures converted for Workers, in both parities: what workerd answers against the original on Node 22, which routes it
 * cannot and why, and how large the bundle is. `npm run bench:workers [-- express-shop]`
 */

// The same from bench/workers/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cli = join(root, 'dist', 'src', 'cli.js');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
const asked = process.argv.slice(2);
const names = ['express-notes', 'express-shop'].filter((name) => asked.length === 0 || asked.includes(name));

interface Made {
  name: string;
  parity: 'idiomatic' | 'wire';
  report: RunReport;
  size: Size;
}

const made: Made[] = [];
for (const name of names) {
  const application = await prepareApplication(root, name);
  try {
    for (const parity of ['idiomatic', 'wire'] as const) {
      const { folder, limits } = await convertAgain(root, name, application, { parity, workers: true });
      const size = await bundleSize(folder);
      const report = await shadowRun(application.original, folder, limits);
      made.push({ name, parity, report, size });
      process.stdout.write(`${row({ name, parity, report, size })}\n`);
    }
  } finally {
    rmSync(application.scratch, { recursive: true, force: true });
  }
}
if (asked.length === 0) writeSection(root, 'workers', page(), 'output-score.md');
process.exitCode = made.every(({ report }) => report.verdict === 'PASS') ? 0 : 1;

async function shadowRun(original: string, converted: string, limits: string | null): Promise<RunReport> {
  const out = mkdtempSync(join(tmpdir(), 'migrate-workers-'));
  try {
    const sides = ['--old', `node@22:${original}`, '--new', `workers:${converted}`];
    const how = ['--traffic', join(original, 'traffic.har'), '--writes', 'isolated', '--no-attribute'];
    const args = [...sides, ...how, ...(limits === null ? [] : ['--limits', limits]), '--out', out];
    const { stderr } = await execa(process.execPath, [cli, 'shadow', 'run', ...args], {
      cwd: converted,
      reject: false,
    });
    try {
      return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    } catch {
      throw new Error(`The run on workerd wrote no report: ${stderr}`);
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function row({ name, parity, report, size }: Made): string {
  const unable = report.routes.filter(({ status }) => status === 'cannot-run');
  const { counts } = report;
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString('en-US')} KB`;
  const cells = [
    `${report.routes.length - unable.length} of ${report.routes.length}`,
    `${counts.compared} of ${counts.recorded}`,
    report.verdict,
    `${kilobytes(size.minified)} (${kilobytes(size.gzipped)})`,
  ];
  return `| ${name} | ${parity} | ${cells.join(' | ')} |`;
}

function page(): string[] {
  const unable = made.flatMap(({ name, parity, report }) =>
    report.routes
      .filter(({ status }) => status === 'cannot-run')
      .map(({ route, reason }) => `- ${name}, ${parity}, \`${route}\`: ${reason ?? 'no reason is known'}`),
  );
  return [
    '## On Workers',
    '',
    'Both fixtures converted with `--target workers` (express-notes with `fs-to-r2` as well), run by workerd and compared with the',
    'original on Node 22 over the recorded traffic. Bundle: made by esbuild, minified, and gzipped as it is uploaded.',
    `${machine()}. Repeat with \`npm run bench:workers\`.`,
    '',
    '| application | parity | routes answered there | exchanges compared | verdict | bundle (gzipped) |',
    '| --- | --- | --: | --: | --- | --: |',
    ...made.map(row),
    '',
    'Routes that workerd cannot answer:',
    '',
    ...unable,
  ];
}
