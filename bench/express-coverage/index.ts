import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IDIOMATIC } from './convert.ts';
import { compareMembers } from './crossing.ts';
import { crossingSection } from './crossing-page.ts';
import { type Kept, runKept } from './kept.ts';
import { middlewarePage } from './middleware.ts';
import { loadCases, repositoryRoot, runCoverage } from './run.ts';
import { guarded, outcomesFile, page, summary } from './table.ts';

const [only = '', ...flags] = process.argv.slice(2);
const ALL = ['node', 'bun', 'deno', 'workers'];
const chosen = flags.find((flag) => flag.startsWith('--on='))?.slice('--on='.length);
const names = flags.includes('--here') ? ['here'] : (chosen?.split(',') ?? ALL);
const whole = only === '' || only === 'all';
const cases = await loadCases(whole ? '' : only);
const isIdiomatic = flags.includes('--idiomatic');
const isPage = whole && names.length === ALL.length && !isIdiomatic;
const onlyKept = flags.includes('--kept');
const kept: Kept = isPage || onlyKept ? await runKept(cases, names, console.log) : new Map();
for (const [id, results] of kept) {
  for (const [runtime, result] of Object.entries(results)) {
    if ('why' in result && (result.is === 'wrong' || onlyKept))
      console.log(`kept ${result.is} ${id} on ${runtime}: ${result.why}`);
  }
}
if (onlyKept) process.exit();
const { rows, runtimes, guards, folder } = await runCoverage(cases, names, {
  ...{ keep: !whole, say: console.log },
  ...(isIdiomatic && { codemod: IDIOMATIC }),
});
for (const { one, outcome, why } of rows) {
  if (outcome === 'wrong' || !whole) console.log(`${outcome.padEnd(9)} ${one.id}: ${why.join(' / ')}`);
}
console.log(`${summary(rows)}\n${guarded(guards)}`);
if (!whole) console.log(folder);
else if (isPage) {
  const root = repositoryRoot();
  const crossing = await compareMembers(['node', 'bun', 'deno']);
  await writeFile(join(root, 'docs', 'express-coverage.md'), page(rows, runtimes, guards, kept));
  await writeFile(
    join(root, 'docs', 'express-middleware.md'),
    `${middlewarePage(rows, runtimes)}${crossingSection(crossing)}`,
  );
  await writeFile(join(root, 'codemods', 'express-to-hono', 'coverage', 'outcomes.json'), outcomesFile(rows));
}
