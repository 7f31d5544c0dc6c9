import { parseArgs } from 'node:util';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import type { CoverageCase } from '../express-coverage/cases.ts';
import { IDIOMATIC, WIRE } from '../express-coverage/convert.ts';
import { repositoryRoot } from '../express-coverage/run.ts';
import { NODE, type Place } from './judge.ts';
import { writePage } from './page.ts';
import { partly } from './part.ts';
import { type Grammar, programOf } from './program.ts';
import { oneInEight, runRounds } from './rounds.ts';

/**
 * Random Express programs, before and after the codemod. `npm run fuzz:express -- --seed 7 --programs 1` makes the program of
 * seed 7; a run takes the seeds that follow `--seed`. `--shapes` draws from ways real applications are written, `--part` asks for
 * some of the routes only; `--everywhere` runs each program on each runtime; `--idiomatic` converts with `--parity idiomatic`, and counts what was announced as no difference.
 * Exit code 1 when a program answers otherwise and nothing was said.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    programs: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '60' },
    on: { type: 'string', default: 'node,bun,deno' },
    shapes: { type: 'boolean', default: false },
    idiomatic: { type: 'boolean', default: false },
    part: { type: 'boolean', default: false },
    everywhere: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const whole = (name: 'seed' | 'programs' | 'minutes'): number => {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number`);
  return value;
};
const [seed, programs, minutes] = [whole('seed'), whole('programs'), whole('minutes')];
const grammar: Grammar = values.shapes ? 'shapes' : 'random';
const end = Date.now() + minutes * 60_000;

if (values.write && (values.idiomatic || values.part))
  throw new Error('--write: the page has figures of whole conversions in wire parity only.');
const codemod = values.part ? partly : values.idiomatic ? IDIOMATIC : WIRE;
const places = await Promise.all(values.on.split(',').map(placeOf));
const { totals, wrong } = await runRounds({
  ...{ seed, programs, end, codemod, places, print: values.print, shrinks: !values['no-shrink'] },
  programOf(each) {
    const made = programOf(each, grammar);
    return values.idiomatic ? inWrittenCase(made) : made;
  },
});
if (values.write)
  writePage(repositoryRoot(), totals, { seed, on: places.map(({ label }) => label), grammar });
process.exitCode = wrong.length > 0 ? 1 : 0;

/**
 * Where clients keep cookies, a path in capitals is not asked for: that Hono finds no route for it is announced, and the session
 * that its 404 begins would tell apart everything after it.
 */
function inWrittenCase(program: CoverageCase): CoverageCase {
  if (!program.cookies) return program;
  const isWritten = (path: string) => path === path.toLowerCase();
  return {
    ...program,
    requests: program.requests.filter(({ path }) => isWritten(path.replace(/\?.*/s, ''))),
  };
}

/** Every program runs on Node; one in eight on each other runtime, by its seed, or every one with `--everywhere`. */
async function placeOf(name: string, index: number): Promise<Place> {
  if (name === 'node') return NODE;
  const runtime = await provisionRuntime(await parseSpec(name));
  return { label: name, runtime, takes: values.everywhere ? () => true : oneInEight(index) };
}
