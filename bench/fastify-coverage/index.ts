import { fastifyCases, runFastifyCoverage } from './run.ts';

const [only = '', ...flags] = process.argv.slice(2);
const ALL = ['node', 'bun', 'deno', 'workers'];
const chosen = flags.find((flag) => flag.startsWith('--on='))?.slice('--on='.length);
const names = flags.includes('--here') ? ['here'] : (chosen?.split(',') ?? ALL);
const whole = only === '' || only === 'all';
const cases = await fastifyCases(whole ? '' : only);
const { rows, folder } = await runFastifyCoverage(cases, names, { keep: !whole, say: console.log });
for (const { one, outcome, why, runtimes, notRun } of rows)
  console.log(
    `${outcome.padEnd(9)} ${one.id} ${Object.keys(runtimes).join(',')} ${JSON.stringify(notRun)}: ${why.join(' / ')}`,
  );
if (!whole) console.log(folder);
