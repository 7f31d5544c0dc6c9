import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  APP,
  CODEMOD,
  type Content,
  commit,
  filesIn,
  har,
  MANIFEST,
  migrate,
  put,
  REQUEST,
  RESPONSE,
  root,
  scratch,
  scratchForEach,
  shadow,
  TRAFFIC,
  tree,
} from './__fixtures__/shop.ts';

scratchForEach();

describe('a directory that is no project, in one sentence, with exit code 3 and nothing written', () => {
  // inventory, plan and status: src/commands/plan-bad-input.test.ts.
  const BAD: [string, Record<string, Content> | null, RegExp][] = [
    ['not there', null, /does not exist\./],
    ['empty', {}, /has no files to work on\./],
    [
      'without package.json',
      { 'a.js': '' },
      /has no package\.json\.|There is no applied change|No file to start/,
    ],
    [
      'with a broken package.json',
      { 'package.json': '{\n  "a": oops\n}' },
      /package\.json:2:8 is not valid JSON/,
    ],
    [
      'with a package.json that is not UTF-8',
      { 'package.json': Uint8Array.of(0x7b, 0xff) },
      /package\.json:1:1 is not a UTF-8 text file/,
    ],
  ];
  const COMMANDS: [string, () => string[]][] = [
    ['codemod run', () => [...CODEMOD, '--dir', root]],
    ['codemod run --write', () => [...CODEMOD, '--write', '--dir', root]],
    ['undo', () => ['undo', '--dir', root]],
    ['shadow run', () => shadow()],
  ];
  for (const [name, args] of COMMANDS) {
    it.each(BAD)(`${name}: %s`, async (_, files, sentence) => {
      if (files === null) rmSync(root, { recursive: true });
      else put(files);
      const { code, out, err } = await migrate(...args());
      expect([code, out]).toEqual([3, '']);
      const errors = err.split('\n').filter((line) => line.startsWith('error '));
      expect(errors).toEqual([expect.stringMatching(sentence)]);
      if (files === null) expect(existsSync(root)).toBe(false);
      else expect(readdirSync(root).sort()).toEqual(Object.keys(files).sort());
      expect(existsSync(join(scratch, 'out'))).toBe(false);
    });
  }

  it('not a repository: reading works, writing is refused', async () => {
    put({ 'package.json': MANIFEST, 'app.js': APP });
    const before = tree();
    expect((await migrate('inventory')).out).toContain('no git repository');
    expect((await migrate('status')).code).toBe(0);
    expect((await migrate(...CODEMOD)).out).toContain('Nothing written.');
    const written = await migrate(...CODEMOD, '--write');
    expect(written).toMatchObject({ code: 3, err: expect.stringContaining('is not in a git repository.') });
    expect(tree()).toEqual(before);
  });

  it('a file of the name .migrate is said to stand in the way, and is left as it is', async () => {
    put({ 'package.json': MANIFEST, 'app.js': APP, '.migrate': 'of another tool' });
    const before = tree();
    const ran = await migrate('plan', '--target', 'bun');
    expect(ran).toMatchObject({ code: 3, err: expect.stringContaining('.migrate is a file here') });
    expect(tree()).toEqual(before);
  });

  it('the package `migrate`, which would find our folder where its file is, is said to stand in the way', async () => {
    const manifest = JSON.stringify({ ...JSON.parse(MANIFEST), devDependencies: { migrate: '^2.1.0' } });
    put({ 'package.json': manifest, 'app.js': APP });
    const before = tree();
    const ran = await migrate('plan', '--target', 'bun');
    expect(ran).toMatchObject({
      code: 3,
      err: expect.stringContaining('keeps its state in a file .migrate'),
    });
    expect(tree()).toEqual(before);
    mkdirSync(join(root, '.migrate'));
    expect((await migrate('plan', '--target', 'bun')).code).toBe(0);
  });

  it('runtimes needs no project', async () => {
    rmSync(root, { recursive: true });
    expect(await migrate('runtimes', 'install', 'nodde@1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no runtime "nodde"'),
    });
  });
});

describe('a file that cannot be read', () => {
  const ROUTER =
    "const router = require('express').Router();\nrouter.get('/', (req, res) => res.json({}));\n";
  const FILES: [string, Record<string, Content>, RegExp, RegExp, number][] = [
    [
      'a source that does not parse',
      { 'bad.js': `${ROUTER}const = 1;\n` },
      /bad\.js:3:7: does not parse/,
      /failed {3}bad\.js {2}bad\.js:3:7 does not parse/,
      1,
    ],
    [
      'a source that is not UTF-8',
      { 'bad.js': Uint8Array.of(0x2f, 0x2f, 0xff) },
      /bad\.js: not UTF-8/,
      /skipped {2}bad\.js {2}not UTF-8/,
      0,
    ],
    [
      'a 5 MB minified source',
      { 'bad.js': `x(${'1,'.repeat(2_500_000)}1)` },
      /bad\.js: 5 MB, over the limit of 1 MB/,
      /skipped {2}bad\.js {2}5 MB, over the limit of 1 MB/,
      0,
    ],
    [
      'links that lead in circles',
      { loop: { link: 'loop' }, 'src/up': { link: '..' }, 'loop.js': { link: 'loop.js' } },
      /loop: a symbolic link to nothing, or a loop/,
      /skipped {2}loop\.js {2}a symbolic link|2 changed/,
      0,
    ],
    [
      'a lockfile of an unknown version',
      { 'package-lock.json': '{"lockfileVersion":99}' },
      /package-lock\.json: .*version 99 of the format is not known/,
      /2 changed/,
      0,
    ],
  ];
  it.each(FILES)('%s is named, and the rest is worked on', async (_, files, listed, told, code) => {
    put({ 'package.json': MANIFEST, 'app.js': APP, ...files });
    commit();
    const before = tree();
    expect(await migrate('inventory', '--all')).toMatchObject({
      code: 0,
      out: expect.stringMatching(listed),
    });
    const dry = await migrate(...CODEMOD);
    expect([dry.code, dry.out]).toEqual([code, expect.stringMatching(told)]);
    expect(tree()).toEqual(before);
    const written = await migrate(...CODEMOD, '--write');
    expect(written.code).toBe(code);
    expect(written.out).toMatch(told);
    if (written.out.includes('Written.')) expect((await migrate('undo')).code).toBe(0);
    expect(tree()).toEqual(before);
  });

  it('that is the whole application is not called done', async () => {
    put({
      'package.json': MANIFEST,
      'app.js': Buffer.concat([Buffer.from(APP), Uint8Array.of(0x2f, 0x2f, 0xff)]),
    });
    commit();
    const { out } = await migrate(...CODEMOD);
    expect(out).toContain('skipped  app.js  not UTF-8');
    expect(out).toContain('Nothing to do in the files that could be read.');
  });
});

describe('a side of a shadow run', () => {
  it('that crashes is told with its last lines, shortened, by the path of the user', async () => {
    put({
      'package.json': MANIFEST,
      'app.js': `console.log('${'x'.repeat(5_000)}'); throw new Error('no database at ' + __filename);`,
    });
    const { code, err } = await migrate(...shadow());
    expect(code).toBe(3);
    expect(err).toMatch(
      /^error app\.js on Node\.js \S+ ended with exit code 1 before it answered a request\.$/m,
    );
    expect(err).toContain(`no database at ${join(root, 'app.js')}`);
    expect(Math.max(...err.split('\n').map((line) => line.length))).toBeLessThan(320);
  });

  it('that insists on a port which is taken, in a process of its own', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    put({
      'package.json': MANIFEST,
      'app.js':
        "process.exit(require('child_process').spawnSync(process.execPath, ['inner.js'], { stdio: 'inherit' }).status);",
      'inner.js': `require('http').createServer().listen(${port}, '127.0.0.1');`,
    });
    const { code, err } = await migrate(...shadow());
    server.close();
    expect([code, err]).toEqual([
      3,
      expect.stringContaining(`listens on port ${port}, which another program has taken`),
    ]);
  });

  it('that never answers on a port of its own', async () => {
    put({ 'package.json': MANIFEST, 'app.js': "require('http').createServer().listen(4998);" });
    const args = shadow();
    args[args.indexOf('--start-timeout') + 1] = '2500';
    const { code, err } = await migrate(...args);
    expect([code, err]).toEqual([
      3,
      expect.stringContaining('it listens on port 4998, moved to a free one, but does not answer GET /'),
    ]);
  });

  it.each([
    ['cut off', TRAFFIC.slice(0, -5), 3, /traffic\.har is cut off/],
    ['without entries', har(), 7, /traffic\.har holds no HTTP exchange/],
    [
      'with a wrong type',
      har({ request: { ...REQUEST, headers: 'x' }, response: RESPONSE }),
      3,
      /entry 1 is malformed at request\.headers/,
    ],
  ])('is not started for a HAR %s', async (_, text, code, sentence) => {
    put({ 'package.json': MANIFEST, 'app.js': 'throw new Error("started");' });
    writeFileSync(join(scratch, 'traffic.har'), text);
    expect(await migrate(...shadow())).toMatchObject({ code, out: '', err: expect.stringMatching(sentence) });
  });
});

describe('a runtime that cannot be had', () => {
  it('without a network and with an empty cache, with the real npm', async () => {
    Object.assign(process.env, {
      npm_config_registry: 'http://127.0.0.1:1',
      npm_config_fetch_retries: '0',
      MIGRATE_CACHE: join(scratch, 'cache'),
    });
    const { code, err } = await migrate('runtimes', 'install', 'bun@1.0.35');
    expect(code).toBe(3);
    expect(err).toMatch(
      /^error bun@1\.0\.35 is neither in the cache nor on PATH: .*no connection to the registry/m,
    );
    expect(filesIn(join(scratch, 'cache'))).toEqual([]);
  });
});
