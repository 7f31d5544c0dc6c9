import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scripted, writeContractApps, writeFolder } from '../testing/runtime-apps.ts';
import {
  type LaunchOptions,
  launchApp,
  type ProvisionedRuntime,
  parseSpec,
  provisionRuntime,
} from './index.ts';
import { processesOf, stillRunning } from './launch/processes.ts';

/** The runtimes, the file that serves on each, its own ways to listen, and what each does not do, with the reason. */
const TARGETS: { spec: string; entry: string; own?: string[]; skip: Record<string, string> }[] = [
  { spec: 'node@22', entry: 'http.js', skip: {} },
  { spec: 'bun', entry: 'http.js', own: ['bun-serve.js', 'bun-default.js'], skip: {} },
  { spec: 'deno', entry: 'http.js', own: ['deno-serve.js'], skip: {} },
  {
    spec: 'workers',
    entry: 'fetch.js',
    skip: {
      'SIGTERM reaches the application': 'a Worker gets no signals',
      'an application that ignores SIGTERM is killed after the grace period': 'a Worker gets no signals',
      'children of the application go with it':
        'a Worker starts no processes; workerd itself is covered below',
      'a port that is never opened is reported': 'Miniflare opens the port whatever the Worker does',
      'environment files are read as the runtime reads them, and told without a value':
        'a Worker reads no environment files',
      'what the start script names is what it is started with': 'no start script starts a Worker',
      'an application on a port of its own is moved, several of them at once': 'a Worker listens on no port',
      'of several ports the one in PORT is the application': 'a Worker listens on no port',
      'a port that could not be moved is named, with what to set': 'a Worker listens on no port',
      'an early exit is reported': 'a Worker has no process to end',
      'a file is loaded before the application': 'nothing is loaded into a Worker from outside its bundle',
    },
  },
];

const repository = new URL('../..', import.meta.url).pathname;
let apps: { dir: string; remove(): Promise<void> };
let node22: ProvisionedRuntime;

beforeAll(async () => {
  apps = await writeContractApps();
  node22 = await provisionRuntime(await parseSpec('node@22'));
});
afterAll(() => apps.remove());

describe.each(TARGETS)('on $spec', ({ spec, entry, own = [], skip }) => {
  let runtime: ProvisionedRuntime;
  let runs = 0;
  const folder = () => join(apps.dir, 'runs', spec, String(++runs));
  const launch = (options: Partial<LaunchOptions> = {}) =>
    launchApp(runtime, { dir: apps.dir, entry, runFolder: folder(), ...options });
  const test = (name: string, work: () => Promise<void>) =>
    skip[name] ? it.skip(`${name} (${skip[name]})`, work) : it(name, work);

  beforeAll(async () => {
    runtime = await provisionRuntime(await parseSpec(spec));
  });

  test('an application serves JSON, with its own environment and nothing of ours', async () => {
    process.env.npm_config_test = 'ours';
    const app = await launch({ env: { GIVEN: 'yes' } }).finally(() => delete process.env.npm_config_test);
    try {
      const { statusCode, headers, body } = await request(`${app.origin}/hello`);
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(await body.json()).toEqual({
        path: '/hello',
        given: 'yes',
        ...(spec === 'bun' && { dot: 'loaded' }),
      });
      expect(app.origin).toBe(`http://127.0.0.1:${app.port}`);
      expect(app.runtime.version).toBe(runtime.version);
      expect(await app.memory()).toBeGreaterThan(10e6);
    } finally {
      await app.stop();
    }
    await expect(request(app.origin)).rejects.toThrow();
    expect(await processesOf(app.pid)).toEqual([]);
  });

  test('environment files are read as the runtime reads them, and told without a value', async () => {
    const app = await launch({ env: { GIVEN: 'yes', NODE_ENV: 'staging', BUN_ENV: undefined } });
    const production = await launch({ env: { NODE_ENV: 'production', BUN_ENV: undefined } });
    await Promise.all([app.stop(), production.stop()]);
    const told = ({ environment }: typeof app) =>
      environment.map(({ file, variables }) => [file, ...variables.map(({ name }) => name)]);
    expect([told(app), told(production)]).toEqual(
      spec === 'bun'
        ? [
            [
              ['.env', 'DOT'],
              ['.env.development', 'ONLY_DEVELOPMENT'],
            ],
            [
              ['.env', 'GIVEN'],
              ['.env.production', 'DOT'],
            ],
          ]
        : [[], []],
    );
    expect(JSON.stringify([app.environment, app.notes])).not.toMatch(/secret|loaded|inside/);
  });

  test('what the start script names is what it is started with', async () => {
    const start =
      'cross-env MODE_OF_IT=staging PORT=1 node --env-file=.env.named --env-file ../outside.env -r ./first.cjs http.js';
    const folders = await writeFolder(scripted(start));
    const copy = await writeFolder(scripted(start));
    try {
      await rm(join(copy.dir, 'outside.env'));
      const app = await launch({
        ...{ dir: join(copy.dir, 'app'), original: join(folders.dir, 'app'), entry: undefined },
      });
      const { env } = (await (await request(app.origin)).body.json()) as { env: string };
      await app.stop();
      expect(env).toBe('named,staging,yes,1');
      expect(app.environment.map(({ file }) => basename(file))).toEqual(['.env.named', 'outside.env']);
      expect(app.notes[0]).toBe(
        'Started as the start script in package.json says, with --env-file=.env.named, --env-file=../outside.env, --require ./first.cjs, MODE_OF_IT.',
      );
    } finally {
      await Promise.all([folders.remove(), copy.remove()]);
    }
  });

  test('server-sent events arrive one by one, and the application sees a client that goes away', async () => {
    const app = await launch();
    try {
      const { body } = await request(`${app.origin}/sse`);
      const seen: { text: string; at: number }[] = [];
      for await (const chunk of body) seen.push({ text: String(chunk), at: performance.now() });
      expect(seen.map(({ text }) => text).join('')).toBe('data: 0\n\ndata: 1\n\ndata: 2\n\n');
      expect((seen.at(-1)?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(30);

      const { body: endless } = await request(`${app.origin}/endless`);
      endless.on('error', () => {});
      await new Promise((resolve) => endless.once('data', resolve));
      endless.destroy();
      await expect.poll(() => app.logs.tail(5), { timeout: 5_000 }).toContain('client went away');
    } finally {
      await app.stop();
    }
  });

  test('a file is loaded before the application', async () => {
    const preload = join(apps.dir, 'preload.cjs');
    await writeFile(preload, "console.log('loaded first');");
    const app = await launch({ preload });
    expect(await app.processes()).toContain(app.pid);
    await app.stop();
    const said = await readFile(app.logs.stdout, 'utf8');
    expect(said).toMatch(/loaded first\n[\s\S]*app says hello/);
  });

  test('output is on disk and at hand', async () => {
    const app = await launch();
    await app.stop();
    expect(await readFile(app.logs.stdout, 'utf8')).toContain('app says hello');
    expect(await readFile(app.logs.stderr, 'utf8')).toContain('app warns on stderr');
    expect(app.logs.tail(50)).toContain('app says hello');
  });

  test('a crash at the start is reported with the last log lines', async () => {
    await expect(launch({ entry: 'crash.js' })).rejects.toMatchObject({
      code: 'APP_CRASHED',
      exitCode: 3,
      message: expect.stringContaining('crash.js'),
      hint: expect.stringContaining('no database here'),
    });
  });

  test('an early exit is reported', async () => {
    await expect(launch({ entry: 'early-exit.js' })).rejects.toMatchObject({
      code: 'APP_CRASHED',
      message: expect.stringContaining('exit code 0'),
      hint: expect.stringContaining('nothing to do'),
    });
  });

  test('a port that is never opened is reported', async () => {
    await expect(launch({ entry: 'deaf.js', readyTimeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'APP_NOT_READY',
      exitCode: 3,
      message: expect.stringContaining('does not listen'),
    });
  });

  test('an application on a port of its own is moved, several of them at once', async () => {
    const first = await launch({ entry: 'own-port.js' });
    const [second, ...others] = await Promise.all(
      ['own-port.js', ...own].map((file) => launch({ entry: file })),
    );
    const running = [first, ...(second ? [second] : []), ...others];
    try {
      expect(new Set(running.map(({ port }) => port)).size).toBe(running.length);
      for (const app of running) {
        expect(await (await request(`${app.origin}/x`)).body.json()).toMatchObject({ path: '/x' });
        expect(app.notes).toContain(
          'It listens on port 45871, not on the one in PORT, and was moved to a free one.',
        );
      }
    } finally {
      await Promise.all(running.map((app) => app.stop()));
    }
  });

  test('of several ports the one in PORT is the application', async () => {
    const [first, second] = await Promise.all([
      launch({ entry: 'two-ports.js' }),
      launch({ entry: 'two-ports.js' }),
    ]);
    try {
      for (const app of [first, second]) {
        expect((await request(`${app.origin}/x`)).statusCode).toBe(200);
        expect(app.notes).toContain(
          'It also listens on port 45872, moved to free ports; nothing is sent there.',
        );
      }
    } finally {
      await Promise.all([first.stop(), second.stop()]);
    }
  });

  test('a port that could not be moved is named, with what to set', async () => {
    const said = process.platform === 'linux' ? 'instead of' : 'answered nothing';
    await expect(launch({ entry: 'behind.js', readyTimeoutMs: 2_500 })).rejects.toMatchObject({
      code: 'APP_NOT_READY',
      message: expect.stringContaining(said),
      ...(process.platform === 'linux' && {
        hint: expect.stringContaining('Let it listen on process.env.PORT.'),
      }),
    });
  });

  test('SIGTERM reaches the application', async () => {
    const app = await launch({ entry: 'graceful.js' });
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(app.logs.tail(5)).toContain('closing in peace');
  });

  test('an application that ignores SIGTERM is killed after the grace period', async () => {
    const app = await launch({ entry: 'unmoved.js', graceMs: 300 });
    expect(await app.stop()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('children of the application go with it', async () => {
    const app = await launch({ entry: 'family.js' });
    const child = Number(/child (\d+)/.exec(app.logs.tail(20).join('\n'))?.[1]);
    expect((await processesOf(app.pid)).map(({ pid }) => pid)).toContain(child);
    await app.stop();
    expect(await stillRunning([child])).toEqual([]);
  });

  test('aborting the signal stops it, while it starts and while it runs', async () => {
    const early = new AbortController();
    const starting = launch({ signal: early.signal, entry: spec === 'workers' ? entry : 'deaf.js' });
    setTimeout(() => early.abort(new Error('interrupted')), 100);
    await expect(starting).rejects.toThrow('interrupted');

    const late = new AbortController();
    const app = await launch({ signal: late.signal });
    late.abort();
    await app.exited;
    await expect.poll(() => processesOf(app.pid), { timeout: 3_000 }).toEqual([]);
  });

  test('a killed application takes everything it started with it', async () => {
    const app = await launch();
    process.kill(app.pid, 'SIGKILL');
    expect(await app.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await expect.poll(() => processesOf(app.pid), { timeout: 3_000 }).toEqual([]);
  });

  // What ends them is the same for all; of a Worker it has to find workerd, too.
  const isLookedAt = process.platform !== 'win32' && (spec === 'node@22' || spec === 'workers');
  it.runIf(isLookedAt)('nothing survives a SIGKILL of the process that launched it', async () => {
    const program = `
      import { launchApp, parseSpec, provisionRuntime } from ${JSON.stringify(join(repository, 'src/runtimes/index.ts'))};
      const app = await launchApp(await provisionRuntime(await parseSpec(${JSON.stringify(spec)})), ${JSON.stringify({ dir: apps.dir, entry, runFolder: folder() })});
      console.log(JSON.stringify({ pid: app.pid, family: (await (await import(${JSON.stringify(join(repository, 'src/runtimes/launch/processes.ts'))})).processesOf(app.pid)).map(({ pid }) => pid) }));
      setInterval(() => {}, 1000);`;
    // The built package is not needed: Node 22 runs the sources as they are.
    const parent = execa(node22.binary, ['--no-warnings', '--input-type=module', '--eval', program], {
      reject: false,
      buffer: false,
      cwd: repository,
    });
    const text = await new Promise((resolve) => parent.stdout.once('data', resolve));
    const { pid, family } = JSON.parse(String(text)) as { pid: number; family: number[] };
    try {
      expect(family.length).toBeGreaterThanOrEqual(spec === 'workers' ? 2 : 1);
      expect(await stillRunning(family)).toHaveLength(family.length);
      parent.kill('SIGKILL');
      await parent;
      await expect.poll(() => stillRunning(family), { timeout: 6_000 }).toEqual([]);
      expect(await processesOf(pid)).toEqual([]);
    } finally {
      for (const one of await stillRunning(family)) process.kill(one, 'SIGKILL');
    }
  });
});
