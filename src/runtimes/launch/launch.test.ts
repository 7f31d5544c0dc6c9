import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { writeFolder } from '../../testing/runtime-apps.ts';
import {
  type LaunchOptions,
  launchApp,
  type ProvisionedRuntime,
  parseSpec,
  provisionRuntime,
} from '../index.ts';
import { captureLogs } from './logs.ts';

const cleanups: (() => Promise<unknown>)[] = [];

/** The Node that runs the tests: what is tried here does not depend on the version. */
const runtime = async (): Promise<ProvisionedRuntime> => ({
  ...{ spec: await parseSpec('node'), version: process.versions.node, platform: process.platform },
  ...{ binary: process.execPath, origin: 'path' },
});

async function launch(source: string, options: Partial<LaunchOptions> = {}, on = runtime()) {
  const { dir, remove } = await writeFolder({ 'app.mjs': source });
  cleanups.push(remove);
  const app = await launchApp(await on, {
    dir,
    entry: 'app.mjs',
    runFolder: join(dir, 'run'),
    ...options,
  });
  cleanups.unshift(() => app.stop());
  return app;
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('a launch', () => {
  it('takes another port when its own is gone by the time the application wants it', async () => {
    const { dir, remove } = await writeFolder({});
    cleanups.push(remove);
    // The first start finds its port taken by a second server of its own making, the next does not.
    const app = await launch(`
      import { existsSync, writeFileSync } from 'node:fs';
      import { createServer } from 'node:http';
      const marker = ${JSON.stringify(join(dir, 'marker'))};
      const start = () => createServer((_, response) => response.end('up')).listen(process.env.PORT, '127.0.0.1');
      if (existsSync(marker)) start();
      else { writeFileSync(marker, ''); (await import('node:net')).createServer().listen(process.env.PORT, '127.0.0.1', start); }
    `);
    expect(await (await request(app.origin)).body.text()).toBe('up');
  });

  it.runIf(process.platform === 'linux')(
    'does not take another program’s answer for the application’s',
    async () => {
      const { dir, remove } = await writeFolder({});
      cleanups.push(remove);
      // Whatever port the application is given, this process answers on it; the application never listens.
      const taken = new Set<string>();
      const watcher = setInterval(async () => {
        const port = await readFile(join(dir, 'port'), 'utf8').catch(() => '');
        if (!port || taken.has(port)) return;
        taken.add(port);
        const server = createServer((_, response) => response.end('somebody else')).listen(
          Number(port),
          '127.0.0.1',
        );
        cleanups.push(async () => server.close());
      }, 10);
      cleanups.push(async () => clearInterval(watcher));
      const started = launch(`
      import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(join(dir, 'port'))}, process.env.PORT);
      setInterval(() => {}, 1000);
    `);
      await expect(started).rejects.toMatchObject({ code: 'NO_PORT', exitCode: 3 });
      expect(taken.size).toBe(5);
    },
  );

  it('waits for a first answer that takes longer than one short question', async () => {
    const app = await launch(`
      import { createServer } from 'node:http';
      createServer((_, response) => setTimeout(() => response.end('slow'), 900)).listen(process.env.PORT, '127.0.0.1');
    `);
    expect(app.bootMs).toBeGreaterThan(900);
  });

  it('reports a runtime that cannot be started', async () => {
    const { dir, remove } = await writeFolder({ 'app.mjs': '' });
    cleanups.push(remove);
    const broken = { ...(await runtime()), binary: join(dir, 'no-such-runtime') };
    await expect(launchApp(broken, { dir, entry: 'app.mjs', runFolder: dir })).rejects.toMatchObject({
      code: 'APP_CRASHED',
      exitCode: 3,
    });
  });
});

describe('captured output', () => {
  it('stops growing on disk at the limit and says so, while the last lines stay at hand', async () => {
    const { dir, remove } = await writeFolder({});
    cleanups.push(remove);
    const [out, err] = [new PassThrough(), new PassThrough()];
    const logs = captureLogs(dir, out, err, { limit: 10_000 });
    for (let line = 0; line < 5_000; line++) out.write(`line ${line} of a very talkative application\n`);
    out.end('no newline at the end');
    err.end();
    await logs.flushed();
    expect((await stat(logs.stdout)).size).toBeLessThan(10_100);
    expect(logs.tail(2)).toEqual(['line 4999 of a very talkative application', 'no newline at the end']);
    expect(logs.tail(1_000)).toHaveLength(200);
  });
});

it.each(['node@22', 'bun', 'deno'])(
  'on %s, what asks the proxy of a run by itself, as axios does, reaches it',
  async (spec) => {
    const asked: (string | undefined)[] = [];
    const proxy = createServer((incoming, answer) => {
      asked.push(`${incoming.method} ${incoming.url?.replace(/:\d+/, '')} ${incoming.headers.host}`);
      answer.end('from the proxy');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    cleanups.push(async () => proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const app = await launch(
      `
    import http, { createServer } from 'node:http';
    const { hostname, port } = new URL(process.env.HTTP_PROXY);
    const options = { hostname, port, path: 'http://api.example/a?b=1', headers: { host: 'api.example' } };
    createServer((_, answer) => {
      http.request(options, (got) => got.pipe(answer)).on('error', (error) => answer.end(error.message)).end();
    }).listen(process.env.PORT, '127.0.0.1');
    `,
      { egress: `http://127.0.0.1:${port}` },
      provisionRuntime(await parseSpec(spec)),
    );
    expect(await (await request(app.origin)).body.text()).toBe('from the proxy');
    expect([...new Set(asked)]).toEqual(['GET http://api.example/a?b=1 api.example']);
  },
);
