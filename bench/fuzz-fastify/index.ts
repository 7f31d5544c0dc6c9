import { parseArgs } from 'node:util';
import fastifyToHono from '../../codemods/fastify-to-hono/index.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import type { WIRE } from '../express-coverage/convert.ts';
import { judge, NODE, type Place, type Verdict } from '../fuzz-express/judge.ts';
import { count, emptyTotals, report, summary } from '../fuzz-express/page.ts';
import { shrink } from '../fuzz-express/shrink.ts';
import { programOf } from './program.ts';

/**
 * Random Fastify programs, before and after the codemod: `npm run fuzz:fastify -- --seed 7 --programs 1` makes the program of seed 7.
 * Exit code 1 when a program answers otherwise and nothing was said.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '300' },
    on: { type: 'string', default: 'node,bun,deno' },
    print: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
});

/** Programs in one process pair. */
const BATCH = 60;
/** Wrong programs that are made small; more than that is one cause many times. */
const SHRUNK = 8;
const codemod: typeof WIRE = fastifyToHono;
const [seed, programs] = [Number(values.seed), Number(values.programs)];
const places = await Promise.all(values.on.split(',').map(placeOf));
const totals = emptyTotals();
const wrong: Verdict[] = [];
for (let first = seed; first < seed + programs; first += BATCH) {
  const size = Math.min(BATCH, seed + programs - first);
  const made = Array.from({ length: size }, (_, index) => programOf(first + index));
  for (const verdict of await judge(made, places, codemod)) {
    count(totals, verdict);
    if (values.print || verdict.outcome === 'told' || verdict.outcome === 'invalid')
      process.stdout.write(report(verdict, values.print));
    if (verdict.outcome !== 'wrong') continue;
    wrong.push(verdict);
    const small =
      values['no-shrink'] || wrong.length > SHRUNK ? verdict : await shrink(verdict, places, codemod);
    process.stdout.write(
      report({ ...small, one: { ...small.one, id: verdict.one.id } }, !values['no-shrink']),
    );
  }
  process.stdout.write(`${summary(totals)}\n`);
}
process.exitCode = wrong.length > 0 ? 1 : 0;

/** Every program runs on Node; one in eight on each other runtime, by its seed. */
async function placeOf(name: string, index: number): Promise<Place> {
  if (name === 'node') return NODE;
  const runtime = await provisionRuntime(await parseSpec(name));
  return { label: name, runtime, takes: ({ id }) => Number(id.slice(1)) % 8 === index };
}
