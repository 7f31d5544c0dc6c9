import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../express-coverage/run.ts';
import { loadCases, runCoverage } from './run.ts';
import { outcomesFile, page, summary } from './table.ts';

const [only = '', ...flags] = process.argv.slice(2);
const ALL = ['node', 'bun', 'deno', 'workers'];
const chosen = flags.find((flag) => flag.startsWith('--on='))?.slice('--on='.length);
const names = flags.includes('--here') ? ['here'] : (chosen?.split(',') ?? ALL);
const isWhole = only === '' || only === 'all';
const koa = flags.includes('--stays') ? 'stays' : 'goes';
const run = await runCoverage(await loadCases(isWhole ? '' : only), names, console.log, !isWhole, koa);
for (const { one, outcome, why } of run.rows)
  if (outcome === 'wrong' || !isWhole) console.log(`${outcome.padEnd(9)} ${one.id}: ${why.join(' / ')}`);
console.log(`${summary(run.rows)}; guards: ${run.guards.keptOut}, let in ${run.guards.letIn}`);
if (!isWhole) console.log(run.folder);
else if (names.length === ALL.length && koa === 'goes') {
  const root = repositoryRoot();
  await writeFile(join(root, 'docs', 'koa-coverage.md'), page(run, new Date().toISOString().slice(0, 10)));
  await writeFile(join(root, 'codemods', 'koa-to-hono', 'coverage', 'outcomes.json'), outcomesFile(run.rows));
}
