import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { parseSpec, provisionRuntime } from '../runtimes/index.ts';
import { run } from './__fixtures__/express-project.ts';
import { git, tree, withStep } from './__fixtures__/steps.ts';

// An application is started several times.
vi.setConfig({ testTimeout: 240_000 });

const STEP = `    actions: [{ do: deno-permissions, on: deno@2, entry: app.js }]
    check: [{ do: ask, question: "Is it right?" }]`;
const APP = `const fs = require('node:fs');
require('node:http')
  .createServer((req, res) => {
    if (req.url === '/kept') fs.writeFileSync('kept/last.txt', 'x');
    res.end(req.url === '/page' ? fs.readFileSync('pages/one.txt', 'utf8') : String(process.env.GREETING));
  })
  .listen(process.env.PORT);
`;
const entry = (path: string) => ({
  startedDateTime: '2026-11-29T12:00:00.000Z',
  time: 1,
  request: { method: 'GET', url: `http://shop.example${path}`, httpVersion: 'HTTP/1.1', headers: [] },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: 'HTTP/1.1',
    headers: [],
    content: { size: 0, mimeType: '' },
  },
});
const files = {
  'package.json': JSON.stringify({ name: 'shop', type: 'commonjs', main: 'app.js' }),
  ...{
    'app.js': APP,
    'pages/one.txt': 'one',
    'pages/two.txt': 'two',
    'secret.txt': 'secret',
    'kept/.keep': '',
  },
  'traffic.har': JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 't', version: '1' },
      entries: ['/', '/page', '/kept'].map(entry),
    },
  }),
};

beforeEach(async ({ skip }) => {
  await provisionRuntime(await parseSpec('deno@2')).catch((error) => skip(`no Deno: ${error.message}`));
});

it('deno.json starts the application with what it asked for, and no more', async () => {
  const root = await withStep(STEP, files);
  const { code, out, notes } = await run(root, [
    'apply',
    'ours',
    '--traffic',
    'traffic.har',
    '--answer',
    'yes',
    '--yes',
  ]);
  expect([code, notes], out).toEqual([0, '']);
  const { start } = JSON.parse(readFileSync(join(root, 'deno.json'), 'utf8')).tasks;
  expect(start).toMatch(/^deno run .* app\.js$/);
  expect(start).toContain('--allow-env=');
  expect(start).toContain('GREETING');
  expect(start).toContain('--allow-read=./pages/one.txt');
  expect(start).toMatch(/--allow-write=\.\/kept\/last\.txt( |$)/);
  expect(start).not.toMatch(/allow-all|secret|two\.txt|allow-run|allow-ffi/);
  expect(git(root, 'show', '--name-only', '--format=', 'HEAD')).toBe('deno.json');
});

it('nothing is written where nothing was asked, and where Deno reads another file', async () => {
  const other = await withStep(STEP, { ...files, 'deno.jsonc': '{}' });
  const before = tree(other);
  const { code, notes } = await run(other, ['apply', 'ours', '--traffic', 'traffic.har', '--yes']);
  expect([code, notes]).toEqual([4, expect.stringContaining('there is a deno.jsonc')]);
  expect(tree(other)).toEqual(before);
});
