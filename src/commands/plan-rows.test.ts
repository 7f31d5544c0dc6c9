import { describe, expect, it } from 'vitest';
import { at } from '../model/at.ts';
import { ChangeSet } from '../model/changeset.ts';
import { Plan } from '../model/plan.ts';
import { project, run } from './__fixtures__/express-project.ts';

type Files = Record<string, string>;
const app = (dependencies: Record<string, string>, text: string, files: Files = {}, fields = {}): string =>
  project({
    'package.json': JSON.stringify({ name: 'app', main: 'app.js', dependencies, ...fields }),
    'app.js': text,
    ...files,
  });
const planOf = async (root: string, target: string) =>
  Plan.parse((await run(root, ['plan', '--target', target, '--json'])).documents[0]);
const places = (items: Plan['blockers']) =>
  Object.fromEntries(items.map((item) => [item.id, item.places.map(at)]));

const express = "const express = require('express');\nconst app = express();\n";

describe('what the runtimes were measured to do otherwise is named with its place', () => {
  it("undici's dispatcher on Bun and Deno", async () => {
    const root = app(
      { express: '4.22.3', undici: '7.0.0' },
      `${express}const { Agent, fetch: get, setGlobalDispatcher } = require('undici');
const agent = new Agent();
app.get('/a', async (req, res) => res.json(await fetch('http://x', { dispatcher: agent })));
app.get('/b', async (req, res) => res.json(await get('http://x', { dispatcher: agent })));
app.get('/c', async (req, res) => res.json(await fetch('http://x')));
setGlobalDispatcher(agent);
app.listen(3000);
`,
    );
    expect(places((await planOf(root, 'bun')).blockers)).toEqual({
      'undici-dispatcher-bun': ['app.js:5:50', 'app.js:6:50', 'app.js:8:1'],
    });
    expect(places((await planOf(root, 'deno')).blockers)['undici-dispatcher-deno']).toEqual([
      'app.js:5:50',
      'app.js:8:1',
    ]);
  });

  it("Stripe's check of a signature on Bun, Deno and Workers, and on the route that makes it", async () => {
    const root = app(
      { express: '4.22.3', stripe: '22.0.0' },
      `${express}const Stripe = require('stripe');
const stripe = new Stripe('sk');
app.post('/hook', express.raw({ type: '*/*' }), (req, res) => res.json(stripe.webhooks.constructEvent(req.body, 'a', 'b')));
app.get('/', (req, res) => res.json(1));
module.exports = app;
`,
    );
    for (const target of ['bun', 'workers'])
      expect(places((await planOf(root, target)).blockers)).toEqual({
        'stripe-sync-crypto': ['app.js:5:72'],
      });
    const routes = (await planOf(root, 'workers')).stages.find(({ id }) => id === 'edge-layer')?.items;
    expect(routes?.map(({ name, moves }) => [name, moves])).toEqual([
      ['POST /hook', false],
      ['GET /', true],
    ]);
  });

  it('environment files that Bun reads, by name and mode, also those that git ignores', async () => {
    const root = app({ express: '4.22.3' }, `${express}app.listen(3000);\n`, {
      '.env': 'A=1\n',
      '.env.development.local': 'A=2\n',
      '.env.staging': 'A=3\n',
      '.gitignore': '.env*\n',
    });
    const plan = await planOf(root, 'bun');
    const named = plan.differences.filter(({ location }) => location?.file.startsWith('.env'));
    expect(named.map(({ id, sentence }) => [id, sentence])).toEqual([
      ['dotenv-modes-bun', expect.stringMatching(/`\.env\.development\.local`.*NODE_ENV=staging/)],
      ['dotenv-file-bun', expect.stringMatching(/^Bun reads `\.env` by itself/)],
    ]);
    expect((await run(root, ['plan', '--target', 'bun'])).out).toContain('.env.development.local:1:1');
  });

  const atLoad = {
    'app.js': `const { randomUUID } = require('node:crypto');
${express}const { warm } = require('./warm');
const id = randomUUID();
warm();
app.get('/', (req, res) => { setTimeout(() => res.json(id), 5); });
module.exports = app;
`,
    'warm.js':
      "const fs = require('node:fs');\nconst text = fs.readFileSync('a.txt');\nexports.warm = () => setInterval(() => text, 1000);\nexports.later = () => setTimeout(() => 1, 5);\n",
    'start.js': "require('./app').listen(3000);\nsetInterval(() => 1, 5);\n",
    'tool.js': "fetch('http://x');\n",
  };

  it('what runs while a Worker loads: timers, random values, requests and files, through calls and imports', async () => {
    const root = app({ express: '4.22.3' }, '', atLoad, { main: 'start.js' });
    const plan = await planOf(root, 'workers');
    expect(places(plan.blockers)).toMatchObject({
      'load-workers': ['app.js:5:12', 'start.js:2:1', 'warm.js:3:22'],
      'disk-at-load-workers': ['warm.js:2:14'],
    });
    const routes = plan.stages.find(({ id }) => id === 'edge-layer')?.items;
    expect(routes?.map(({ moves }) => moves)).toEqual([false]);
  });

  it('and the codemod for Workers names the places behind the application itself', async () => {
    const root = app({ express: '4.22.3' }, '', atLoad, { main: 'start.js' });
    const { documents } = await run(root, [
      'codemod',
      'run',
      'express-to-hono',
      '--target',
      'workers',
      '--json',
    ]);
    const left = ChangeSet.parse(documents[0]).leftForYou.filter(({ rule }) => rule === 'workers/load');
    expect(left.map((place) => at(place)).sort()).toEqual(['app.js:5:12', 'warm.js:2:14', 'warm.js:3:22']);
  });

  it('metadata for decorators, which the bundle of a Worker loses, and where a module is', async () => {
    const root = app(
      { express: '4.22.3' },
      `${express}app.get('/', (req, res) => res.json(__dirname));\nmodule.exports = app;\n`,
      {
        'service.ts': 'declare const a: any;\nexport class A { @a() b = 1; }\n',
        'tsconfig.json': '{\n  // for injection\n  "compilerOptions": { "emitDecoratorMetadata": true }\n}\n',
      },
    );
    const plan = await planOf(root, 'workers');
    expect(places(plan.blockers)['decorator-metadata-workers']).toEqual(['tsconfig.json:3:49']);
    expect(places(plan.differences)['module-path-workers']).toEqual(['app.js:3:37']);
    const node = await planOf(root, 'node@24');
    expect(places(node.differences)['decorator-metadata-node']).toEqual(['tsconfig.json:3:49']);
  });
});
