import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { collectInventory } from '../../inventory/index.ts';
import { project } from '../../testing/project.ts';
import { runBuild } from './build.ts';
import { findStart } from './start.ts';

it.each([
  ['no build', [], null],
  ['a build that failed midway', ['BUILD_ID'], null],
  ['a build', ['BUILD_ID', 'prerender-manifest.json'], 'node_modules/next/dist/bin/next'],
])('Next starts from %s', async (_, built, entry) => {
  const root = project({
    'package.json': JSON.stringify({
      ...{ name: 'a', dependencies: { next: '15' } },
      scripts: { start: 'next start', build: 'next build' },
    }),
    'node_modules/next/package.json': '{"name":"next","version":"15.0.0","bin":{"next":"dist/bin/next"}}',
    'node_modules/next/dist/bin/next': '#!/usr/bin/env node\n',
    ...Object.fromEntries(built.map((name) => [`.next/${name}`, 'x'])),
  });
  mkdirSync(join(root, 'node_modules', '.bin'));
  symlinkSync('../next/dist/bin/next', join(root, 'node_modules', '.bin', 'next'));
  const inventory = await collectInventory(root);
  const start = await findStart({ root, inventory, setup: [], env: {} }, root);
  expect(start.entry).toBe(entry);
});

it.each([
  [
    '> Export encountered errors on following paths:\\n\\t/sitemap',
    ': Export encountered errors on following paths: /sitemap.',
  ],
  ['src/a.ts(1,1): error TS2322: no', ': src/a.ts(1,1): error TS2322: no.'],
  ['it is over', '.'],
])('a build that fails with %s says so in its sentence', async (words, end) => {
  const root = project({
    'package.json': JSON.stringify({
      ...{ name: 'a', main: 'a.js' },
      scripts: { build: 'node build.js' },
    }),
    'build.js': `console.log('made\\n${words}');\nprocess.exit(1);\n`,
  });
  const inventory = await collectInventory(root);
  const given = { root, inventory, setup: [], env: {}, build: ['node', 'build.js'] as const };
  await expect(runBuild(given, root, new AbortController().signal)).rejects.toMatchObject({
    code: 'NOT_BUILT',
    message: `Production starts what node build.js makes, and that failed${end}`,
  });
});
