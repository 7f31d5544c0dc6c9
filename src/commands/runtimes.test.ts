import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFakeNpm } from '../testing/fake-npm.ts';
import { recordingIo } from '../testing/io.ts';
import { writeFolder } from '../testing/runtime-apps.ts';
import { main } from './main.ts';

const recording = (signal?: AbortSignal) => {
  const { io, printed } = recordingIo(process.cwd(), signal && { signal });
  return { io, printed, text: () => printed.said.join('\n') };
};

describe.skipIf(process.platform === 'win32')('migrate runtimes', () => {
  let scratch: { dir: string; remove(): Promise<void> };
  const before = { PATH: process.env.PATH, MIGRATE_CACHE: process.env.MIGRATE_CACHE };

  beforeEach(async () => {
    scratch = await writeFolder({});
    const { path } = await writeFakeNpm(scratch.dir);
    Object.assign(process.env, { PATH: path, MIGRATE_CACHE: `${scratch.dir}/cache` });
  });
  afterEach(async () => {
    Object.assign(process.env, before);
    delete process.env.FAKE_NPM;
    await scratch.remove();
  });

  it('lists every runtime with its version, where it is and where the cache is', async () => {
    await main(['runtimes', 'install', 'bun@1'], recording().io);
    const { io, text } = recording();
    expect(await main(['runtimes'], io)).toBe(0);
    expect(text()).toMatch(/bun +1\.0\.0 +in the cache, 2\.1\.0 is in the registry/);
    expect(text()).toMatch(/deno +2\.1\.0 +not fetched yet/);
    expect(text()).toContain(`Cache: ${scratch.dir}/cache`);
  });

  it('gives the same as one JSON document, with the limits of each runtime', async () => {
    const { io, printed } = recording();
    expect(await main(['runtimes', '--json'], io)).toBe(0);
    expect(printed.said).toEqual([]);
    expect(printed.documents).toMatchObject([{ schema: 'migrate/runtimes', version: 1 }]);
    const [document] = printed.documents as { runtimes: unknown[] }[];
    expect(document?.runtimes[0]).toMatchObject({
      spec: 'bun',
      here: null,
      newest: '2.1.0',
      limits: [{ asOf: '2026-11-23' }, {}],
    });
  });

  it('installs, and says the exact identity', async () => {
    const { io, printed, text } = recording();
    expect(await main(['runtimes', 'install', 'bun@2', '--json'], io)).toBe(0);
    expect(text()).toMatch(/bun@2 +2\.1\.0 \(.+\) +fetched with npm/);
    expect(printed.documents).toMatchObject([
      { schema: 'migrate/runtimes-installed', runtimes: [{ version: '2.1.0', origin: 'registry' }] },
    ]);
  });

  it.each([
    [['install', 'bunn'], 2, 'There is no runtime "bunn"'],
    [['install', 'bun@1', 'nope@1'], 2, 'There is no runtime "nope"'],
    [['install', 'bun@77'], 3, 'There is no Bun 77'],
    [['install', 'bun@x.y'], 2, 'is no version'],
    [['install'], 2, 'missing required argument'],
  ])('%j is refused with exit code %i and one sentence', async (args, code, sentence) => {
    const { io, text } = recording();
    expect(await main(['runtimes', ...args], io)).toBe(code);
    expect(text()).toContain(sentence);
  });

  it('without a network and with an empty cache says so with exit code 3', async () => {
    process.env.FAKE_NPM = 'offline';
    const { io, text } = recording();
    expect(await main(['runtimes', 'install', 'bun'], io)).toBe(3);
    expect(text()).toContain('bun is neither in the cache nor on PATH');
    expect(text()).toContain('Run `migrate runtimes install bun` once with a network');
  });

  it('interrupted while it fetches ends with exit code 130', async () => {
    const { MigrateError } = await import('../model/errors.ts');
    const interrupt = new AbortController();
    setTimeout(
      () => interrupt.abort(new MigrateError('INTERRUPTED', 'Interrupted.', { exitCode: 130 })),
      250,
    );
    const { io, text } = recording(interrupt.signal);
    expect(await main(['runtimes', 'install', 'bun'], io)).toBe(130);
    expect(text()).toContain('Interrupted.');
  });
});
