import { parseArgs } from 'node:util';
import koaToHono from '../../codemods/koa-to-hono/index.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import { NODE, type Place } from '../fuzz-express/judge.ts';
import { oneInEight, runRounds } from '../fuzz-express/rounds.ts';
import { programOf, staysIn } from './program.ts';

/**
 * Random Koa programs, before and after the codemod: `npm run fuzz:koa -- --seed 7 --programs 1` makes the program of seed 7. Every
 * second program is converted with `--koa stays`. Exit code 1 when one answers otherwise and nothing was said.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '60' },
    on: { type: 'string', default: 'node,bun,deno' },
    print: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
});
const [seed, programs, minutes] = [values.seed, values.programs, values.minutes].map(Number) as [
  number,
  number,
  number,
];
const places = await Promise.all(
  values.on.split(',').map(async (name, index): Promise<Place> => {
    if (name === 'node') return NODE;
    const runtime = await provisionRuntime(await parseSpec(name));
    return { label: name, runtime, takes: oneInEight(index) };
  }),
);
/** Koa goes or stays as the manifest of the program says. */
const codemod: typeof koaToHono = {
  ...koaToHono,
  run: async (input) => {
    const koa = staysIn((await input.read('package.json')) ?? '') ? 'stays' : 'goes';
    return koaToHono.run({ ...input, options: { ...input.options, koa } });
  },
};
const { wrong } = await runRounds({
  ...{ seed, programs, end: Date.now() + minutes * 60_000, codemod, places, programOf },
  ...{ print: values.print, shrinks: !values['no-shrink'] },
});
process.exitCode = wrong.length > 0 ? 1 : 0;
