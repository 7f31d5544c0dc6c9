import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BY_HAND, putTogether } from '../converted/assemble.ts';
import { loadCases } from '../express-coverage/run.ts';
import { writeSection } from '../section.ts';
import { measureCase, measureFolder, PARITIES, readFolder } from './measure.ts';
import { type Failure, page, type Row, summary } from './page.ts';
import { layOut, type Program } from './programs.ts';
import { scoreOfHono, sumOf } from './score.ts';

export interface ScoreOptions {
  /** Folder with clones of public repositories. */
  clones?: string | undefined;
  /** Only programs whose name holds this. */
  only?: string | undefined;
  cases: boolean;
  json: boolean;
  write: boolean;
}

/** What a run measured, and what it could not. */
interface Scores {
  rows: Row[];
  failed: Failure[];
  skipped: { name: string; why: string }[];
}

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Scores every program there is to convert. @param root this repository */
export async function runScore(root: string, options: ScoreOptions): Promise<void> {
  const { only, cases, json, write } = options;
  const scratch = mkdtempSync(join(tmpdir(), 'migrate-score-'));
  const scores: Scores = { rows: [], failed: [], skipped: [] };
  try {
    await scorePrograms(root, scratch, options, scores);
    if (cases && only === undefined) await scoreCases(scores);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const { rows, failed, skipped } = scores;
  const document = { schema: 'migrate/output-score', version: 1, ...scores };
  process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${summary(rows)}\n`);
  if (!write) return;
  if (skipped.length > 0 || only !== undefined || !cases)
    throw new Error('--write needs every program: give --clones, and neither --only nor --no-cases.');
  writeSection(root, 'output-score', page(rows, failed), 'output-score.md');
}

async function scorePrograms(
  root: string,
  scratch: string,
  options: ScoreOptions,
  scores: Scores,
): Promise<void> {
  const { clones, only = '' } = options;
  const programs = await layOut(root, scratch, clones === undefined ? null : resolve(clones), (name, why) => {
    scores.skipped.push({ name, why });
    say(`left out: ${name}: ${why}`);
  });
  for (const program of programs.filter(({ name }) => name.includes(only))) {
    const { group, name, folder } = program;
    say(`${group} ${name}`);
    for (const way of PARITIES) {
      try {
        scores.rows.push({ group, name, way, score: await measureFolder(folder, way) });
      } catch (error) {
        scores.failed.push({ name, way, why: String(error).replaceAll(scratch, '…') });
        say(`FAILED ${name} (${way}): ${error}`);
      }
    }
    if (Object.hasOwn(BY_HAND, name)) scores.rows.push(await scoreByHand(root, scratch, program));
  }
}

async function scoreByHand(root: string, scratch: string, { group, name, folder }: Program): Promise<Row> {
  const byHand = join(scratch, 'by-hand', name);
  putTogether(root, name, byHand);
  const [express, hono] = [await readFolder(folder), await readFolder(byHand)];
  const isSupport = (path: string) => path.startsWith('src/http/') && !express.has(path);
  return { group, name, way: 'by hand', score: await scoreOfHono(byHand, express, hono, isSupport) };
}

async function scoreCases({ rows }: Scores): Promise<void> {
  const cases = await loadCases();
  say(`${cases.length} coverage cases`);
  for (const way of PARITIES) {
    const scores = [];
    for (const one of cases) scores.push(await measureCase(one, way));
    rows.push({ group: 'case', name: `${cases.length} cases`, way, score: sumOf(scores) });
  }
}
