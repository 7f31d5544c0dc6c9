import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from '../section.ts';
import { type Conversion, runConversion } from './convert.ts';
import { readCases } from './list.ts';
import { page, type Row } from './page.ts';
import { runSteps } from './steps.ts';

/**
 * Small applications made from public bug reports: each is run as it is and converted, or planned, or compared, and what
 * comes out is held against its right value. With `--only`, the page keeps the rows of the others. `npm run cases -- <folder> [--only 60] [--keep] [--write]`
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    keep: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (folder === undefined || !existsSync(folder)) throw new Error('Name the folder of the cases.');

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cli = join(root, 'dist', 'src', 'cli.js');
process.env.MIGRATE_CACHE ??= join(root, '.cache');
const { parseSpec, provisionRuntime } = (await import(
  pathToFileURL(join(root, 'dist', 'src', 'runtimes', 'index.js')).href
)) as typeof import('../../src/runtimes/index.ts');
for (const [variable, spec] of [
  ['NODE', 'node@22'],
  ['BUN', 'bun@1.4'],
  ['DENO', 'deno@2'],
] as const) {
  process.env[variable] = (await provisionRuntime(await parseSpec(spec))).binary;
}

const scratch = mkdtempSync(join(tmpdir(), 'migrate-cases-'));
const library = resolve(folder, 'lib', 'lib.mjs');
const rows: Row[] = [];
try {
  for (const one of readCases(folder, join(root, 'bench', 'cases'), values.only)) {
    const told = one.steps.length === 0 ? [] : await runSteps(one, { cli, scratch });
    const conversion: Conversion | null =
      one.probe === null ? null : await runConversion(one, { cli, scratch, library });
    const row: Row = { one, told, conversion };
    rows.push(row);
    process.stdout.write(`${page.line(row)}\n`);
  }
} finally {
  if (values.keep) process.stdout.write(`${scratch}\n`);
  else rmSync(scratch, { recursive: true, force: true });
}
const file = join(root, 'docs', 'cases.md');
const earlier = values.only.length > 0 && existsSync(file) ? readFileSync(file, 'utf8') : '';
if (values.write) writeFileSync(file, page.whole(rows, machine(), earlier));
if (rows.some((row) => page.verdict(row) === 'wrong')) process.exitCode = 1;
