import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at } from '../model/at.ts';
import { project } from '../testing/project.ts';
import type { Detector } from './detector.ts';
import { collectInventory } from './index.ts';

const manifest = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'app', ...fields }, null, 2);
const NOT_INSTALLED = /node_modules is absent|not installed: only names/;

describe('what cannot be read is said', () => {
  it.each<[string, Record<string, string | Uint8Array>, string]>([
    ['a source that does not parse', { 'src/a.js': 'const x = 1;\nfunction {\n' }, 'src/a.js:2:10'],
    [
      'a file that is not UTF-8',
      { 'src/a.js': new Uint8Array([0x61, 0xff, 0xfe]) },
      'src/a.js:1:1 not UTF-8',
    ],
    [
      'a 5 MB minified file',
      { 'src/a.js': `var a=${'1+'.repeat(2_500_000)}1` },
      'src/a.js:1:1 5 MB, over the limit of 1 MB',
    ],
    [
      'a lockfile of an unknown version',
      { 'package-lock.json': '{"lockfileVersion": 99}' },
      'package-lock.json:1:21 version 99 of the format is not known to this version of migrate',
    ],
    [
      'a lockfile that is no JSON',
      { 'package-lock.json': '{"lockfileVersion": 3, ' },
      'package-lock.json:1:21 it does not parse',
    ],
    [
      'a workspace manifest that is no JSON',
      { 'packages/a/package.json': '{' },
      'packages/a/package.json:1:1 is not valid JSON',
    ],
    [
      'a CI workflow that is no YAML',
      { '.github/workflows/ci.yml': 'jobs: [\n' },
      '.github/workflows/ci.yml:2:1 not valid YAML',
    ],
  ])('%s becomes a "not checked" line with its place', async (_, files, expected) => {
    const root = project({
      'package.json': manifest({ workspaces: ['packages/*'] }),
      'src/ok.js': 'module.exports = 1;\n',
      ...files,
    });
    const inventory = await collectInventory(root);
    const lines = inventory.notChecked
      .filter(({ reason }) => !NOT_INSTALLED.test(reason))
      .map((item) => `${item.location ? at(item.location) : '-'} ${item.reason}`);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(expected);
  });

  it('walks a directory without git and survives a symlink loop', async () => {
    const root = project({
      'package.json': manifest(),
      'src/a.js': "require('node:fs').readFileSync('x');\n",
    });
    symlinkSync('..', join(root, 'src', 'up'));
    symlinkSync('loop', join(root, 'loop'));
    const inventory = await collectInventory(root);
    expect(inventory.git).toBe(false);
    expect(inventory.builtins.map((use) => `${use.module}.${use.member}`)).toEqual(['fs.readFileSync']);
    expect(inventory.notChecked.map((item) => `${item.what}: ${item.reason}`)).toEqual([
      'loop: a symbolic link to nothing, or a loop',
      'src/up: a symbolic link to a directory',
    ]);
  });

  it('keeps the facts of the other detectors when one fails', async () => {
    const root = project({ 'package.json': manifest({ engines: { node: '20' } }) });
    const broken: Detector = {
      id: 'broken',
      title: 'the phase of the moon',
      detect: () => Promise.reject(new Error('no window')),
    };
    const { default: pins } = await import('./detectors/version-files.ts');
    const inventory = await collectInventory(root, { detectors: [broken, pins] });
    expect(inventory.pins).toHaveLength(1);
    expect(inventory.notChecked).toEqual([
      { what: 'the phase of the moon', reason: 'the detector failed: no window', location: null },
    ]);
  });
});

it('a pnpm-workspace.yaml that does not parse is one line, and the root is read', async () => {
  const root = project({
    'package.json': '{"name":"a","main":"app.js","dependencies":{"express":5}}',
    'app.js': "const app = require('express')();\napp.get('/', (q, s) => s.send('x'));\napp.listen(1);\n",
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n- :\n  x',
  });
  const { routes, notChecked } = await collectInventory(root);
  expect(routes.map(({ path }) => path)).toEqual(['/']);
  expect(notChecked.filter(({ what }) => what === 'pnpm-workspace.yaml')).toEqual([
    {
      what: 'pnpm-workspace.yaml',
      reason: expect.stringMatching(/^is not valid YAML: /),
      location: { file: 'pnpm-workspace.yaml', line: 1, column: 1 },
    },
  ]);
});

it('says that nothing was read where `start` runs a file that is not here', async () => {
  const files = {
    'package.json': '{"name":"a","scripts":{"start":"node loader.js"},"dependencies":{"express":5}}',
  };
  const whatStarts = async (more: Record<string, string>) =>
    (await collectInventory(project({ ...files, ...more }))).notChecked.filter(({ what }) =>
      what.includes('`start`'),
    );
  expect(await whatStarts({ 'web.js': "require('express')().listen(1);\n" })).toEqual([
    {
      what: 'what `start` runs: loader.js',
      reason: 'no such file is here, nor a source of it, so that nothing it loads was read',
      location: { file: 'package.json', line: 1, column: 24 },
    },
  ]);
  expect(await whatStarts({ 'loader.js': '' })).toEqual([]);
});

it('a custom server of Next is no application whose routes were not read, and pages alone are said to be none', async () => {
  const of = async (files: Record<string, string>) => {
    const root = project({
      'package.json': manifest({ main: 'server.js', dependencies: { next: '16', express: '5', cors: '2' } }),
      'pages/index.js': 'export default () => null;\n',
      ...files,
    });
    return (await collectInventory(root)).unreadRoutes.map(
      ({ framework, reason }) => `${framework}: ${reason}`,
    );
  };
  const server =
    "const app = require('express')();\napp.use(require('cors')());\nconst next = require('next')();\n";
  expect(
    await of({
      'server.js': `${server}app.get('/*rest', (req, res) => next.getRequestHandler()(req, res));\n`,
    }),
  ).toEqual([]);
  expect(await of({ 'server.js': "require('next')({}).prepare();\n" })).toEqual([
    'Next.js: no file of its folders exports a handler of requests; pages are not told as routes',
  ]);
});
