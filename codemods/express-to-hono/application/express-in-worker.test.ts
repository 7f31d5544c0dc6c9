import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseRun, runOnTree, type Tree } from '../../../src/codemod/cases.ts';
import type { RunningApp } from '../../../src/runtimes/contract.ts';
import { launchApp, parseSpec, provisionRuntime } from '../../../src/runtimes/index.ts';
import codemod from '../index.ts';

/** A session that asks more of the request than Hono has stands before everything: a Worker has no bridge. */
const APP = `const express = require('express');
const session = require('express-session');

const app = express();
const genid = (req) => \`\${req.ip}-\${Math.random()}\`;
app.use(express.json());
app.use(session({ genid, secret: 's', resave: false, saveUninitialized: false }));
app.post('/login', (req, res) => {
  if (req.body.password !== 'open') return res.status(403).json({ error: 'wrong' });
  req.session.name = req.body.name;
  res.status(201).json({ name: req.session.name });
});
app.get('/me', (req, res) => {
  if (!req.session.name) return res.status(401).json({ error: 'who?' });
  res.json({ name: req.session.name, query: req.query });
});
app.get('/page', (req, res) => res.sendFile('/page.html'));
app.use((req, res) => res.status(404).send('nothing here'));
app.listen(process.env.PORT);
`;
const MANIFEST =
  '{ "name": "small", "dependencies": { "express": "^4.22.3", "express-session": "^1.19.0" } }\n';
const TREE: Tree = new Map([
  ['package.json', MANIFEST],
  ['server.js', APP],
]);

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const onWorkers = (tree: Tree): Promise<CaseRun> => runOnTree(codemod, tree, { target: 'workers' });
let scratch: string;
let run: CaseRun;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'migrate-as-is-'));
  run = await onWorkers(TREE);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('an application of which nothing can be Hono’s in a Worker', () => {
  it('gets an entry that serves it as it is, and is exported for that', () => {
    expect(run.tree.get('worker.js')).toBe(
      [
        "import { handleAsNodeRequest } from 'cloudflare:node';",
        "import { app } from './server.js';",
        "import { expressInWorker } from './express-parity.js';",
        '',
        'export default expressInWorker(app, handleAsNodeRequest);',
        '',
      ].join('\n'),
    );
    expect(run.tree.get('server.js')).toBe(`${APP}\nexports.app = app;\n`);
    expect(run.tree.get('package.json')).toBe(MANIFEST);
    expect(run.tree.get('express-parity.js')).not.toContain('hono');
  });

  it('has what keeps each handler named, and what a Worker lacks', () => {
    const { outcomes, leftForYou, limits, notes } = run.changeSet;
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['kept']));
    expect(leftForYou.filter(({ blocks }) => blocks)).toEqual([]);
    expect(leftForYou.map(({ rule }) => rule)).toContain('workers/state');
    expect(limits.map(({ route }) => route)).toEqual(['GET /page']);
    expect(notes?.[0]).toBe(
      "Nothing of it becomes Hono's: the Worker serves the Express application as it is.",
    );
  });

  it('exports nothing beside exports of its own, and says that the entry is missing', async () => {
    const own = new Map([...TREE, ['server.js', `${APP}module.exports = { port: 1 };\n`]]);
    const { tree, changeSet } = await onWorkers(own);
    expect(tree).toEqual(own);
    expect(changeSet.outcomes.map(({ outcome }) => outcome)).toContain('refused');
    expect(changeSet.leftForYou).toContainEqual(
      expect.objectContaining({ rule: 'workers/entry', blocks: true, line: 4 }),
    );
  });

  it('is left as it is where the Worker would not start', async () => {
    const computed = new Map([...TREE, ['server.js', `require(process.env.PLUGIN);\n${APP}`]]);
    const { tree, changeSet } = await onWorkers(computed);
    expect(tree).toEqual(computed);
    expect(changeSet.leftForYou.map(({ rule }) => rule)).toContain('workers/modules');
    expect(changeSet.limits.map(({ route }) => route)).toEqual(['POST /login', 'GET /me', 'GET /page']);
    expect(changeSet.limits[0]?.reason).toContain('what `require(process.env.PLUGIN)` loads is not in it');
  });

  it('is no Worker for a server that another file starts', async () => {
    const own = APP.replace('app.listen(process.env.PORT);', 'module.exports = app;');
    const start = "const server = require('https').createServer({ key: '' }, require('./server'));\n";
    const { tree, changeSet } = await onWorkers(
      new Map([...TREE, ['server.js', own], ['start.js', `${start}require('stoppable')(server);\n`]]),
    );
    expect(tree.get('worker.js')).toContain("import app from './server.js';");
    expect(changeSet.leftForYou.filter(({ blocks }) => blocks)).toEqual([]);
  });
});

describe('on workerd', () => {
  let apps: { node: RunningApp; workers: RunningApp };
  beforeAll(async () => {
    apps = {
      node: await start('before', TREE, 'node@22', 'server.js'),
      workers: await start('after', run.tree, 'workers', 'worker.js'),
    };
  }, 120_000);
  afterAll(() => Promise.all(Object.values(apps ?? {}).map((app) => app.stop())));

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

  const login = (password: string) => ({
    method: 'POST' as const,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'ada', password }),
  });
  async function ask(app: RunningApp, path: string, options: Parameters<typeof request>[1] = {}) {
    const { statusCode, headers, body } = await request(app.origin + path, options);
    return { status: statusCode, type: headers['content-type'], body: await body.text() };
  }

  it.each([
    ['/me?a=1', {}],
    ['/nothing', {}],
    ['/login', login('open')],
    ['/login', login('shut')],
    ['/login', { ...login('open'), body: '{"name":' }],
  ])('%s is answered as on Node before', async (path, options) => {
    const before = await ask(apps.node, path, options);
    const after = await ask(apps.workers, path, options);
    const plain = (text: string) => text.replace(/SyntaxError: [\s\S]*/, 'SyntaxError');
    expect({ ...after, body: plain(after.body) }).toEqual({ ...before, body: plain(before.body) });
  });

  it('lets in who has the cookie, and nobody else', async () => {
    const first = await request(`${apps.workers.origin}/login`, login('open'));
    await first.body.dump();
    const [cookie = ''] = [first.headers['set-cookie']].flat();
    const me = { headers: { cookie: cookie.split(';')[0] ?? '' } };
    expect(await ask(apps.workers, '/me?a=1', me)).toMatchObject({
      status: 200,
      body: '{"name":"ada","query":{"a":"1"}}',
    });
    expect(await ask(apps.workers, '/me')).toMatchObject({ status: 401 });
  });
});
