import { describe, expect, it } from 'vitest';
import { readScriptRules } from '../table.ts';
import { type Around, onBun } from './command.ts';

const rules = readScriptRules();
const on = (command: string, around: Partial<Around> = {}): string =>
  onBun({ command }, { nodePrograms: [], environmentFiles: false, scripts: ['a', 'b'], ...around }, rules);

describe('a command on Bun', () => {
  it.each([
    ['node x.js --flag "node y"', 'bun x.js --flag "node y"'],
    ['cd out && NODE_ENV=test node x.js', 'cd out && NODE_ENV=test bun x.js'],
    ['npx tsx x.ts', 'bun x.ts'],
    ['tsx watch x.ts', 'bun --watch x.ts'],
    ['node --import tsx --env-file=.env x.ts', 'bun --env-file=.env x.ts'],
    ['node -r ts-node/register -r dotenv/config x.ts', 'bun -r dotenv/config x.ts'],
    ['node --loader=ts-node/esm x.ts', 'bun x.ts'],
    ['dotenv -e .env.test -- node x.js', 'bun --env-file=.env.test x.js'],
    ['npm run a && npm test', 'bun run a && bun run test'],
    // Bun has no -s.
    ['npm -s run a', 'bun run --silent a'],
    ['npm run --silent a -- --flag', 'bun run --silent a -- --flag'],
    ['run-s a b', 'bun run a && bun run b'],
  ])('%s', (command, expected) => expect(on(command)).toBe(expected));

  it.each([
    'npm ci',
    'npm pkg set type=module',
    'npm publish',
    'pnpm run a',
    'run-s -c a b',
    'run-s "a*"',
    '$NODE x.js',
    'echo node',
  ])('%s stays', (command) => expect(on(command)).toBe(command));

  it('reads no file of variables that Node does not read', () => {
    const around = { environmentFiles: true };
    expect(on('node x.js', around)).toBe('bun --no-env-file x.js');
    expect(on('node --env-file=.env x.js', around)).toBe('bun --env-file=.env x.js');
  });

  it('starts installed programs on Bun, but not where a script has the name', () => {
    const installed = new Set(['tool', 'a']);
    expect(on('tool .', { installed })).toBe('bun --bun run tool .');
    expect(on('a .', { installed })).toBe('a .');
    expect(on('other .', { installed })).toBe('other .');
  });
});
