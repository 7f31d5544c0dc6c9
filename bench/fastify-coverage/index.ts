import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../express-coverage/run.ts';
import { fastifyCases, runFastifyCoverage } from './run.ts';
import { outcomesFile, outcomesPath, page, summary } from './table.ts';

const [only = '', ...flags] = process.argv.slice(2);
const ALL = ['node', 'bun', 'deno', 'workers'];
const chosen = flags.find((flag) => flag.startsWith('--on='))?.slice('--on='.length);
const names = flags.includes('--here') ? ['here'] : (chosen?.split(',') ?? ALL);
const whole = only === '' || only === 'all';
const cases = await fastifyCases(whole ? '' : only);
const run = await runFastifyCoverage(cases, names, { keep: !whole, say: console.log });
for (const { one, outcome, why } of run.rows)
  if (outcome === 'wrong' || !whole) console.log(`${outcome.padEnd(9)} ${one.id}: ${why.join(' / ')}`);
console.log(summary(run.rows));
if (!whole) console.log(run.folder);
else if (names.length === ALL.length) {
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(join(repositoryRoot(), 'docs', 'fastify-coverage.md'), page(run, date));
  await writeFile(outcomesPath(), outcomesFile(run.rows));
}
