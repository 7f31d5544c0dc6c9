import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createFlow } from './flow/flow.ts';
import { loadModules } from './modules.ts';
import { children } from './nodes.ts';
import { findAll } from './walk.ts';

const load = (files: Record<string, string>, root = '/nowhere') =>
  loadModules({ root, paths: Object.keys(files), read: async (path) => files[path] ?? null });

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('what a query or a function is called with is no import', async () => {
  const modules = await load({
    'app.js':
      "import knex from 'knex';\nexport * from \"zod\";\nconst pg = require('pg');\nawait import('koa');\ndb.from('tasks').join('users');\nArray.from('abc'); from('rxjs-like'); loader.require('other'); db\n  .from('orders');\n",
  });
  expect(modules.packagesOf('app.js')).toEqual(['knex', 'zod', 'pg', 'koa']);
});

test('an import in a line that is a comment loads nothing', async () => {
  const modules = await load({
    'app.js': "// const a = require('./a');\n  //import './b.js';\nconst c = 'x'; require('./c'); // c\n",
    ...{ 'a.js': '', 'b.js': '', 'c.js': '' },
  });
  expect(modules.importsOf('app.js')).toEqual(['c.js']);
});

test('specifiers resolve to files, local packages, packages and builtins', async () => {
  const modules = await load({
    'package.json': JSON.stringify({ imports: { '#db': './src/db.js', '#lib/*': './src/lib/*.js' } }),
    'packages/a/package.json': JSON.stringify({
      name: '@x/a',
      exports: { '.': { import: './dist/index.js' } },
    }),
    'packages/a/src/index.ts': '',
    'src/app.ts': '',
    'src/db.js': '',
    'src/lib/one.js': '',
    'src/routes/index.js': '',
    'src/new.mts': '',
  });
  const from = (specifier: string) => {
    const found = modules.resolve('src/app.ts', specifier);
    return found.kind === 'file'
      ? found.path
      : found.kind === 'unknown'
        ? 'unknown'
        : `${found.kind}:${found.name}`;
  };
  expect(
    ['./db', './db.js', './routes', './routes/', '.', './new.mjs', './app.js', '#db', '#lib/one', '@x/a'].map(
      from,
    ),
  ).toEqual([
    'src/db.js',
    'src/db.js',
    'src/routes/index.js',
    'src/routes/index.js',
    'unknown',
    'src/new.mts',
    'src/app.ts',
    'src/db.js',
    'src/lib/one.js',
    'packages/a/src/index.ts',
  ]);
  expect(['express', '@s/p/sub', 'node:fs', 'fs/promises', './none', '../../out'].map(from)).toEqual([
    'package:express',
    'package:@s/p',
    'builtin:fs',
    'builtin:fs/promises',
    'unknown',
    'unknown',
  ]);
});

test('what package.json renames for module-alias is a file of the project', async () => {
  const files = {
    'package.json': JSON.stringify({ name: 'app', _moduleAliases: { '@': '.', '@core': 'core' } }),
    'app.js': "require('@core/db'); require('@/lib/util'); require('@core-js/pure');",
    'core/db.js': '',
    'lib/util.js': '',
  };
  const modules = await load(files);
  expect(modules.importsOf('app.js')).toEqual(['core/db.js', 'lib/util.js']);
});

test('what the settings of Babel rename for its module-resolver is a file of the project', async () => {
  const settings = {
    plugins: ['other', ['module-resolver', { root: ['./'], alias: { '@routes': './routes' } }]],
  };
  const files = (path: string) => ({
    'package.json': JSON.stringify({ name: 'app' }),
    [path]: JSON.stringify(settings),
    'app.js': "import all from '@routes'; import one from '@routes/one'; import other from '@routes-js';",
    'routes/index.js': '',
    'routes/one.js': '',
  });
  for (const path of ['babel.config.json', '.babelrc', '.babelrc.json']) {
    const modules = await load(files(path));
    expect(modules.importsOf('app.js')).toEqual(['routes/index.js', 'routes/one.js']);
  }
  const own = { ...files('other.json'), 'package.json': JSON.stringify({ name: 'app', babel: settings }) };
  expect((await load(own)).importsOf('app.js')).toEqual(['routes/index.js', 'routes/one.js']);
});

/** The modules of files that are on the disk, where the settings of compilers are read. */
function loadFromDisk(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'modules-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const read = async (path: string) => readFileSync(join(root, path), 'utf8');
  return loadModules({ root, paths: Object.keys(files), read });
}

test('paths of a jsconfig.json resolve, but for a package below a tsconfig.json of its own', async () => {
  const modules = await loadFromDisk({
    'jsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./app/*"] } } }',
    'app.js': "const routes = require('@/routes');",
    'app/routes/index.js': '',
    'typed/tsconfig.json': '{ "compilerOptions": {} }',
    'typed/main.ts': "import routes from '@/routes';",
  });
  expect(modules.resolve('app.js', '@/routes')).toEqual({ kind: 'file', path: 'app/routes/index.js' });
  expect(modules.importersOf('app/routes/index.js')).toEqual(['app.js']);
});

test('tsconfig paths resolve on disk, through extends', async () => {
  const modules = await loadFromDisk({
    'tsconfig.base.json':
      '{ // comment\n "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["src/*"] } } }',
    'tsconfig.json': '{ "extends": "./tsconfig.base.json", "include": ["src"] }',
    'src/main.ts': "import { a } from '@app/lib/a'; import express from 'express';",
    'src/lib/a.ts': 'export const a = 1;',
  });
  expect(modules.resolve('src/main.ts', '@app/lib/a')).toEqual({ kind: 'file', path: 'src/lib/a.ts' });
  expect(modules.resolve('src/main.ts', 'express')).toEqual({
    kind: 'package',
    name: 'express',
    subpath: '',
  });
  expect(modules.importersOf('src/lib/a.ts')).toEqual(['src/main.ts']);
});

test('what a compiler wrote into a folder of its own is no source, where the source is there', async () => {
  const files = {
    'tsconfig.json':
      '{ "compilerOptions": { // "outDir": "./src",\n "rootDir": "src", "outDir": "./dist" } }',
    'src/app.ts': '',
    'src/old/run.js': '',
    'dist/app.js': '',
    'dist/left/from-before.js': '',
    'lib/app.js': '',
  };
  expect((await load(files)).paths).toEqual(['src/app.ts', 'src/old/run.js', 'lib/app.js']);
  const { 'src/app.ts': _, ...without } = files;
  expect((await load(without)).paths).toContain('dist/app.js');
  // The compiler writes beside sources.
  expect((await load({ ...files, 'dist/types.ts': '' })).paths).toContain('dist/app.js');
});

/** What the argument of the first call of `show(…)` in `main.js` may hold. */
async function shown(files: Record<string, string>): Promise<string[]> {
  const modules = await load(files);
  const flow = createFlow(modules);
  flow.include('main.js');
  flow.settle();
  flow.close();
  const file = modules.file('main.js');
  const call = findAll(file?.program ?? never(), 'CallExpression').find(
    ({ callee }) => (callee as { name?: string }).name === 'show',
  );
  const [argument] = children(call ?? never(), 'arguments');
  return flow
    .valuesOf(argument ?? never())
    .map((value) =>
      value.kind === 'text' ? value.text : value.kind === 'external' ? value.path.join('.') : value.kind,
    )
    .sort();
}
const never = (): never => {
  throw new Error('not found in the test program');
};

test.each<[string, string, Record<string, string>, string[]]>([
  ['every branch of a choice', "show(x ? 'a' : y || 'b')", {}, ['a', 'b', 'y']],
  ['a constant of another file', "show(require('./c').base)", { 'c.js': "exports.base = 'a'" }, ['a']],
  [
    'a nested member',
    "const { a: { b } } = require('./c'); show(b)",
    { 'c.js': "module.exports = { a: { b: 'v' } }" },
    ['v'],
  ],
  ['a parameter by its call sites', "f('a'); f('b'); function f(p) { show(p) }", {}, ['a', 'b']],
  ['a default', "f(); function f({ p = 'd' } = {}) { show(p) }", {}, ['d']],
  ['a return through two calls', "const g = () => f(); const f = () => 'r'; show(g())", {}, ['r']],
  ['a getter', "show({ get x() { return 'g' } }.x)", {}, ['g']],
  [
    'an instance property of a subclass',
    "class A { get() { show(this.v) } } class B extends A { v = 'b' } new B().get()",
    {},
    ['b'],
  ],
  ['an element of a list', 'for (const [k] of Object.entries({ a: 1, b: 2 })) show(k)', {}, ['a', 'b']],
  ['a reassigned variable', "let v = 'a'; if (x) v = load(); show(v)", {}, ['a', 'unknown']],
  ['a choice with an unknown side', "const c = {}; show(c.none || 'a')", {}, ['a', 'unknown']],
  ['an apply', "f.apply(null, ['a', 'b']); function f(p, q) { show(q) }", {}, ['b', 'unknown']],
])('a value is followed to where it is made: %s', async (_, main, files, expected) => {
  expect(await shown({ 'main.js': main, ...files })).toEqual(expected);
});

test('objects that are spread into each other are read in one pass, not once for each way between them', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `o${index}`);
  const main = [
    'let any; const pick = () => any;',
    ...names.map((name, index) => `const ${name} = { ...pick(), m${index}: '${name}' }; any = ${name};`),
    'show(any.m39);',
  ];
  expect(await shown({ 'main.js': main.join('\n') })).toEqual(['o39']);
});

test('a glance keeps no tree, gives the one that is kept, and tells of a file that does not parse once', async () => {
  const modules = await load({ 'a.js': 'f();', 'broken.js': 'const = 1;' });
  expect(modules.glance('a.js')).not.toBe(modules.glance('a.js'));
  const kept = modules.file('a.js');
  expect(modules.glance('a.js')).toBe(kept);
  for (let look = 0; look < 2; look++) expect(modules.glance('broken.js')).toBeNull();
  expect(modules.file('broken.js')).toBeNull();
  expect(modules.failed.map(({ path }) => path)).toEqual(['broken.js']);
  expect(modules.glance('absent.js')).toBeNull();
});
