import { describe, expect, it } from 'vitest';
import { found, SERVER } from '../../testing/found.ts';
import { project } from '../../testing/project.ts';
import { collectInventory } from '../index.ts';

describe('a source of an application of Next', () => {
  const KEEPS = "import fs from 'node:fs';\nfs.writeFileSync('out.txt', 'x');\n";
  const manifest = { main: undefined, scripts: { start: 'next start' }, dependencies: { next: '16' } };
  it.each<[string, Record<string, string>, string[]]>([
    ['that nothing loads', { 'pages/index.js': 'export default () => null;\n' }, []],
    ['that a page loads', { 'pages/a/[id].tsx': "import '../../lib/kept';\n" }, ['out.txt lib/kept.ts']],
    [
      'that a handler loads through another file',
      { 'src/app/api/a/route.ts': "import '@/b';\n", 'src/b.ts': "import '../lib/kept';\n" },
      ['out.txt lib/kept.ts'],
    ],
    ['that a component loads which no page does', { 'src/app/Box.tsx': "import '../../lib/kept';\n" }, []],
    ['that a middleware loads', { 'middleware.ts': "import './lib/kept';\n" }, ['out.txt lib/kept.ts']],
    [
      'that a configuration loads',
      { 'next.config.mjs': "import './lib/kept.ts';\n" },
      ['out.txt lib/kept.ts'],
    ],
  ])('%s', async (_, files, expected) => {
    const paths = { compilerOptions: { baseUrl: '.', paths: { '@/*': ['./src/*'] } } };
    const all = { 'lib/kept.ts': KEEPS, 'tsconfig.json': JSON.stringify(paths), ...files };
    expect(await found('file-written', all, manifest)).toEqual(expected);
  });
});

it('a declaration of types loads no package', async () => {
  const files = {
    'app.js': SERVER,
    'types/a.d.ts': "import { A } from 'lacking';\nexport class B extends A {}\n",
  };
  expect(await found('undeclared-package', files)).toEqual([]);
  const loaded = {
    ...files,
    'lib/b.js': "require('lacking');\n",
    'app.js': `require('./lib/b');\n${SERVER}`,
  };
  expect(await found('undeclared-package', loaded)).toEqual(['lacking lib/b.js']);
});

it('Fastify answers the text of what nobody catches, unless a handler of errors is set', async () => {
  const of = (text: string) =>
    found(
      'error-unhandled',
      { 'app.js': `const fastify = require('fastify')();\n${text}\nfastify.listen({ port: 1 });\n` },
      { dependencies: { fastify: '5' } },
    );
  expect(await of('')).toEqual(['Fastify package.json']);
  expect(await of('// setErrorHandler')).toEqual(['Fastify package.json']);
  expect(await of('fastify.setErrorHandler((error, request, reply) => reply.send({}));')).toEqual([]);
});

it('a name that a compiler is told where it leads is no package', async () => {
  const paths = { compilerOptions: { paths: { 'made/all': ['./.made/all'] } } };
  const of = (name: string) =>
    found('undeclared-package', {
      'app.ts': `import '${name}';\nimport express from 'express';\nexpress().listen(1);\n`,
      'tsconfig.json': JSON.stringify(paths),
    });
  expect(await of('made/all')).toEqual([]);
  expect(await of('maker/all')).toEqual(['maker app.ts']);
});

it('what Next settles as it bundles is not asked while it runs', async () => {
  const text =
    "export default () => (process.env.NODE_ENV === 'production' ? null : new Date().toLocaleString());\n";
  const manifest = { main: undefined, scripts: { start: 'next start' }, dependencies: { next: '16' } };
  const of = (kind: string, files: Record<string, string>) => found(kind, files, manifest);
  expect(await of('node-env', { 'app/page.tsx': text })).toEqual([]);
  expect(await of('locale-default', { 'app/page.tsx': text })).toEqual([]);
  expect(await of('locale-default', { 'pages/api/a.ts': text })).toEqual(['toLocaleString pages/api/a.ts']);
});

it('a program that its own start script starts is a tool beside a server', async () => {
  const files = {
    'server/package.json': JSON.stringify({ name: 's', main: 'app.js', dependencies: { express: '5' } }),
    'server/app.js': SERVER,
    'cli/src/index.js': "require('fs').writeFileSync('out.txt', 'x');\n",
  };
  const of = (more: object) =>
    found(
      'file-written',
      { ...files, 'cli/package.json': JSON.stringify({ name: 'c', main: 'src/index.js', ...more }) },
      { main: undefined, private: true, workspaces: ['cli', 'server'], dependencies: {} },
    );
  const start = { scripts: { start: 'node src/index.js' } };
  expect(await of({ bin: 'src/index.js', ...start })).toEqual([]);
  expect(await of(start)).toEqual(['out.txt cli/src/index.js']);
});

it('a component that Next loads from a package beside it is bundled', async () => {
  const next = {
    name: 'w',
    scripts: { start: 'next start' },
    dependencies: { next: '16', ui: 'workspace:*' },
  };
  const of = (page: string) =>
    found(
      'locale-default',
      {
        'web/package.json': JSON.stringify(next),
        'web/app/page.tsx': page,
        'ui/package.json': JSON.stringify({ name: 'ui', main: 'box.tsx', dependencies: {} }),
        'ui/box.tsx': 'export const Box = () => <p>{new Date().toLocaleString()}</p>;\n',
      },
      { main: undefined, private: true, workspaces: ['web', 'ui'], dependencies: {} },
    );
  expect(await of("import { Box } from 'ui';\nexport default Box;\n")).toEqual([]);
});

it('what addons are built with is no addon', async () => {
  const names = ['nan', 'node-addon-api', 'node-gyp-build', 'next'];
  const packages = Object.fromEntries(
    names.map((name) => [`node_modules/${name}`, { version: '1.0.0', hasInstallScript: false }]),
  );
  const root = project({
    'package.json': JSON.stringify({
      ...{ name: 'a', main: 'app.js' },
      dependencies: Object.fromEntries([...names, 'bcrypt'].map((name) => [name, '1.0.0'])),
    }),
    'package-lock.json': JSON.stringify({ name: 'a', lockfileVersion: 3, packages }),
    'app.js': SERVER,
  });
  const { nativeAddons } = await collectInventory(root);
  expect(nativeAddons.map((addon) => addon.package)).toEqual(['bcrypt']);
});

it('a package that nothing starts, loads or depends on runs beside the application', async () => {
  const of = async (dependencies: Record<string, string>) => {
    const root = project({
      'package.json': JSON.stringify({ name: 'r', private: true, workspaces: ['api', 'shots'] }),
      'api/package.json': JSON.stringify({
        ...{ name: 'api', main: 'app.js', scripts: { start: 'node app.js' } },
        dependencies: { express: '5', ...dependencies },
      }),
      'api/app.js': SERVER,
      'shots/package.json': JSON.stringify({ name: 'shots', dependencies: { dotenv: '17' } }),
      'shots/run.js': "require('dotenv').config();\n",
    });
    return (await collectInventory(root)).beside;
  };
  expect(await of({})).toEqual(['shots']);
  expect(await of({ shots: 'workspace:*' })).toEqual([]);
});

it('a compiler that another package brings is no addon of the application, and one that it declares is', async () => {
  const of = async (name: string) => {
    const root = project({
      'package.json': JSON.stringify({ name: 'a', main: 'app.js', dependencies: { [name]: '1.0.0' } }),
      'yarn.lock':
        '# yarn lockfile v1\n\n\nplain@1.0.0:\n  version "1.0.0"\n  dependencies:\n    rollup "1.0.0"\n\nrollup@1.0.0:\n  version "1.0.0"\n  dependencies:\n    nan "2"\n',
      'app.js': `require('${name}');\n${SERVER}`,
    });
    return (await collectInventory(root)).nativeAddons.map((addon) => addon.package);
  };
  expect(await of('plain')).toEqual([]);
  expect(await of('rollup')).toEqual(['rollup']);
});
