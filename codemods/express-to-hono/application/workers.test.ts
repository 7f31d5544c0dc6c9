import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseRun, runOnTree, type Tree } from '../../../src/codemod/cases.ts';
import { launchApp, parseSpec, provisionRuntime, type RunningApp } from '../../../src/runtimes/index.ts';
import codemod from '../index.ts';

const TREE = new Map([
  [
    'package.json',
    '{ "name": "small", "type": "commonjs", "dependencies": { "express": "^4.22.3", "express-session": "^1.18.0", "cors": "^2.8.5" } }\n',
  ],
  ['src/server.js', "require('./app').listen(process.env.PORT, process.env.HOST);\n"],
  [
    'src/store.js',
    "const { readFileSync } = require('fs');\n\nexports.readNotes = () => JSON.parse(readFileSync('notes.json', 'utf8'));\n",
  ],
  [
    'src/app.js',
    `const express = require('express');
const session = require('express-session');
const cors = require('cors');
const { spawn } = require('node:child_process');
const { readNotes } = require('./store');

const app = express();

app.use(express.json());
app.use((req, res, next) => {
  res.set('X-Seen', req.get('X-Ask') || 'none');
  next();
});

app.get('/healthz', (req, res) => res.json({ status: 'ok' }));
app.post('/echo', (req, res) => res.status(201).json({ got: req.body }));
app.get('/items/:id', (req, res) => res.json({ id: req.params.id, q: req.query }));

app.get('/open', cors(), (req, res) => res.json({ open: true }));
app.get('/who', (req, res) => res.json({ client: [req.ip, req.hostname, req.protocol], http: req.httpVersion }));
app.use('/visits', session({ secret: 'a', resave: false, saveUninitialized: true }));
app.get('/visits', (req, res) => {
  req.session.count = (req.session.count || 0) + 1;
  res.json({ count: req.session.count });
});
app.get('/notes', (req, res) => {
  const held = { res };
  held.res.json(readNotes());
});
app.get('/picture', (req, res) => res.status(200).sendFile('/tmp/picture.png', { headers: req.rawHeaders }));
app.get('/run', (req, res) => spawn('true').on('exit', (code) => res.json({ code })));

app.use((req, res) => res.status(404).json({ error: 'not found' }));

module.exports = app;
`,
  ],
]);

const repository = fileURLToPath(new URL('../../..', import.meta.url));
let scratch: string;
let run: CaseRun;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'migrate-worlds-'));
  run = await runOnTree(codemod, TREE, { parity: 'wire', target: 'workers' });
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** Starts a tree of files on a runtime. */
async function start(name: string, tree: Tree, spec: string, entry: string): Promise<RunningApp> {
  const dir = join(scratch, name);
  for (const [path, text] of tree) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  await symlink(join(repository, 'node_modules'), join(dir, 'node_modules'), 'junction');
  const runtime = await provisionRuntime(await parseSpec(spec));
  return launchApp(runtime, { dir, entry, runFolder: join(scratch, 'runs', name) });
}

describe('an application that goes to Workers in part', () => {
  it('gets an entry that decides in `fetch`', () => {
    expect(run.tree.get('src/worker.js')).toBe(
      [
        "import { handleAsNodeRequest } from 'cloudflare:node';",
        "import app from './app.js';",
        "import { besideExpressInWorker } from './express-parity.js';",
        '',
        'export default besideExpressInWorker(app, handleAsNodeRequest);',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(run.tree.get('wrangler.jsonc') ?? '')).toEqual({
      ...{ name: 'small', main: 'src/worker.js', compatibility_date: '2026-08-04' },
    });
    expect(JSON.parse(run.tree.get('package.json') ?? '').dependencies).toMatchObject({ express: '^4.22.3' });
  });

  it('has each route that needs what a Worker has not named, with the place that needs it', () => {
    const { limits, leftForYou, notes = [] } = run.changeSet;
    expect(limits.map(({ route, reason }) => `${route}: ${reason}`)).toEqual([
      'GET /notes: `fs.readFileSync` (src/store.js:3:38) needs a disk, which Workers do not have: see fs-to-r2',
      'GET /picture: `res.sendFile` needs a disk, which Workers do not have: see fs-to-r2',
      'GET /run: `child_process.spawn` (src/app.js:31:31) starts a process, which a Worker cannot',
    ]);
    expect(leftForYou.filter(({ rule }) => rule === 'workers/state')).toMatchObject([
      { line: 21, reason: 'sessions are kept in memory here, and each isolate of a Worker has its own' },
    ]);
    expect(notes[0]).toContain('`req.ip` is what CF-Connecting-IP says');
  });

  it('keeps its own tests’ listener: what stays needs no other', () => {
    const tested = new Map([
      ...TREE,
      ['test/app.test.js', "require('supertest')(require('../src/app')).get('/');\n"],
    ]);
    return runOnTree(codemod, tested, { target: 'workers' }).then(({ tree }) => {
      expect(tree.get('test/app.test.js')).toBe(tested.get('test/app.test.js'));
    });
  });

  it('has types for the platform’s module in TypeScript', async () => {
    const { tree } = await runOnTree(
      codemod,
      new Map([
        ['package.json', '{ "type": "module", "dependencies": { "express": "^4.22.3" } }\n'],
        [
          'app.ts',
          `import express from 'express';

export const app = express();
app.get('/a', (req, res) => { res.json({}); });
app.get('/b', (req, res) => { res.json({ raw: req.rawHeaders }); });
`,
        ],
      ]),
      { target: 'workers' },
    );
    expect(tree.get('worker.ts')).toContain("import { app } from './app.ts';");
    expect(tree.get('cloudflare-node.d.ts')).toMatch(/^declare module 'cloudflare:node' \{/);
  });

  it('is left as it is where the Worker would not start', async () => {
    const computed = new Map([
      ...TREE,
      ['src/store.js', 'exports.readNotes = () => [];\nrequire(process.env.PLUGIN);\n'],
    ]);
    const app = (TREE.get('src/app.js') ?? '').replace(
      "require('./store')",
      "require('./store');\nrequire(process.env.PLUGIN)",
    );
    const { changeSet } = await runOnTree(codemod, new Map([...computed, ['src/app.js', app]]), {
      target: 'workers',
    });
    expect(changeSet.files.filter(({ oldText, newText }) => oldText !== newText)).toEqual([]);
    expect(changeSet.leftForYou.map(({ rule }) => rule)).toContain('workers/modules');
  });

  it('has a name declared that no other module uses', async () => {
    const app = TREE.get('src/app.js') ?? '';
    const named = (file: string) => `${file}\nstarted = Date.now();\napp.set('started', started);\n`;
    const alone = await runOnTree(codemod, new Map([...TREE, ['src/app.js', named(app)]]), {
      target: 'workers',
    });
    expect(alone.tree.get('src/app.js')).toContain('\nconst started = Date.now();\n');
    const nested = `${app}\nmodule.exports.at = started = Date.now();\n`;
    const within = await runOnTree(codemod, new Map([...TREE, ['src/app.js', nested]]), {
      target: 'workers',
    });
    expect(within.tree.get('src/app.js')).toContain(
      '\nlet started;\nmodule.exports.at = started = Date.now();\n',
    );
    const used = new Map([...TREE, ['src/app.js', named(app)]]).set(
      'src/store.js',
      `${TREE.get('src/store.js')}exports.since = () => started;\n`,
    );
    const shared = await runOnTree(codemod, used, { target: 'workers' });
    expect(shared.tree).toEqual(used);
    expect(shared.changeSet.leftForYou.map(({ rule }) => rule)).toContain('workers/undeclared');
  });
});

interface Ask {
  line: string;
  headers?: Record<string, string>;
  body?: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const ASKED: readonly Ask[] = [
  { line: 'GET /healthz', headers: { 'x-ask': 'me' } },
  { line: 'HEAD /healthz' },
  { line: 'POST /echo', headers: JSON_TYPE, body: '{"a":1}' },
  { line: 'POST /echo', headers: JSON_TYPE, body: '{"a":' },
  { line: 'GET /items/7?a=1&b=2' },
  { line: 'OPTIONS /items/7' },
  { line: 'DELETE /items/7' },
  { line: 'GET /open', headers: { origin: 'http://a.example' } },
  { line: 'OPTIONS /open', headers: { origin: 'http://a.example', 'access-control-request-method': 'GET' } },
  { line: 'GET /visits' },
  { line: 'GET /nothing', headers: { 'x-ask': 'you' } },
  { line: 'POST /who', headers: JSON_TYPE, body: '{"a":1}' },
];

describe('on workerd', () => {
  let apps: { node: RunningApp; workers: RunningApp };
  beforeAll(async () => {
    apps = {
      node: await start('before', TREE, 'node@22', 'src/server.js'),
      workers: await start('after', run.tree, 'workers', 'src/worker.js'),
    };
  }, 120_000);
  afterAll(() => Promise.all(Object.values(apps ?? {}).map((app) => app.stop())));

  async function ask(app: RunningApp, { line, headers = {}, body }: Ask) {
    const [method, path] = line.split(' ');
    const options = { method: method as 'GET', headers, ...(body !== undefined && { body }) };
    const { statusCode, headers: got, body: text } = await request(app.origin + path, options);
    const names = ['x-seen', 'x-powered-by', 'content-type', 'etag', 'allow', 'access-control-allow-origin'];
    return {
      status: statusCode,
      body: await text.text(),
      ...Object.fromEntries(names.map((name) => [name, got[name]])),
    };
  }
  const plain = ({ body, ...rest }: Awaited<ReturnType<typeof ask>>) => ({
    ...rest,
    // The frames of a stack are each runtime's own.
    body: body.replace(/SyntaxError: [\s\S]*/, 'SyntaxError'),
  });

  it.each(ASKED)('$line is answered as on Node before', async (asked) => {
    const before = await ask(apps.node, asked);
    expect(plain(await ask(apps.workers, asked))).toEqual(plain(before));
  });

  it('a session of what stays counts over two requests by its cookie', async () => {
    const first = await request(`${apps.workers.origin}/visits`);
    const [cookie = ''] = [first.headers['set-cookie']].flat();
    await first.body.dump();
    const again = await request(`${apps.workers.origin}/visits`, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(await again.body.json()).toEqual({ count: 2 });
  });

  it('what stays knows its client by the headers that the report names', async () => {
    const told = { 'cf-connecting-ip': '203.0.113.7', host: 'shop.example', 'x-forwarded-proto': 'https' };
    const { body } = await ask(apps.workers, { line: 'GET /who', headers: told });
    expect(JSON.parse(body)).toEqual({ client: ['203.0.113.7', 'shop.example', 'https'], http: '1.1' });
    const bare = await ask(apps.workers, { line: 'GET /who' });
    expect(JSON.parse(bare.body).client).toEqual(['127.0.0.1', '127.0.0.1', 'http']);
  });
});
