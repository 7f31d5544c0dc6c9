import { expect, it } from 'vitest';
import { collectInventory } from '../inventory/index.ts';
import { project } from '../testing/project.ts';
import { runtimeOfToday } from './today.ts';

it.each<[string, Record<string, string>, Record<string, string>, string | null]>([
  ['a Worker', { deploy: 'wrangler deploy src/index.js' }, { 'wrangler.toml': 'name = "a"\n' }, 'workers'],
  [
    'a Worker beside a server',
    { deploy: 'wrangler deploy', start: 'node src/index.js' },
    { 'wrangler.toml': '' },
    null,
  ],
  ['settings of Workers that nothing uses', { test: 'vitest' }, { 'wrangler.toml': 'name = "a"\n' }, null],
  ['wrangler without settings', { deploy: 'wrangler deploy src/index.js' }, {}, null],
  ['a server on Bun', { start: 'bun src/index.js' }, {}, 'bun'],
  ['a server on Node', { start: 'node src/index.js' }, {}, null],
])('%s', async (_, scripts, files, expected) => {
  const root = project({
    'package.json': JSON.stringify({ name: 'a', type: 'module', main: 'src/index.js', scripts }),
    'src/index.js': 'export default { fetch: () => new Response("a") };\n',
    ...files,
  });
  expect(runtimeOfToday(await collectInventory(root))).toBe(expected);
});
