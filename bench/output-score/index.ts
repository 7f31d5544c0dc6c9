import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BY_HAND, putTogether } from '../converted/assemble.ts';
import { loadCases } from '../express-coverage/run.ts';
import { writeSection } from '../section.ts';
import { measureCase, measureFolder, PARITIES, readFolder } from './measure.ts';
import { type Failure, page, type Row, summary } from './page.ts';
import { layOut } from './programs.ts';
import { scoreOfHono, sumOf } from './score.ts';

/**
 * How Hono the output is, for every program there is to convert: `npm run output:score -- --clones ../clones --write`.
 * The programs of the field test and Express's examples are read from clones; without them they are left out, and said.
 */
const { values } = parseArgs({
  options: {
    clones: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    'no-cases': { type: 'boolean', default: false },
  },
});

// The same from bench/output-score/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const say = (text: string) => process.stderr.write(`${text}\n`);
const wanted = (name: string) => values.only === undefined || name.includes(values.only);
const scratch = mkdtempSync(join(tmpdir(), 'migrate-score-'));
const rows: Row[] = [];
const failed: Failure[] = [];
const skipped: { name: string; why: string }[] = [];
try {
  const clones = values.clones === undefined ? null : resolve(values.clones);
  const programs = await layOut(root, scratch, clones, (name, why) => {
    skipped.push({ name, why });
    say(`left out: ${name}: ${why}`);
  });
  for (const { group, name, folder } of programs.filter((one) => wanted(one.name))) {
    say(`${group} ${name}`);
    for (const way of PARITIES) {
      try {
        rows.push({ group, name, way, score: await measureFolder(folder, way) });
      } catch (error) {
        failed.push({ name, way, why: String(error).replaceAll(scratch, '…') });
        say(`FAILED ${name} (${way}): ${error}`);
      }
    }
    if (Object.hasOwn(BY_HAND, name)) rows.push(await byHand(name, folder));
  }
  if (!values['no-cases'] && values.only === undefined) {
    const cases = await loadCases();
    say(`${cases.length} coverage cases`);
    for (const way of PARITIES) {
      const scores = [];
      for (const one of cases) scores.push(await measureCase(one, way));
      rows.push({ group: 'case', name: `${cases.length} cases`, way, score: sumOf(scores) });
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const document = { schema: 'migrate/output-score', version: 1, rows, failed, skipped };
process.stdout.write(values.json ? `${JSON.stringify(document, null, 2)}\n` : `${summary(rows)}\n`);
if (values.write) {
  if (skipped.length > 0 || values.only !== undefined || values['no-cases'])
    throw new Error('--write needs every program: give --clones, and neither --only nor --no-cases.');
  writeSection(root, 'output-score', page(rows, failed), 'output-score.md');
}

async function byHand(name: string, fixture: string): Promise<Row> {
  const folder = join(scratch, 'by-hand', name);
  putTogether(root, name, folder);
  const [express, hono] = [await readFolder(fixture), await readFolder(folder)];
  const isSupport = (path: string) => path.startsWith('src/http/') && !express.has(path);
  return {
    group: 'fixture',
    name,
    way: 'by hand',
    score: await scoreOfHono(folder, express, hono, isSupport),
  };
}
