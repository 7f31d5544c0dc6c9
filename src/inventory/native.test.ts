import { describe, expect, it } from 'vitest';
import { project } from '../testing/project.ts';
import { collectInventory } from './index.ts';

const dependencies = { compiles: '1', napi: '1', script: '1', plain: '1' };
const manifest = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'app', dependencies, ...fields }, null, 2);

/** `compiles` depends on a build helper, `napi` has platform packages, `script` only runs one, `plain` brings `deep`. */
const LOCKS: Record<string, string> = {
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      'node_modules/compiles': {
        version: '1.0.0',
        hasInstallScript: true,
        dependencies: { 'node-addon-api': '1' },
      },
      'node_modules/napi': {
        version: '1.0.0',
        optionalDependencies: { 'napi-linux-x64-gnu': '1', 'napi-darwin-arm64': '1' },
      },
      'node_modules/napi-linux-x64-gnu': { version: '1.0.0', os: ['linux'], cpu: ['x64'] },
      'node_modules/script': { version: '1.0.0', hasInstallScript: true },
      'node_modules/plain': { version: '1.0.0', dependencies: { deep: '1' } },
      'node_modules/plain/node_modules/deep': { version: '2.0.0', dependencies: { nan: '2' } },
    },
  }),
  'yarn.lock':
    '# yarn lockfile v1\n\n\ncompiles@1:\n  version "1.0.0"\n  dependencies:\n    node-addon-api "1"\n\nnapi@1:\n  version "1.0.0"\n  optionalDependencies:\n    napi-linux-x64-gnu "1"\n    napi-darwin-arm64 "1"\n\nscript@1:\n  version "1.0.0"\n\nplain@1:\n  version "1.0.0"\n  dependencies:\n    deep "1"\n\ndeep@1:\n  version "2.0.0"\n  dependencies:\n    nan "2"\n',
  'pnpm-lock.yaml':
    "lockfileVersion: '6.0'\n\ndependencies:\n  compiles:\n    specifier: '1'\n    version: 1.0.0\n\npackages:\n\n  /compiles@1.0.0:\n    resolution: {integrity: x}\n    requiresBuild: true\n    dependencies:\n      node-addon-api: 1.0.0\n\n  /napi@1.0.0:\n    optionalDependencies:\n      napi-darwin-arm64: 1.0.0\n      napi-linux-x64-gnu: 1.0.0\n\n  /script@1.0.0:\n    requiresBuild: true\n\n  /plain@1.0.0(peer@1.0.0):\n    dependencies:\n      deep: 2.0.0\n\n  /deep@2.0.0:\n    dependencies:\n      nan: 2.0.0\n",
  'bun.lock':
    '{\n  "lockfileVersion": 1,\n  "trustedDependencies": [\n    "script",\n  ],\n  "packages": {\n    "compiles": ["compiles@1.0.0", "", { "dependencies": { "node-addon-api": "1" } }, "sha"],\n\n    "napi": ["napi@1.0.0", "", { "optionalDependencies": { "napi-darwin-arm64": "1", "napi-linux-x64-gnu": "1" } }, "sha"],\n\n    "script": ["script@1.0.0", "", {}, "sha"],\n\n    "plain": ["plain@1.0.0", "", { "dependencies": { "deep": "1" } }, "sha"],\n\n    "deep": ["deep@2.0.0", "", { "dependencies": { "nan": "2" } }, "sha"],\n  }\n}\n',
};

describe('compiled packages of a project that is not installed', () => {
  it.each(Object.entries(LOCKS))(
    'are known from %s, the ones that dependencies bring too',
    async (file, text) => {
      const root = project({ 'package.json': manifest(), [file]: text });
      const { nativeAddons, installScripts } = await collectInventory(root);
      expect(
        nativeAddons.map((item) => [item.package, item.abi, item.known, item.locked, item.location?.line]),
      ).toEqual(
        [
          ['compiles', 'node-api', 'read', expect.anything(), 4],
          ['napi', null, 'read', expect.anything(), 5],
          ['deep', 'v8', 'read', '2.0.0', 7],
        ].map((row) => (file === 'pnpm-lock.yaml' && row[0] === 'napi' ? row.with(3, null) : row)),
      );
      expect(nativeAddons[2]?.signs).toEqual(['brought by plain', 'depends on nan']);
      expect(installScripts.map((item) => item.package)).toEqual(file === 'yarn.lock' ? [] : ['script']);
    },
  );

  it('takes a name in onlyBuiltDependencies for an install script where the lockfile holds none', async () => {
    const root = project({
      'package.json': manifest({ pnpm: { onlyBuiltDependencies: ['script'] } }),
      'pnpm-lock.yaml':
        "lockfileVersion: '9.0'\n\npackages:\n\n  script@1.0.0:\n    resolution: {integrity: x}\n\nsnapshots:\n\n  script@1.0.0: {}\n",
    });
    const { installScripts } = await collectInventory(root);
    expect(installScripts).toMatchObject([{ package: 'script', sign: 'named in onlyBuiltDependencies' }]);
  });
});

it('takes platform packages that hold only a program for no addon, and finds what is installed below a dependency', async () => {
  const root = project({
    'package.json': manifest({ dependencies: { bundler: '1', plain: '1' } }),
    'node_modules/bundler/package.json': JSON.stringify({
      version: '1.0.0',
      optionalDependencies: { '@b/linux-x64': '1', '@b/darwin-arm64': '1' },
    }),
    'node_modules/@b/linux-x64/package.json': '{}',
    'node_modules/@b/linux-x64/bin/bundler': 'ELF',
    'node_modules/plain/package.json': JSON.stringify({ version: '1.0.0', dependencies: { deep: '2' } }),
    'node_modules/plain/node_modules/deep/package.json': JSON.stringify({ version: '2.0.0', gypfile: true }),
    'node_modules/plain/node_modules/deep/binding.gyp': '{}',
  });
  const { nativeAddons } = await collectInventory(root);
  expect(nativeAddons.map((item) => [item.package, item.installed, item.signs])).toEqual([
    ['deep', '2.0.0', ['brought by plain', 'binding.gyp', 'gypfile']],
  ]);
});

it('compiled code of the repository is told by its files: an image is none, and npm none either', async () => {
  const root = project({
    'package.json': JSON.stringify({ name: 'app', dependencies: { npm: '9', compiles: '1' } }),
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: {
        'node_modules/npm': { version: '9.4.1', dependencies: { 'node-gyp': '9' } },
        'node_modules/compiles': { version: '1.0.0', dependencies: { 'node-gyp': '9' } },
      },
    }),
    '.docker/Dockerfile.node': 'FROM node:22\n',
    'lib/Dockerfile.node/addon.node': '',
  });
  const { nativeAddons } = await collectInventory(root);
  expect(nativeAddons.map((item) => item.package)).toEqual(['compiles', 'lib/Dockerfile.node/addon.node']);
});
