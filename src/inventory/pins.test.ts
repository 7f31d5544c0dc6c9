import { describe, expect, it } from 'vitest';
import { at } from '../model/at.ts';
import type { Evidence } from '../model/inventory.ts';
import { project } from '../testing/project.ts';
import { collectInventory } from './index.ts';

const manifest = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'app', ...fields }, null, 2);
const expression = (name: string) => `\${{ ${name} }}`;
const where = ({ location }: Evidence) => (location ? at(location) : '-');

describe('versions that contradict', () => {
  it('makes one line of each place, however many pairs they form', async () => {
    const workflow = (version: number) =>
      `jobs:\n  a:\n    steps:\n${`      - uses: actions/setup-node@v4\n        with: { node-version: ${version} }\n`.repeat(7)}`;
    const root = project({
      'package.json': manifest({ engines: { node: '>=22' } }),
      '.github/workflows/a.yml': workflow(18),
      '.github/workflows/b.yml': workflow(20),
      '.github/workflows/c.yml': workflow(22),
    });
    const { pins, pinDisagreements } = await collectInventory(root);
    expect(pins).toHaveLength(22);
    expect(pinDisagreements.map(({ sentence }) => sentence)).toEqual([
      '.github/workflows/a.yml says node 18, 3 other places say 20, 22, >=22.',
      '.github/workflows/b.yml says node 20, 3 other places say 18, 22, >=22.',
      '.github/workflows/c.yml says node 22, 2 other places say 18, 20.',
      'package.json engines says node >=22, 2 other places say 18, 20.',
    ]);
  });

  it('looks up `env`, and says which expression has no value in the file', async () => {
    const root = project({
      'package.json': manifest(),
      '.github/workflows/ci.yml':
        'env: { NODE: 22 }\njobs:\n  a:\n    env: { NODE: 24 }\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "@env.NODE@" }\n      - uses: actions/setup-node@v4\n        with: { node-version: "@matrix.node@" }\n'.replace(
          /@([\w.]+)@/g,
          (_, name) => expression(name),
        ),
    });
    const { pins, notChecked } = await collectInventory(root);
    expect(pins.map(({ value }) => value)).toEqual(['24']);
    expect(notChecked).toContainEqual({
      what: '.github/workflows/ci.yml: the node that `actions/setup-node@v4` sets up',
      reason: `\`${expression('matrix.node')}\` has no value that is written in this file`,
      location: { file: '.github/workflows/ci.yml', line: 9, column: 31 },
    });
  });

  it('takes the versions of a matrix as alternatives', async () => {
    const root = project({
      'package.json': manifest({ engines: { node: '20' } }),
      '.github/workflows/a.yml':
        // biome-ignore lint/suspicious/noTemplateCurlyInString: workflow syntax
        'jobs:\n  a:\n    strategy: { matrix: { node: [18, 20] } }\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "${{ matrix.node }}" }\n',
    });
    expect((await collectInventory(root)).pinDisagreements).toEqual([]);
  });
});

it('takes the version of Node from the tag of an image, not the version of the image', async () => {
  const root = project({
    'package.json': manifest(),
    Dockerfile:
      'FROM ours/node:2.1.2-node18.11.0 AS base\nFROM ours/node:1.4.0 AS other\nFROM registry.local/node:20.3-alpine\nCMD ["node", "a.js"]\n',
  });
  const { pins } = await collectInventory(root);
  expect(pins.map(({ value, range }) => [value, range])).toEqual([
    ['18.11.0', '18.11.0'],
    ['20.3-alpine', '20.3'],
  ]);
});

it('names images and versions that move by themselves, and leaves alone what names a release', async () => {
  const root = project({
    'package.json': manifest(),
    Dockerfile:
      'FROM node:alpine AS build\nFROM node:20.11.1-alpine AS exact\nFROM node@sha256:0123 AS digest\nFROM build\nFROM oven/bun:1-alpine\n',
    'compose.yaml':
      'services:\n  db:\n    image: postgres\n  cache:\n    image: redis:7-alpine\n  app:\n    image: ours:latest\n    build: .\n  job:\n    image: node:20\n',
    '.gitlab-ci.yml': 'image:\n  name: node:lts\n',
    '.github/workflows/ci.yml':
      'jobs:\n  a:\n    steps:\n      - uses: oven-sh/setup-bun@v2\n        with: { bun-version: latest }\n      - uses: actions/setup-node@v4\n        with: { node-version: 20 }\n',
    '.nvmrc': 'lts/*\n',
  });
  const { floating } = await collectInventory(root);
  expect(floating.map((item) => [item.source, item.value, item.within, where(item)])).toEqual([
    ['image', 'node:lts', null, '.gitlab-ci.yml:2:9'],
    ['image', 'postgres', null, 'compose.yaml:3:12'],
    ['image', 'node:20', '20', 'compose.yaml:10:12'],
    ['image', 'node:alpine', null, 'Dockerfile:1:1'],
    ['image', 'oven/bun:1-alpine', '1', 'Dockerfile:5:1'],
    ['ci', 'bun latest', null, '.github/workflows/ci.yml:5:30'],
    ['version-file', 'node lts/*', null, '.nvmrc:1:1'],
  ]);
});

it('names every patch and override with its place, whichever package manager it belongs to', async () => {
  const root = project({
    'package.json': manifest({
      scripts: { postinstall: 'husky && patch-package' },
      dependencies: { left: 'patch:left@npm%3A1.0.0#~/.yarn/patches/left.patch' },
      overrides: { qs: '6.11.0', outer: { '.': '1.0.0', inner: '2.0.0' } },
      resolutions: { 'a/b': '1.0.0' },
      pnpm: {
        overrides: { cookie: '0.7.1' },
        patchedDependencies: { 'qs@6.11.0': 'patches/qs@6.11.0.patch' },
      },
      patchedDependencies: { 'x@1.0.0': 'patches/x.patch' },
    }),
    'pnpm-workspace.yaml': 'packages: []\noverrides:\n  semver: 7.6.0\n',
    'patches/qs+6.11.0.patch': 'diff\n',
    'patches/@scope+name+1.2.3.patch': 'diff\n',
    'patches/qs@6.11.0.patch': 'diff\n',
  });
  const { pinned } = await collectInventory(root);
  expect(
    pinned.map((item) => `${item.by} ${item.kind} ${item.package} ${item.value} ${where(item)}`),
  ).toEqual([
    'npm override qs 6.11.0 package.json:10:5',
    'npm override outer 1.0.0 package.json:12:7',
    'npm override outer > inner 2.0.0 package.json:13:7',
    'yarn override a/b 1.0.0 package.json:17:5',
    'pnpm override cookie 0.7.1 package.json:21:7',
    'pnpm patch qs@6.11.0 patches/qs@6.11.0.patch package.json:24:7',
    'bun patch x@1.0.0 patches/x.patch package.json:28:5',
    'yarn patch left patch:left@npm%3A1.0.0#~/.yarn/patches/left.patch package.json:7:5',
    'pnpm override semver 7.6.0 pnpm-workspace.yaml:3:11',
    'patch-package patch @scope/name@1.2.3 patches/@scope+name+1.2.3.patch patches/@scope+name+1.2.3.patch:1:1',
    'patch-package patch qs@6.11.0 patches/qs+6.11.0.patch patches/qs+6.11.0.patch:1:1',
  ]);
});

it('takes no overrides from a broken pnpm-workspace.yaml, however deep it nests', async () => {
  const root = project({
    'package.json': '{"name":"a"}',
    'pnpm-workspace.yaml': `packages: []\noverrides:\n  qs: 6.0.0\n  x: ${'{'.repeat(1_700)}\n`,
  });
  const { pinned, notChecked } = await collectInventory(root);
  expect(pinned).toEqual([]);
  expect(notChecked.map(({ what }) => what)).toContain('pnpm-workspace.yaml');
});
