import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseSpec, provisionRuntime } from '../../runtimes/index.ts';
import { writeFolder } from '../../testing/runtime-apps.ts';
import { cuttable } from './cut.ts';
import { listDrivers } from './drivers.ts';
import { probeDependencies } from './index.ts';
import { driverProgram } from './programs.ts';
import { readServices } from './services.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the servers that drivers may use', () => {
  it('are those of the environment as far as they are on this machine', async () => {
    const env = { DATABASE_URL: 'postgresql://u@localhost/db', REDIS_URL: 'redis://cache.example.org' };
    expect(await readServices({}, env, false)).toEqual({ postgres: 'postgres://u@localhost/db' });
    expect(await readServices({}, { DATABASE_URL: 'mysql://u@127.0.0.1/db' }, false)).toEqual({
      mysql: 'mysql://u@127.0.0.1/db',
    });
  });

  it.each([
    [{ redis: 'redis://10.1.2.3' }, '--redis is not on this machine.'],
    [{ postgres: 'http://127.0.0.1' }, '--postgres is no address of the kind postgres://user@host/name.'],
    [{ mysql: 'mysql://root@127.0.0.1' }, '--mysql names no database: add /name.'],
  ])('%j is refused', async (given, message) => {
    await expect(readServices(given, {}, false)).rejects.toThrow(message);
  });

  it('may be elsewhere when that is said', async () => {
    expect(await readServices({ redis: 'redis://10.1.2.3' }, {}, true)).toEqual({
      redis: 'redis://10.1.2.3',
    });
  });
});

it('a way to a server is cut, and goes through again', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const way = await cuttable(`redis://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, 6379);
  const { connect } = await import('node:net');
  const talk = () =>
    new Promise<string>((done) => {
      const socket = connect(Number(new URL(way.url).port), '127.0.0.1', () => socket.write('hello'));
      socket.once('data', (data) => {
        socket.once('close', () => done(`${data}, then closed`)).on('error', () => {});
        way.cut();
      });
    });
  expect([await talk(), await talk()]).toEqual(['hello, then closed', 'hello, then closed']);
  way.close();
  server.close();
});

it('every driver makes, tries and removes what it makes, and is a program', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'migrate-drivers-'));
  folders.push(dir);
  for (const [name, { file, driver }] of await listDrivers()) {
    expect([name, Object.keys(driver.subject.checks)]).toEqual([
      name,
      expect.arrayContaining([
        'connect',
        'transaction' in driver.subject.checks ? 'transaction' : 'transaction by confirms',
        'remove',
      ]),
    ]);
    expect((await driverProgram({ dir, isWorker: false }, file, driver.load)).text).toContain(
      `import("${driver.load}")`,
    );
  }
});

it('loads and calls each package in a process of its own; a crash and a hang are results', async () => {
  const packages = await writeFolder({
    'good/package.json': '{ "name": "good", "version": "1.0.0" }',
    'good/index.js': 'exports.add = (a, b) => a + b; exports.runtime = () => typeof Bun;',
    'dies/package.json': '{ "name": "dies", "version": "1.0.0" }',
    'dies/index.js': "if (typeof Bun !== 'undefined') process.kill(process.pid, 'SIGSEGV');",
    'nowhere/package.json': '{ "name": "nowhere", "version": "1.0.0" }',
    'nowhere/index.js': "throw new Error('not built');",
  });
  folders.push(packages.dir);
  const provision = async (spec: string) => provisionRuntime(await parseSpec(spec), {});
  const found = await probeDependencies({
    ...{
      target: await provision('bun@1.4'),
      reference: await provision('node@22'),
      services: {},
      scripts: false,
    },
    wanted: ['good', 'dies', 'nowhere'].map((name) => ({
      name,
      version: `file:${join(packages.dir, name)}`,
    })),
    uses: { good: '[m.add(1, 2), m.runtime()]' },
    nativeIn: async () => new Map(),
    ...{ signal: new AbortController().signal, progress: () => {} },
  });
  expect(
    found.map(({ name, load, call, notChecked }) => [
      name,
      load?.level ?? null,
      call?.saw ?? load?.saw ?? notChecked[0],
    ]),
  ).toEqual([
    ['good', 'works', '[3,"object"] where Node gives [3,"undefined"]'],
    ['dies', 'throws', expect.stringMatching(/ended by SIGSEGV/)],
    ['nowhere', null, 'it does not load on Node either: not built'],
  ]);
});
