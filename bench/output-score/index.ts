import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runScore } from './run.ts';
import { runSpeed } from './speed/index.ts';

/**
 * How Hono the output is, for every program there is to convert: `npm run output:score -- --clones ../clones --write`.
 * The programs of the field test and Express's examples are read from clones; without them they are left out, and said.
 * With `--speed` the fixtures are converted, started and put under load instead.
 */
const { values } = parseArgs({
  options: {
    clones: { type: 'string' },
    only: { type: 'string' },
    'no-cases': { type: 'boolean', default: false },
    speed: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

// The same from bench/output-score/ and, bundled, from dist/bench/.
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { speed, rounds, seconds, 'no-cases': noCases, ...options } = values;
if (speed)
  process.exitCode = await runSpeed(root, { ...options, rounds: Number(rounds), seconds: Number(seconds) });
else await runScore(root, { ...options, cases: !noCases });
