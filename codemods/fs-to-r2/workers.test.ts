import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseRun, runOnTree } from '../../src/codemod/cases.ts';
import { launchApp, parseSpec, provisionRuntime, type RunningApp } from '../../src/runtimes/index.ts';
import { assembleParity } from '../express-to-hono/parity/assemble.ts';
import codemod from './index.ts';

const APP = `
const fs = require('node:fs');
const path = require('node:path');
const { Hono } = require('hono');
const config = require('./config');
const { diskStorage, download, sendFile, upload } = require('./express-parity');

fs.mkdirSync(config.uploads, { recursive: true });

const app = new Hono();
const files = new Map();
const receive = upload({
  storage: diskStorage({
    destination: (c, file, cb) => fs.mkdir(config.uploads, { recursive: true }, (err) => cb(err, config.uploads)),
    filename: (c, file, cb) => cb(null, file.originalname),
  }),
  limits: { fileSize: 20 * 1024 * 1024 },
});

app.post('/files', receive.single('file'), (c) => {
  files.set(c.get('file').originalname, c.get('file'));
  return c.json({ size: c.get('file').size }, 201);
});
app.get('/files/:name', (c) => download(c, files.get(c.req.param('name')).path, 'copy.txt'));
app.get('/files/:name/inline', (c) => sendFile(c, files.get(c.req.param('name')).path));
app.delete('/files/:name', (c) => new Promise((resolve, reject) => {
  fs.unlink(files.get(c.req.param('name')).path, (err) => (err ? reject(err) : resolve(c.body(null, 204))));
}));

app.get('/steps', async (c) => {
  const at = (name) => path.join(config.uploads, 'notes', name);
  const steps = [];
  const step = (work) => work.then((value) => steps.push(value ?? 'done'), (err) => steps.push(err.code));
  await step(fs.promises.mkdir(path.join(config.uploads, 'notes'), { recursive: true }).then(() => 'made'));
  await step(fs.promises.readFile(at('a.txt'), 'utf8'));
  await step(fs.promises.writeFile(at('a.txt'), 'caf\\u00e9'));
  await step(fs.promises.writeFile(at('b.txt'), Buffer.from('bytes')));
  await step(fs.promises.readFile(at('a.txt'), 'utf8'));
  await step(fs.promises.readFile(at('a.txt')).then((bytes) => bytes.toString('hex')));
  await step(fs.promises.access(at('b.txt')));
  await step(fs.promises.access(at('c.txt')));
  await step(fs.promises.rename(at('b.txt'), at('c.txt')));
  await step(fs.promises.readdir(path.join(config.uploads, 'notes')));
  await step(fs.promises.stat(at('c.txt')).then((stats) => [stats.size, stats.isFile(), stats.isDirectory()]));
  await step(fs.promises.stat(path.join(config.uploads, 'notes')).then((stats) => [stats.isFile(), stats.isDirectory()]));
  await step(fs.promises.stat(at('b.txt')));
  await step(fs.promises.unlink(at('b.txt')));
  await step(new Promise((resolve, reject) => {
    let text = '';
    fs.createReadStream(at('a.txt'), { start: 1, end: 2 }).on('data', (chunk) => (text += chunk)).on('error', reject).on('end', () => resolve(text));
  }));
  await step(new Promise((resolve, reject) => fs.createReadStream(at('none.txt')).on('error', reject).on('end', resolve).resume()));
  return c.json(steps);
});

app.get('/names', async (c) => c.json(await fs.promises.readdir(config.uploads)));
app.onError((err, c) => c.json({ error: err.message.replace(/'.*'/, 'it'), status: err.status }, err.status ?? 500));

module.exports = app;
`;

const TREE = new Map([
  ['package.json', '{ "name": "stored", "type": "commonjs" }\n'],
  ['src/config.js', `exports.uploads = require('node:path').resolve('uploads');\n`],
  ['src/app.js', APP.trimStart()],
  [
    'src/server.js',
    `const { serve } = require('@hono/node-server');\n\nserve({ fetch: require('./app').fetch, port: process.env.PORT });\n`,
  ],
  [
    'src/express-parity.js',
    assembleParity({
      names: ['diskStorage', 'download', 'sendFile', 'upload'],
      ...{ format: 'cjs', typescript: false, expressVersion: 4 },
    }).text,
  ],
]);

const repository = fileURLToPath(new URL('../..', import.meta.url));
let dir: string;
let converted: CaseRun;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'migrate-r2-'));
  converted = await runOnTree(codemod, TREE, {});
  for (const [path, text] of converted.tree) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  await symlink(join(repository, 'node_modules'), join(dir, 'node_modules'), 'junction');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it('converts every use of the folder and leaves nothing', () => {
  const { outcomes, leftForYou, limits } = converted.changeSet;
  expect(outcomes.filter(({ outcome }) => outcome !== 'converted')).toEqual([]);
  expect(outcomes).toHaveLength(23);
  expect({ leftForYou, limits }).toEqual({ leftForYou: [], limits: [] });
  expect(converted.tree.get('src/app.js')).not.toMatch(/\bfs\.|node:fs/);
});

/** What both backends answer to the calls of \`/steps\`. */
const STEPS = [
  ...['made', 'ENOENT', 'done', 'done', 'café', '636166c3a9', 'done', 'ENOENT', 'done'],
  ['a.txt', 'c.txt'],
  [5, true, false],
  [false, true],
  ...['ENOENT', 'ENOENT', 'af', 'ENOENT'],
];

describe.each([
  { spec: 'node@22', entry: 'src/server.js', where: 'on disk' },
  { spec: 'workers', entry: 'src/worker.js', where: 'in R2' },
])('with $spec the files are $where', ({ spec, entry }) => {
  let app: RunningApp;
  beforeAll(async () => {
    const runtime = await provisionRuntime(await parseSpec(spec));
    app = await launchApp(runtime, { dir, entry, runFolder: join(dir, 'runs', spec) });
  });
  afterAll(() => app.stop());

  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const {
      statusCode,
      headers: got,
      body,
    } = await request(app.origin + path, { method: method as 'GET', headers });
    return { status: statusCode, headers: got, body: Buffer.from(await body.arrayBuffer()) };
  };
  const send = async (name: string, bytes: Uint8Array) => {
    const form = new FormData();
    form.append('file', new File([bytes as Uint8Array<ArrayBuffer>], name, { type: 'text/plain' }));
    const response = await fetch(`${app.origin}/files`, { method: 'POST', body: form });
    return { status: response.status, body: await response.json() };
  };

  it('an upload is downloaded as it was, in whole and in part', async () => {
    expect(await send('a.txt', Buffer.from('hello world'))).toEqual({ status: 201, body: { size: 11 } });
    const whole = await ask('/files/a.txt');
    expect(whole).toMatchObject({ status: 200, body: Buffer.from('hello world') });
    expect(whole.headers).toMatchObject({
      ...{
        'content-type': 'text/plain; charset=UTF-8',
        'accept-ranges': 'bytes',
        'cache-control': 'public, max-age=0',
      },
      'content-disposition': 'attachment; filename="copy.txt"',
    });
    const part = await ask('/files/a.txt/inline', { range: 'bytes=6-' });
    expect(part).toMatchObject({ status: 206, body: Buffer.from('world') });
    expect(part.headers['content-range']).toBe('bytes 6-10/11');
    expect(await ask('/files/a.txt', { range: 'bytes=40-' })).toMatchObject({ status: 416 });
  });

  it('a client that has the file is told so', async () => {
    const { headers } = await ask('/files/a.txt');
    expect(headers.etag).toMatch(/^W\/"b-[0-9a-f]+"$/);
    expect(Date.now() - Date.parse(String(headers['last-modified']))).toBeLessThan(60_000);
    const again = await ask('/files/a.txt', { 'if-none-match': String(headers.etag) });
    expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
    expect(
      await ask('/files/a.txt', { 'if-modified-since': String(headers['last-modified']) }),
    ).toMatchObject({ status: 304 });
  });

  it('empty files and files of several parts keep every byte', async () => {
    expect(await send('empty.txt', Buffer.alloc(0))).toEqual({ status: 201, body: { size: 0 } });
    expect(await ask('/files/empty.txt')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    const large = Buffer.alloc(17 * 1024 * 1024 + 3);
    for (let at = 0; at < large.length; at += 1) large[at] = (at * 7 + (at >> 12)) % 251;
    expect(await send('large.txt', large)).toEqual({ status: 201, body: { size: large.length } });
    expect((await ask('/files/large.txt')).body.equals(large)).toBe(true);
    const { body } = await ask('/files/large.txt', { range: 'bytes=8388600-8388620' });
    expect(body.equals(large.subarray(8388600, 8388621))).toBe(true);
  });

  it('a file over the limit is refused', async () => {
    const { status, body } = await send('huge.txt', Buffer.alloc(20 * 1024 * 1024 + 1));
    expect({ status, body }).toEqual({ status: 500, body: { error: 'File too large' } });
  });

  it('a removed file is gone', async () => {
    expect(await ask('/files/a.txt', {}, 'DELETE')).toMatchObject({ status: 204 });
    expect(await ask('/files/a.txt')).toMatchObject({ status: 404 });
    expect(await ask('/files/a.txt', {}, 'DELETE')).toMatchObject({ status: 500 });
  });

  it('every call of the storage module answers the same', async () => {
    expect(JSON.parse((await ask('/steps')).body.toString())).toEqual(STEPS);
  });

  it('what is stored is where it should be, and the limit left nothing behind', async () => {
    const names = ['empty.txt', 'large.txt', 'notes'];
    expect(JSON.parse((await ask('/names')).body.toString())).toEqual(names);
    const onDisk = await readdir(join(dir, 'uploads')).catch(() => []);
    expect(onDisk.sort()).toEqual(spec === 'workers' ? [] : names);
    await rm(join(dir, 'uploads'), { recursive: true, force: true });
  });
});
