import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFakeNpm } from '../testing/fake-npm.ts';
import { writeFolder } from '../testing/runtime-apps.ts';
import { parseSpec, provisionRuntime, splitSide, surveyRuntimes } from './index.ts';

const repository = new URL('../..', import.meta.url).pathname;
const bun = async (range = '') => parseSpec(`bun${range}`);

describe('a spec', () => {
  it('is a name with a version after @', async () => {
    expect(await parseSpec('node@22')).toEqual({ name: 'node', range: '22', raw: 'node@22' });
    expect(await parseSpec('bun')).toEqual({ name: 'bun', raw: 'bun' });
    expect(await parseSpec('deno@latest')).toEqual({ name: 'deno', raw: 'deno@latest' });
    expect(await parseSpec('workers@2026-07-30')).toMatchObject({ name: 'workers', range: '2026-07-30' });
  });

  it.each([
    ['nodejs@22', 'UNKNOWN_RUNTIME', 'bun, deno, node, workers'],
    ['', 'UNKNOWN_RUNTIME', 'bun, deno, node, workers'],
    ['node@banana', 'BAD_RUNTIME_VERSION', 'node@'],
    ['node@', 'BAD_RUNTIME_VERSION', 'node@'],
    ['workers@22', 'BAD_RUNTIME_VERSION', 'workers@2026-07-30'],
    ['workers@2026-02-31', 'BAD_RUNTIME_VERSION', 'workers@2026-07-30'],
  ])('that is wrong (%j) is a usage error with a hint', async (text, code, hint) => {
    await expect(parseSpec(text)).rejects.toMatchObject({
      code,
      exitCode: 2,
      hint: expect.stringContaining(hint),
    });
  });

  it('is split from the folder at the first colon', async () => {
    expect(await splitSide('node@22:./app', '/srv')).toEqual({
      spec: await parseSpec('node@22'),
      dir: '/srv/app',
    });
    expect(await splitSide('bun:/srv/a:b', '/srv')).toMatchObject({ dir: '/srv/a:b' });
    expect(await splitSide('bun', '/srv')).toMatchObject({ dir: '/srv' });
  });
});

describe.skipIf(process.platform === 'win32')('provisioning', () => {
  let scratch: { dir: string; remove(): Promise<void> };
  let npm: Awaited<ReturnType<typeof writeFakeNpm>>;
  let cache: string;
  const before = { PATH: process.env.PATH, MIGRATE_CACHE: process.env.MIGRATE_CACHE };
  const left = async () => (await readdir(join(cache, 'runtimes', 'bun')).catch(() => [])).sort();

  beforeEach(async () => {
    scratch = await writeFolder({});
    npm = await writeFakeNpm(scratch.dir);
    cache = join(scratch.dir, 'cache');
    // /bin/sh is named by its path in the fake runtime, so nothing but npm has to be on PATH.
    Object.assign(process.env, { PATH: npm.path, MIGRATE_CACHE: cache });
  });
  afterEach(async () => {
    Object.assign(process.env, before);
    delete process.env.FAKE_NPM;
    await scratch.remove();
  });

  it('takes the newest release that satisfies the spec, and the cache from then on', async () => {
    const first = await provisionRuntime(await bun());
    expect(first).toMatchObject({ version: '2.1.0', origin: 'registry' });
    expect((await execa(first.binary)).stdout).toBe('2.1.0');
    const calls = await npm.calls();
    expect(await provisionRuntime(await bun('@2'))).toEqual({
      ...first,
      spec: await bun('@2'),
      origin: 'cache',
    });
    expect(await npm.calls()).toEqual(calls);
    expect(await left()).toEqual([first.home?.split('/').at(-1)]);
  });

  it('names the versions near one that does not exist', async () => {
    await expect(provisionRuntime(await bun('@77'))).rejects.toMatchObject({
      code: 'UNKNOWN_VERSION',
      exitCode: 3,
      hint: 'Versions near it: 2.1.0, 1.0.0.',
    });
  });

  it('works offline once cached, and says what to do when it is not', async () => {
    process.env.FAKE_NPM = 'offline';
    await expect(provisionRuntime(await bun())).rejects.toMatchObject({
      code: 'NOT_CACHED',
      exitCode: 3,
      message: expect.stringContaining('no connection to the registry (getaddrinfo ENOTFOUND registry)'),
      hint: expect.stringContaining('migrate runtimes install bun'),
    });
    delete process.env.FAKE_NPM;
    await provisionRuntime(await bun('@1'));
    process.env.FAKE_NPM = 'offline';
    expect(await provisionRuntime(await bun())).toMatchObject({ version: '1.0.0', origin: 'cache' });
    const notices: string[] = [];
    const notice = (text: string) => notices.push(text);
    expect(await provisionRuntime(await bun(), { refresh: true, notice })).toMatchObject({
      version: '1.0.0',
    });
    expect(notices.join()).toContain('Version 1.0.0 is here already');
    await expect(provisionRuntime(await bun('@2'), { offline: true })).rejects.toMatchObject({
      code: 'NOT_CACHED',
    });
  });

  it('says that npm is missing', async () => {
    process.env.PATH = scratch.dir;
    await expect(provisionRuntime(await bun())).rejects.toMatchObject({
      code: 'NOT_CACHED',
      message: expect.stringContaining('npm is not on PATH'),
    });
  });

  it.each([
    ['full', 'DISK_FULL'],
    ['partial', 'REGISTRY_UNREACHABLE'],
    ['broken', 'RUNTIME_BROKEN'],
  ])('leaves nothing half-written when the download ends badly (%s)', async (mode, code) => {
    process.env.FAKE_NPM = mode;
    await expect(provisionRuntime(await bun())).rejects.toMatchObject({ code, exitCode: 3 });
    expect(await left()).toEqual([]);
    delete process.env.FAKE_NPM;
    expect(await provisionRuntime(await bun())).toMatchObject({ origin: 'registry' });
  });

  it('does not take a damaged cache for a runtime, and repairs it', async () => {
    const first = await provisionRuntime(await bun());
    await truncate(first.binary, 4);
    await expect(provisionRuntime(await bun(), { offline: true })).rejects.toMatchObject({
      code: 'NOT_CACHED',
    });
    expect(await provisionRuntime(await bun())).toMatchObject({ origin: 'registry', binary: first.binary });
    expect((await execa(first.binary)).stdout).toBe('2.1.0');
    await writeFile(join(first.home ?? '', 'migrate-runtime.json'), '{"schema":');
    expect(await provisionRuntime(await bun())).toMatchObject({ origin: 'registry' });
  });

  it('clears what a killed process left behind', async () => {
    const abandoned = join(cache, 'runtimes', 'bun', '.part-2.1.0-999999999-abc123');
    await mkdir(abandoned, { recursive: true });
    await provisionRuntime(await bun());
    expect(await left()).toHaveLength(1);
  });

  it('stops at an interrupt and leaves nothing', async () => {
    const interrupt = new AbortController();
    const fetching = (text: string) =>
      text.startsWith('fetching') && setTimeout(() => interrupt.abort(new Error('stop')), 150);
    await expect(
      provisionRuntime(await bun(), { signal: interrupt.signal, progress: fetching }),
    ).rejects.toThrow('stop');
    expect(await left()).toEqual([]);
  });

  it('says that the cache folder cannot be written', async () => {
    process.env.MIGRATE_CACHE = join(npm.path, 'npm');
    await expect(provisionRuntime(await bun())).rejects.toMatchObject({
      code: 'CACHE_NOT_WRITABLE',
      exitCode: 3,
      hint: expect.stringContaining('MIGRATE_CACHE'),
    });
  });

  it('uses a runtime on PATH that satisfies the spec, and says so', async () => {
    const own = join(scratch.dir, 'own');
    await mkdir(own);
    await writeFile(join(own, 'bun'), `#!/bin/sh\necho 1.4.2\necho ${join(own, 'bun')}\n`, { mode: 0o755 });
    process.env.PATH = `${own}:${npm.path}`;
    expect(await provisionRuntime(await bun('@1.4'))).toMatchObject({
      version: '1.4.2',
      origin: 'path',
      binary: join(own, 'bun'),
    });
    expect(await provisionRuntime(await bun('@2'))).toMatchObject({ version: '2.1.0', origin: 'registry' });
  });

  it('does not take a package’s own link for an installed runtime', async () => {
    const links = join(scratch.dir, 'node_modules', '.bin');
    await mkdir(links, { recursive: true });
    await writeFile(join(links, 'bun'), `#!/bin/sh\necho 9.9.9\necho ${join(links, 'bun')}\n`, {
      mode: 0o755,
    });
    process.env.PATH = `${links}:${npm.path}`;
    expect(await provisionRuntime(await bun())).toMatchObject({ version: '2.1.0', origin: 'registry' });
  });

  it('fetches once when two processes want the same runtime', async () => {
    Object.assign(process.env, before);
    const node22 = await provisionRuntime(await parseSpec('node@22'));
    const program = `
      import { parseSpec, provisionRuntime } from ${JSON.stringify(join(repository, 'src/runtimes/index.ts'))};
      console.log(JSON.stringify(await provisionRuntime(await parseSpec('bun'))));`;
    const args = ['--no-warnings', '--input-type=module', '--eval', program];
    const env = { PATH: npm.path, MIGRATE_CACHE: cache };
    const both = await Promise.all([1, 2].map(() => execa(node22.binary, args, { cwd: repository, env })));
    const [one, two] = both.map(({ stdout }) => JSON.parse(stdout));
    expect(one.binary).toBe(two.binary);
    expect([one.origin, two.origin].sort()).toContain('registry');
    expect((await npm.calls()).filter((call) => call === 'install')).toHaveLength(1);
    expect(await left()).toHaveLength(1);
  });

  it('is surveyed without a network', async () => {
    process.env.FAKE_NPM = 'offline';
    const listings = await surveyRuntimes();
    expect(listings.map(({ spec }) => spec)).toEqual([
      'bun',
      'deno',
      ...['node@18', 'node@20', 'node@22', 'node@24', 'node@26'],
      'workers',
    ]);
    expect(
      listings.every(({ here, newest, problem }) => !here && !newest && problem?.includes('no connection')),
    ).toBe(true);
  });
});
