import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeContractApps, writeFolder } from '../testing/runtime-apps.ts';
import { placesInBundle } from '../workspace/bundle-places.ts';
import {
  type LaunchOptions,
  launchApp,
  type ProvisionedRuntime,
  parseSpec,
  provisionRuntime,
  type RunningApp,
} from './index.ts';

const repository = new URL('../..', import.meta.url).pathname;

/** A Hono application with what converted back ends use: CommonJS packages, bare and prefixed Node builtins. */
const HONO = `
import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import path from 'path';
import semver from 'semver';
import { pathToRegexp } from 'path-to-regexp';
const app = new Hono();
app.get('/', (c) => c.json({
  sha1: createHash('sha1').update('a').digest('hex'),
  path: path.join('a', 'b'),
  cjs: semver.valid('v1.2.3'),
  keys: pathToRegexp('/a/:b').keys.length,
  vars: [c.env.NAME, process.env.NAME],
  given: process.env.GIVEN,
}));
export default app;
`;

let runtime: ProvisionedRuntime;
const cleanups: (() => Promise<unknown>)[] = [];

async function launch(
  dir: string,
  options: Partial<LaunchOptions> = {},
  used = runtime,
): Promise<RunningApp> {
  const app = await launchApp(used, { dir, runFolder: join(dir, 'run'), ...options });
  cleanups.unshift(() => app.stop());
  return app;
}

async function folder(files: Record<string, string>): Promise<string> {
  const { dir, remove } = await writeFolder(files);
  cleanups.push(remove);
  await symlink(join(repository, 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

beforeAll(async () => {
  runtime = await provisionRuntime(await parseSpec('workers'));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('a Worker', () => {
  it('runs a Hono application with CommonJS packages and Node builtins, its entry and vars from wrangler.toml', async () => {
    const dir = await folder({
      'src/worker.js': HONO,
      'wrangler.toml': 'main = "src/worker.js"\n[vars]\nNAME = "toml"\n',
      'package.json': '{ "type": "module", "main": "nothing.js" }',
    });
    const app = await launch(dir, { env: { GIVEN: 'by the run' } });
    expect(await (await request(app.origin)).body.json()).toEqual({
      sha1: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
      path: 'a/b',
      cjs: '1.2.3',
      keys: 1,
      vars: ['toml', 'toml'],
      given: 'by the run',
    });
  });

  it('is not started from a CommonJS entry that only listens: nobody would ever ask it', async () => {
    const dir = await folder({
      'package.json': '{ "name": "app", "main": "app.js" }',
      'app.js': "require('node:http').createServer((q, s) => s.end()).listen(process.env.PORT);\n",
    });
    await expect(launch(dir)).rejects.toMatchObject({
      exitCode: 3,
      message: 'app.js has no default export, and Workers need one to call.',
    });
  });

  it('keeps an upload in the R2 bucket its wrangler.jsonc names, across restarts when told where', async () => {
    const dir = await folder({
      'index.js': `export default { async fetch(request, env) {
        const key = new URL(request.url).pathname.slice(1);
        if (request.method === 'PUT') { await env.UPLOADS.put(key, request.body); return new Response(null, { status: 201 }); }
        const object = await env.UPLOADS.get(key);
        return object ? new Response(object.body) : new Response('none', { status: 404 });
      } };`,
      'wrangler.jsonc': '{ // local\n "r2_buckets": [{ "binding": "UPLOADS", "bucket_name": "uploads" }], }',
    });
    const stateFolder = join(dir, 'state');
    const first = await launch(dir, { stateFolder });
    expect((await request(`${first.origin}/a.txt`, { method: 'PUT', body: 'kept' })).statusCode).toBe(201);
    await first.stop();
    const second = await launch(dir, { stateFolder });
    expect(await (await request(`${second.origin}/a.txt`)).body.text()).toBe('kept');
    await second.stop();
    const fresh = await launch(dir);
    expect((await request(`${fresh.origin}/a.txt`)).statusCode).toBe(404);
  });

  it('reads the files its rules name with node:fs, as a CommonJS module with a defined __dirname', async () => {
    const dir = await folder({
      'src/index.js': `const fs = require('fs'); const path = require('path');
        const file = path.join(__dirname, '..', 'public', 'a.css');
        module.exports = { fetch: () => new Response(fs.readFileSync(file)) };`,
      'public/a.css': 'body {}',
      'public/deep/b.txt': 'not named by a rule',
      'wrangler.jsonc': JSON.stringify({
        ...{ main: 'src/index.js', base_dir: '.', find_additional_modules: true },
        ...{ rules: [{ type: 'Data', globs: ['public/*.css'] }], define: { __dirname: '"/bundle/src"' } },
      }),
    });
    const app = await launch(dir);
    expect(await (await request(app.origin)).body.text()).toBe('body {}');
  });

  it('gives modules the places that placesInBundle defines for them, at a date at which they have none', async () => {
    const sources: Record<string, string> = {
      'app.js':
        "import { views } from './lib/views.js';\nconst own = new URL('../data', import.meta.url).href;\nexport default { fetch: () => Response.json({ own, views, file: import.meta.filename }) };\n",
      'lib/views.js': "export const views = import.meta.dirname + '/views';\n",
      'broken.js': 'import.meta.url (',
      'test/app.test.js': 'console.log(__dirname);\n',
    };
    const files = { paths: Object.keys(sources), read: async (path: string) => sources[path] ?? null };
    const define = await placesInBundle(files, 'src/app.js');
    expect(Object.keys(define)).toEqual(['import.meta.url', 'import.meta.dirname', 'import.meta.filename']);
    const { 'broken.js': _, ...whole } = sources;
    const dir = await folder({
      ...whole,
      'wrangler.json': JSON.stringify({ main: 'app.js', compatibility_date: '2026-08-04', define }),
    });
    const app = await launch(dir);
    expect(await (await request(`${app.origin}/`)).body.json()).toEqual({
      ...{ own: 'file:///bundle/data', views: '/bundle/src/views', file: '/bundle/src/app.js' },
    });
  });

  it('has the date that was asked for, else the application’s, else the newest, as its identity', async () => {
    const dir = await folder({
      'index.js': 'export default { fetch: () => new Response("ok") };',
      'wrangler.json':
        '{ "compatibility_date": "2026-05-01", "compatibility_flags": ["enable_request_signal"] }',
    });
    const own = await launch(dir);
    expect(own.runtime).toMatchObject({
      compatibilityDate: '2026-05-01',
      compatibilityFlags: ['enable_request_signal', 'nodejs_compat'],
    });
    expect(own.notes.join()).toContain('2026-05-01, from');
    const asked = await launch(dir, {}, await provisionRuntime(await parseSpec('workers@2026-07-30')));
    expect(asked.runtime.compatibilityDate).toBe('2026-07-30');
    expect(runtime.compatibilityDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it.each([
    [
      'no default export',
      { 'index.js': 'import "node:http"; console.log(1);' },
      'ENTRY_NOT_RUNNABLE',
      'no default export',
    ],
    [
      'a package that is not there',
      { 'index.js': 'import x from "not-there"; export default x;' },
      'ENTRY_NOT_RUNNABLE',
      'index.js:1:15',
    ],
    [
      'a Wrangler file that does not parse',
      { 'index.js': '', 'wrangler.json': '{ "main" ' },
      'BAD_WRANGLER_FILE',
      'wrangler.json',
    ],
    [
      'a Wrangler file of another shape',
      { 'index.js': '', 'wrangler.toml': 'main = 3' },
      'BAD_WRANGLER_FILE',
      'main',
    ],
    [
      'a date from the future',
      { 'index.js': 'export default {}', 'wrangler.json': '{"compatibility_date":"2999-01-01"}' },
      'UNKNOWN_VERSION',
      '2999-01-01',
    ],
    ['nothing to start', { 'readme.txt': '' }, 'NO_ENTRY', 'No file to start'],
    ['a broken package.json', { 'package.json': '{' }, 'BAD_PACKAGE_JSON', 'package.json'],
  ])('with %s is refused in one sentence', async (_name, files, code, words) => {
    const dir = await folder(files as Record<string, string>);
    await expect(launch(dir)).rejects.toMatchObject({
      code,
      exitCode: 3,
      message: expect.stringContaining(words),
    });
  });
});

describe('an entry', () => {
  it('is found from the start script, and TypeScript is refused where the runtime cannot run it', async () => {
    const dir = await folder({
      'package.json':
        '{ "type": "module", "scripts": { "start": "NODE_ENV=production node --enable-source-maps src/boot.ts --x" } }',
      'src/boot.ts': `import { createServer } from 'node:http';
        createServer((_: unknown, response) => response.end('typed')).listen(Number(process.env.PORT), '127.0.0.1');`,
    });
    const app = await launch(dir, {}, await provisionRuntime(await parseSpec('node@22')));
    expect(await (await request(app.origin)).body.text()).toBe('typed');
    const old = { ...app.runtime, version: '20.19.0' };
    await expect(launch(dir, {}, old)).rejects.toMatchObject({ code: 'ENTRY_NOT_RUNNABLE', exitCode: 3 });
  });

  it('that does not exist is named', async () => {
    const { dir, remove } = await writeContractApps();
    cleanups.push(remove);
    await expect(launch(dir, { entry: 'gone.js' })).rejects.toMatchObject({
      code: 'NO_ENTRY',
      message: expect.stringContaining('gone.js'),
    });
    await expect(launch(join(dir, 'gone'))).rejects.toMatchObject({ code: 'NO_SUCH_FOLDER', exitCode: 3 });
  });
});

afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
