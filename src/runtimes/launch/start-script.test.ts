import { expect, it } from 'vitest';
import { parseStartScript } from './start-script.ts';

const nothing = { args: [], variables: {}, envFiles: [], noEnvFiles: false, preloads: [] };

it.each([
  ['node server.js', { entry: 'server.js' }],
  ['node ./bin/www', { entry: './bin/www' }],
  [
    'NODE_ENV=production node --max-old-space-size=512 dist/main.js',
    { entry: 'dist/main.js', variables: { NODE_ENV: 'production' } },
  ],
  [
    'npm run build && node --stack-size 2000 "dist/a b.js" --port 1 2> log',
    { entry: 'dist/a b.js', args: ['--port', '1'] },
  ],
  [
    "cross-env A='b c' D=$E tsx watch src/index.ts",
    { entry: 'src/index.ts', variables: { A: 'b c' }, preloads: [{ flag: 'import', module: 'tsx' }] },
  ],
  [
    'ts-node src/index.ts',
    { entry: 'src/index.ts', preloads: [{ flag: 'require', module: 'ts-node/register' }] },
  ],
  [
    'node -r dotenv/config --import=./trace.mjs x.js',
    {
      entry: 'x.js',
      preloads: [
        { flag: 'require', module: 'dotenv/config' },
        { flag: 'import', module: './trace.mjs' },
      ],
    },
  ],
  [
    'node --env-file-if-exists=.env --env-file .env.prod x.mjs',
    {
      entry: 'x.mjs',
      envFiles: [
        { path: '.env', optional: true },
        { path: '.env.prod', optional: false },
      ],
    },
  ],
  [
    'bun --env-file=.a,.b run x.ts',
    {
      entry: 'x.ts',
      envFiles: [
        { path: '.a', optional: false },
        { path: '.b', optional: false },
      ],
    },
  ],
  ['bun --no-env-file x.ts', { entry: 'x.ts', noEnvFiles: true }],
  ['deno run -A --env-file main.ts', { entry: 'main.ts', envFiles: [{ path: '.env', optional: false }] }],
])('%s', (script, expected) => {
  expect(parseStartScript(script)).toEqual({ ...nothing, ...expected });
});

it.each(['next start', 'npm run serve', 'deno task start', 'node -e "x.js is not run"', ''])(
  'of "%s" no file can be told',
  (script) => {
    expect(parseStartScript(script)).toBeNull();
  },
);
