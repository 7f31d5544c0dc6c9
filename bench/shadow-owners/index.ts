import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { RunReport } from '../../src/model/verdict.ts';
import { type Application, type Conversion, convertAgain, prepareApplication } from '../application.ts';
import { machine, writeSection } from '../section.ts';
import { found, line, type Row, tableOf } from './table.ts';

/**
 * Both fixtures, original against converted, with either parity, on every runtime and on old releases of two: whether
 * every difference has an owner. `--only bun@1.2,idiomatic` prints the rows that fit all words and leaves the page as it is.
 */
const FIXTURES = ['express-notes', 'express-shop'] as const;
const PARITIES = ['wire', 'idiomatic'] as const;
const RUNTIMES = ['node@22', 'bun', 'deno', 'workers', 'bun@1.2', 'deno@2.1'] as const;
const OLD = 'node@22';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');

// The same from bench/shadow-owners/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const started = Date.now();
const rows: Row[] = [];
for (const fixture of FIXTURES) {
  const combinations = PARITIES.flatMap((parity) =>
    RUNTIMES.map((runtime) => ({ fixture, parity, runtime })),
  );
  const asked = combinations.filter((one) =>
    (only ?? []).every((word) => Object.values(one).includes(word as never)),
  );
  if (asked.length === 0) continue;
  const app = await prepareApplication(root, fixture);
  try {
    const conversions = new Map<string, Conversion>();
    for (const one of asked) {
      const way = { parity: one.parity, workers: one.runtime === 'workers' };
      const key = JSON.stringify(way);
      const conversion = conversions.get(key) ?? (await convertAgain(root, fixture, app, way));
      conversions.set(key, conversion);
      rows.push({ ...one, found: await compare(app, conversion, one.runtime) });
      process.stdout.write(`${line(rows.at(-1) as Row)}\n`);
    }
  } finally {
    rmSync(app.scratch, { recursive: true, force: true });
  }
}
const wrong = rows.filter((row) => row.found.wrong.length > 0);
for (const {
  fixture,
  parity,
  runtime,
  found: { wrong: list },
} of wrong)
  for (const one of list) process.stdout.write(`no owner: ${fixture} ${parity} ${runtime}: ${one}\n`);
process.stdout.write(`${wrong.length} of ${rows.length} rows with a difference nobody owns\n`);
if (!only) {
  const about = `Made by \`npm run shadow:owners\`: ${machine()}, ${Math.round((Date.now() - started) / 1000)} s.`;
  writeSection(root, 'shadow-owners', tableOf(rows, OLD, about), 'shadow.md');
}
process.exitCode = wrong.length === 0 ? 0 : 1;

/** Replays the fixture's recording on the original and a conversion of it. */
async function compare({ scratch, original }: Application, { folder, limits }: Conversion, runtime: string) {
  const args = [
    ...['shadow', 'run', '--old', `${OLD}:${original}`, '--new', `${runtime}:${folder}`],
    ...['--traffic', join(original, 'traffic.har'), '--writes', 'isolated', '--start-timeout', '60000'],
    ...(limits === null ? [] : ['--limits', limits]),
    ...['--out', join(scratch, 'run'), '--json'],
  ];
  rmSync(join(scratch, 'run'), { recursive: true, force: true });
  const { stdout } = await execa(process.execPath, [join(root, 'dist', 'src', 'cli.js'), ...args], {
    ...{ cwd: scratch, reject: false, maxBuffer: 1e8 },
  });
  const document: unknown = JSON.parse(stdout);
  const report = RunReport.safeParse(document);
  return found(report.success ? report.data : (document as { message: string; hint?: string }));
}
