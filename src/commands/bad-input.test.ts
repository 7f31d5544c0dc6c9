import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from '../report/io.ts';
import { writeFakeNpm } from '../testing/fake-npm.ts';
import { main } from './main.ts';

const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));
const MANIFEST = '{"name":"shop","main":"app.js","dependencies":{"express":"4.22.3"}}';
const APP = `const express = require('express');
const app = express();
app.get('/hello', (req, res) => res.json({ hello: 'you' }));
app.listen(process.env.PORT);
`;
const REQUEST = { method: 'GET', url: 'http://localhost/hello', headers: [] };
const RESPONSE = { status: 200, statusText: 'OK', headers: [], content: {} };
const har = (...entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } });
const TRAFFIC = har({ request: REQUEST, response: RESPONSE });

let scratch: string;
let root: string;
const environment = { ...process.env };
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-bad-')));
  root = join(scratch, 'shop');
  mkdirSync(root);
  writeFileSync(join(scratch, 'traffic.har'), TRAFFIC);
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  rmSync(scratch, { recursive: true, force: true });
});

type Content = string | Uint8Array | { link: string };

function put(files: Record<string, Content>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, file);
    else writeFileSync(file, content);
  }
}

function commit(): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('init', '-q');
  git('add', '-A');
  git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'x');
}

/** Every file outside git's and our own folder, with its bytes; links by where they lead. */
function tree(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (entry.isFile() && !/^\.(git|migrate)\//.test(path))
      found[path] = readFileSync(join(root, path), 'latin1');
  }
  return found;
}

async function migrate(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const ran = { out: '', err: '' };
  const io: Io = {
    ...{ cwd: root, interactive: false, colors: pc.createColors(false), json: false },
    signal: new AbortController().signal,
    line: (text = '') => {
      ran.out += `${text}\n`;
    },
    note: (text) => {
      ran.err += `${text}\n`;
    },
    document: () => {},
    progress: () => {},
  };
  return { code: await main(args, io), ...ran };
}

const shadow = (dir = root, traffic = join(scratch, 'traffic.har')) => [
  ...['shadow', 'run', '--old', `node:${dir}`, '--new', `node:${dir}`, '--traffic', traffic],
  ...['--out', join(scratch, 'out'), '--start-timeout', '8000'],
];
const CODEMOD = ['codemod', 'run', 'express-to-hono'];

describe('a directory that is no project, in one sentence, with exit code 3 and nothing written', () => {
  // inventory, plan and status: src/commands/plan.test.ts.
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
      /skipped {2}loop\.js {2}a symbolic link|1 created/,
      0,
    ],
    [
      'a lockfile of an unknown version',
      { 'package-lock.json': '{"lockfileVersion":99}' },
      /package-lock\.json: .*version 99 of the format is not known/,
      /1 created/,
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

  it('that insists on a port which is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    put({
      'package.json': MANIFEST,
      'app.js': `require('http').createServer().listen(${port}, '127.0.0.1');`,
    });
    const { code, err } = await migrate(...shadow());
    server.close();
    expect([code, err]).toEqual([
      3,
      expect.stringContaining(`listens on port ${port}, which another program has taken`),
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

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  interface Ended {
    code: number | null;
    signal: NodeJS.Signals | null;
    err: string;
  }

  /** Starts the built command, waits until `under way`, sends SIGINT as a terminal would, and waits for the end. */
  async function interrupt(
    args: string[],
    underWay: () => boolean,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    if (!existsSync(CLI)) throw new Error('dist is missing: node .tasks/build.mjs');
    const child: ChildProcess = spawn(process.execPath, [CLI, ...args], {
      ...{ cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
    });
    let err = '';
    child.stderr?.on('data', (data) => {
      err += data;
    });
    const ended = new Promise<Ended>((resolve) =>
      child.once('close', (code, signal) => resolve({ code, signal, err })),
    );
    for (const until = Date.now() + 30_000; !underWay() && child.exitCode === null && Date.now() < until; )
      await sleep(10);
    child.kill('SIGINT');
    return ended;
  }

  /** A `git` in front of the real one that leaves a mark when it is asked `question`. */
  function markedGit(question: string): { env: NodeJS.ProcessEnv; asked: () => boolean } {
    const bin = join(scratch, 'bin');
    const mark = join(scratch, 'asked');
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'git'),
      `#!/bin/sh\ncase " $* " in *" ${question} "*) : > '${mark}';; esac\nexec '${real}' "$@"\n`,
    );
    chmodSync(join(bin, 'git'), 0o755);
    return {
      env: { PATH: `${bin}${delimiter}${process.env.PATH}` },
      asked: () => existsSync(mark),
    };
  }

  const INTERRUPTED = { code: 130, signal: null, err: expect.stringMatching(/^error Interrupted\.$/m) };

  it.each([
    ['inventory', ['inventory']],
    ['plan', ['plan', '--target', 'bun']],
  ])('during %s of a large tree ends at once and writes nothing', async (_, args) => {
    put({ 'package.json': MANIFEST, 'app.js': APP });
    const body = 'export const f = (a) => ({ b: a.map((x) => x + 1), c: [1, 2, 3] });\n'.repeat(80);
    for (let at = 0; at < 1_200; at++) put({ [`src/d${at % 30}/m${at}.js`]: body.replaceAll('f', `f${at}`) });
    const { env, asked } = markedGit('ls-files');
    commit();
    expect(await interrupt(args, asked, env)).toMatchObject(INTERRUPTED);
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  });

  // Each step of writing: src/commands/codemod.test.ts; a process that is killed: src/workspace/journal.test.ts.
  it('during codemod run --write leaves every file as it was', async () => {
    put({ 'package.json': MANIFEST, 'app.js': APP });
    commit();
    const before = tree();
    const { env, asked } = markedGit('status');
    const ended = await interrupt([...CODEMOD, '--write'], asked, env);
    expect(ended).toMatchObject(INTERRUPTED);
    expect(ended.err).toContain('Not applied: every file is as it was before.');
    expect(tree()).toEqual(before);
    expect(existsSync(join(root, '.migrate', 'lock'))).toBe(false);
  });

  it('while a runtime is fetched leaves no half of it and no npm', async () => {
    const npm = await writeFakeNpm(scratch);
    const calls = () => filesIn(join(scratch, 'bin')).includes('calls');
    const env = { PATH: npm.path, MIGRATE_CACHE: join(scratch, 'cache') };
    const asked = () => calls() && readFileSync(join(scratch, 'bin', 'calls'), 'utf8').includes('install');
    expect(await interrupt(['runtimes', 'install', 'bun@1'], asked, env)).toMatchObject(INTERRUPTED);
    expect(filesIn(join(scratch, 'cache')).filter((name) => name === 'bun')).toEqual([]);
    await eventually(() => running(scratch).length === 0);
  });

  it('during a shadow run stops every side and removes their copies', async () => {
    const pids = join(scratch, 'pids');
    put({
      'package.json': MANIFEST,
      'app.js': `require('fs').appendFileSync(${JSON.stringify(pids)}, process.pid + ' ' + __dirname + '\\n');
require('http').createServer((req, res) => req.url === '/' ? res.end() : setTimeout(() => res.end('{}'), 3000)).listen(process.env.PORT, '127.0.0.1');`,
    });
    const lines = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n') : []);
    const ended = await interrupt(shadow(), () => lines().length === 3);
    expect(ended).toMatchObject({ code: 130, signal: null });
    await eventually(() => lines().every((line) => !isAlive(Number(line.split(' ')[0]))));
    for (const line of lines()) expect(existsSync(line.split(' ')[1] ?? '')).toBe(false);
  });

  const python = spawnSync('python3', ['-c', 'import pty']).status === 0;
  it.skipIf(!python)('at the question of plan, on a real terminal, says so and writes nothing', async () => {
    put({ 'package.json': MANIFEST, 'app.js': APP });
    const program = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
text, sent = b'', False
while True:
    try: data = os.read(fd, 4096)
    except OSError: break
    if not data: break
    text += data
    if not sent and b'Cloudflare' in text:
        os.write(fd, b'\\x03')
        sent = True
sys.stdout.buffer.write(text)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
    const ran = spawnSync('python3', ['-c', program, process.execPath, CLI, 'plan'], {
      ...{ cwd: root, encoding: 'utf8', timeout: 30_000 },
    });
    expect(ran.stdout).toContain('Nothing was written; the tree is as it was.');
    expect([ran.status, existsSync(join(root, '.migrate'))]).toEqual([130, false]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes whose command line names the folder. */
function running(folder: string): string[] {
  const list = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  return list.filter((line) => line.includes(folder) && !line.includes('ps -A'));
}

async function eventually(holds: () => boolean): Promise<void> {
  for (const until = Date.now() + 5_000; !holds() && Date.now() < until; ) await sleep(50);
  expect(holds()).toBe(true);
}
