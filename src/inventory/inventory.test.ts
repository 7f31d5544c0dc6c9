import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { at } from '../model/at.ts';
import { Inventory } from '../model/inventory.ts';
import { project } from '../testing/project.ts';
import { collectInventory } from './index.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/** A copy of a fixture without node_modules: the facts must not depend on what was installed. */
function copyOf(name: string): string {
  const root = project();
  cpSync(`${fixtures}${name}`, root, {
    recursive: true,
    filter: (path) =>
      !/node_modules|[\\/]\.migrate|[\\/]uploads$|[\\/]data$/.test(path.slice(fixtures.length)),
  });
  return root;
}

/** Every fact of an inventory, one a line, with its place. */
function facts(inventory: Inventory): string {
  const where = (item: { location: Inventory['scripts'][number]['location'] }) =>
    item.location ? at(item.location) : '-';
  const { packageManager: manager, moduleSystem } = inventory;
  return [
    `name ${inventory.name}`,
    `manager ${manager.name} ${manager.version} ${manager.lockfiles.map((lock) => `${lock.file}@${lock.version}`)}`,
    `modules ${moduleSystem.declared} cjs ${moduleSystem.files.commonjs} esm ${moduleSystem.files.module} ts ${moduleSystem.files.typescript}`,
    ...inventory.entryPoints.map(
      (item) => `entry ${item.kind} ${item.name} ${item.file} ${item.present} ${where(item)}`,
    ),
    ...inventory.scripts.map(
      (item) => `script ${item.kind} ${item.name} [${item.programs}] [${item.runtimeFlags}] ${where(item)}`,
    ),
    ...inventory.pins.map((item) => `pin ${item.source} ${item.runtime} ${item.value} ${where(item)}`),
    ...inventory.dependencies.map(
      (item) => `dependency ${item.kind} ${item.name} ${item.declared} locked ${item.locked} ${where(item)}`,
    ),
    ...inventory.frameworks.map((item) => `framework ${item.name} ${item.locked} ${where(item)}`),
    ...inventory.routes.map(
      (item) =>
        `route ${item.method} ${item.path} ${item.handlerName} ${where(item)} handler ${item.handler ? at(item.handler) : '-'}`,
    ),
    ...inventory.middleware.map(
      (item) => `middleware ${item.package}.${item.member} ${item.paths} ${where(item)}`,
    ),
    ...inventory.builtins
      .filter((item) => item.reach !== 'test')
      .map((item) => `builtin ${item.reach} ${item.module}.${item.member} ${where(item)}`),
    ...inventory.nativeAddons.map((item) => `addon ${item.package} ${where(item)}`),
    ...inventory.deployment.map((item) => `deployment ${item.kind} ${item.value} ${where(item)}`),
    ...inventory.env.map((item) => `env ${item.name} ${where(item)}`),
    ...inventory.notChecked.map((item) => `not checked: ${item.what}: ${item.reason} ${where(item)}`),
  ].join('\n');
}

describe('the fixtures', () => {
  it.each(['express-notes', 'express-shop'])('lists the complete facts of %s', async (name) => {
    const inventory = await collectInventory(copyOf(name));
    expect(Inventory.parse(inventory)).toEqual(inventory);
    await expect(facts(inventory)).toMatchFileSnapshot(`__fixtures__/${name}.facts.txt`);
  });

  it('knows which route of express-notes keeps files, memory or neither', async () => {
    const inventory = await collectInventory(copyOf('express-notes'));
    const needs = (method: string, path: string) =>
      inventory.routes
        .find((route) => route.method === method && route.path === path)
        ?.needs.map((need) => [need.kind, need.name, need.member].filter(Boolean).join(' '));
    expect(needs('GET', '/notes/:noteId/checksum')).toContain('builtin crypto createHash');
    expect(needs('GET', '/notes')).toContain('state notes');
    expect(needs('GET', '/tags')).not.toContain('state shares');
    expect(needs('POST', '/uploads')).toContain('package multer single');
    expect(needs('GET', '/uploads/:uploadId/file')).toContain('static res.download');
    expect(needs('GET', '/events')).toContain('stream res.write');
  });
});

const manifest = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'app', ...fields }, null, 2);

describe('pins', () => {
  it('finds every place that names a runtime version and says which contradict', async () => {
    const root = project({
      'package.json': manifest({ engines: { node: '>=20' }, volta: { node: '20.11.0' } }),
      '.nvmrc': 'lts/jod\n',
      '.tool-versions': '# tools\nnodejs 18.19.0\nbun 1.4.5\n',
      'mise.toml': '[tools]\nnode = "20"\n',
      Dockerfile:
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Dockerfile syntax
        'ARG NODE=18\nFROM --platform=$BUILDPLATFORM node:${NODE}-alpine AS build\nFROM build\nWORKDIR /app\nCMD ["node", "--enable-source-maps", "/app/dist/server.js"]\n',
      '.github/workflows/ci.yml':
        // biome-ignore lint/suspicious/noTemplateCurlyInString: workflow syntax
        'jobs:\n  test:\n    strategy:\n      matrix:\n        node: [18.10, 20]\n    steps:\n      - uses: actions/setup-node@v4\n        with:\n          node-version: ${{ matrix.node }}\n      - uses: oven-sh/setup-bun@v2\n        with: { bun-version: "1.4" }\n',
      '.gitlab-ci.yml': 'image: node:20-slim\n',
    });
    const { pins, pinDisagreements, entryPoints, deployment } = await collectInventory(root);
    expect(
      pins.map(
        (pin) =>
          `${pin.source} ${pin.runtime} ${pin.value} = ${pin.range} ${pin.location ? at(pin.location) : ''}`,
      ),
    ).toEqual([
      'ci node 18.10 = 18.10 .github/workflows/ci.yml:5:16',
      'ci node 20 = 20 .github/workflows/ci.yml:5:23',
      'ci bun 1.4 = 1.4 .github/workflows/ci.yml:11:30',
      'ci node 20-slim = 20 .gitlab-ci.yml:1:8',
      'dockerfile node 18-alpine = 18 Dockerfile:2:1',
      'engines node >=20 = >=20 package.json:4:5',
      'volta node 20.11.0 = 20.11.0 package.json:7:5',
      '.nvmrc node lts/jod = 22 .nvmrc:1:1',
      '.tool-versions node 18.19.0 = 18.19.0 .tool-versions:2:1',
      '.tool-versions bun 1.4.5 = 1.4.5 .tool-versions:3:1',
      'mise node 20 = 20 mise.toml:2:1',
    ]);
    expect(pinDisagreements.map((item) => item.sentence)).toContain(
      'package.json engines says node >=20, 2 other places say 18-alpine, 18.19.0.',
    );
    expect(entryPoints.map((item) => [item.kind, item.file, item.present])).toEqual([
      ['dockerfile', 'dist/server.js', false],
    ]);
    expect(deployment.map((item) => item.kind)).toEqual(['ci', 'ci', 'image', 'image', 'command']);
  });
});

describe('lockfiles', () => {
  it.each([
    [
      'package-lock.json',
      JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/express': { version: '4.22.3' } } }),
    ],
    ['yarn.lock', '# yarn lockfile v1\n\n\nexpress@^4.0.0, express@^4.1.0:\n  version "4.22.3"\n'],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      express:\n        specifier: ^4.0.0\n        version: 4.22.3(x@1.0.0)\npackages: {}\n",
    ],
    [
      'bun.lock',
      '{\n  "lockfileVersion": 1,\n  "packages": {\n    "express": ["express@4.22.3", "", {}, "sha"],\n  }\n}\n',
    ],
    ['deno.lock', '{ "version": "5", "npm": { "express@4.22.3": {} } }'],
  ])('reads the locked version from %s', async (file, text) => {
    const root = project({ 'package.json': manifest({ dependencies: { express: '^4.0.0' } }), [file]: text });
    const { dependencies, packageManager } = await collectInventory(root);
    expect(dependencies[0]?.locked).toBe('4.22.3');
    expect(packageManager.lockfiles[0]?.understood).toBe(true);
  });

  it('names several lockfiles at once as a conflict and chooses none', async () => {
    const root = project({
      'package.json': manifest(),
      'package-lock.json': '{"lockfileVersion": 3}',
      'yarn.lock': '# yarn lockfile v1\n',
    });
    const { packageManager } = await collectInventory(root);
    expect(packageManager.name).toBeNull();
    expect(packageManager.conflicts).toEqual([
      'Lockfiles of 2 package managers: package-lock.json, yarn.lock. Only one can be current.',
    ]);
  });
});

describe('native addons', () => {
  it('tells a proven addon from a name in the table', async () => {
    const root = project({
      'package.json': manifest({
        dependencies: { 'better-sqlite3': '^12.0.0', ours: '1.0.0', sharp: '^0.35.0', canvas: '3' },
      }),
      'node_modules/ours/package.json': JSON.stringify({
        name: 'ours',
        version: '1.0.0',
        dependencies: { nan: '2' },
      }),
      'node_modules/ours/binding.gyp': '{}',
      'node_modules/ours/build/Release/ours.node': '',
    });
    const { nativeAddons } = await collectInventory(root);
    expect(
      nativeAddons.map(({ package: name, abi, known, installed }) => ({ name, abi, known, installed })),
    ).toEqual([
      { name: 'better-sqlite3', abi: 'v8', known: 'table', installed: null },
      { name: 'ours', abi: 'v8', known: 'read', installed: '1.0.0' },
      { name: 'sharp', abi: 'node-api', known: 'table', installed: null },
      { name: 'canvas', abi: null, known: 'heuristic', installed: null },
    ]);
  });
});

it('stops at once when it is aborted', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  await expect(collectInventory(copyOf('express-notes'), { signal: stop.signal })).rejects.toThrow('stopped');
});
