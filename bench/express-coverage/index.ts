import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { middlewarePage } from './middleware.ts';
import { loadCases, repositoryRoot, runCoverage } from './run.ts';
import { outcomesFile, page, summary } from './table.ts';

const [only = '', ...flags] = process.argv.slice(2);
const ALL = ['node', 'bun', 'deno', 'workers'];
const chosen = flags.find((flag) => flag.startsWith('--on='))?.slice('--on='.length);
const names = flags.includes('--here') ? ['here'] : (chosen?.split(',') ?? ALL);
const whole = only === '' || only === 'all';
const { rows, runtimes, folder } = await runCoverage(await loadCases(whole ? '' : only), names, {
  keep: !whole,
  say: console.log,
});
for (const { one, outcome, why } of rows) {
  if (outcome === 'wrong' || !whole) console.log(`${outcome.padEnd(9)} ${one.id}: ${why.join(' / ')}`);
}
console.log(summary(rows));
if (!whole) console.log(folder);
else if (names.length === ALL.length) {
  const root = repositoryRoot();
  await writeFile(join(root, 'docs', 'express-coverage.md'), page(rows, runtimes));
  await writeFile(join(root, 'docs', 'express-middleware.md'), middlewarePage(rows, runtimes));
  await writeFile(join(root, 'codemods', 'express-to-hono', 'coverage', 'outcomes.json'), outcomesFile(rows));
}
