import { describe, expect, it } from 'vitest';
import { Plan } from '../model/plan.ts';
import { manifest, project, run, shop } from './__fixtures__/express-project.ts';

type Files = Record<string, string>;

async function planOf(files: Files, target: string): Promise<Plan> {
  const root = project(files);
  const { code, documents } = await run(root, ['plan', '--target', target, '--json']);
  expect(code).toBe(0);
  return Plan.parse(documents[0]);
}

const stage = (plan: Plan, id: string) => plan.stages.find((one) => one.id === id);
const moving = (plan: Plan, id: string) =>
  stage(plan, id)
    ?.items.filter(({ moves }) => moves)
    .map(({ name }) => name);
const scripts = (plan: Plan) =>
  Object.fromEntries(
    (stage(plan, 'scripts-to-bun')?.items ?? []).map((item) => [
      item.name,
      item.moves ? item.becomes : item.reasons[0]?.sentence,
    ]),
  );
const app = (dependencies: Record<string, string>, text: string, fields: object = {}): Files => ({
  'package.json': JSON.stringify({ name: 'app', main: 'app.js', dependencies, ...fields }),
  'app.js': text,
});
const express = (lines: string, dependencies: Record<string, string> = {}): Files =>
  app(
    { express: '4.22.3', ...dependencies },
    `const express = require('express');\nconst app = express();\n${lines}\nmodule.exports = app;\n`,
  );

describe('what was not read is unknown', () => {
  it.each([
    [
      'Koa',
      'koa',
      "const Koa = require('koa');\nnew Koa().use((ctx) => { ctx.body = 'x'; }).listen(3000);\n",
    ],
    ['Fastify', 'fastify', "require('fastify')().listen();\n"],
    [
      'Nest',
      '@nestjs/core',
      "const { NestFactory } = require('@nestjs/core');\nNestFactory.create(class {});\n",
    ],
    ['Next.js', 'next', "const next = require('next');\nnext({}).prepare();\n"],
  ])('for %s on Workers, with no stage ready', async (name, dependency, text) => {
    const plan = await planOf(app({ [dependency]: '1.0.0' }, text), 'workers');
    expect(plan.verdict.kind).toBe('unknown');
    expect(plan.verdict.sentence).toContain(`${name}'s routes and handlers were not read`);
    expect(plan.stages.filter(({ status, unit }) => status === 'ready' && unit !== 'scripts')).toEqual([]);
    expect(plan.next).toEqual(['migrate inventory']);
  });

  it('for a framework whose routes are read and that nothing carries to Workers', async () => {
    const text = "require('fastify')().get('/', async () => ({ a: 1 }));\n";
    const plan = await planOf(app({ fastify: '5.0.0' }, text), 'workers');
    expect(plan.verdict.kind).toBe('unknown');
    expect(plan.verdict.sentence).toContain('no codemod carries Fastify to Workers');
    const edge = plan.stages.find(({ id }) => id === 'edge-layer');
    expect(edge?.items.map(({ name, moves }) => [name, moves])).toEqual([['GET /', false]]);
  });

  it('for a server of node:http itself, on Workers and on Bun', async () => {
    const files = app({}, "require('node:http').createServer((q, s) => s.end()).listen(3000);\n");
    for (const target of ['workers', 'bun']) {
      const plan = await planOf(files, target);
      expect([target, plan.verdict.kind, stage(plan, 'full-switch')?.status]).toEqual([
        target,
        'unknown',
        'unknown',
      ]);
    }
  });

  it('for a framework that was not measured on the target; one that was is ready', async () => {
    const unmeasured = await planOf(app({ sails: '1.5.0' }, "require('sails').lift();\n"), 'bun');
    expect(unmeasured.verdict.sentence).toContain('Sails was not measured on Bun 1.4');
    const measured = await planOf(app({ koa: '3.0.0' }, "new (require('koa'))().listen(3000);\n"), 'bun');
    expect(measured.verdict.kind).toBe('move');
  });

  it('for routes that the codemod could not be asked about', async () => {
    const files = express("app.get('/', (req, res) => res.json({}));");
    const plan = await planOf(
      { ...files, 'express-parity.js': 'module.exports = 1;\n', 'src/x.js': '' },
      'workers',
    );
    expect(plan.verdict.kind).not.toBe('move');
    expect(moving(plan, 'edge-layer')).toEqual([]);
  });
});

describe('a package that was not measured on Workers', () => {
  const using = (name: string) =>
    express(
      `const it = require('${name}');\napp.get('/used', (req, res) => res.json(it(req.query.a)));\napp.get('/free', (req, res) => res.json(1));`,
      { [name]: '1.0.0' },
    );

  it('leaves the verdict open, keeps its routes where they are, and a run is next', async () => {
    const plan = await planOf(using('left-pad'), 'workers');
    expect(plan.verdict).toMatchObject({ kind: 'unknown' });
    expect(plan.verdict.sentence).toContain('what `left-pad` does on Workers was not measured');
    expect(stage(plan, 'full-switch')?.status).toBe('unknown');
    expect(moving(plan, 'edge-layer')).toEqual(['GET /free']);
    expect(plan.next[0]).toBe('migrate apply full-switch');
  });

  it('is one without a row; one that answered there as on Node moves', async () => {
    const plan = await planOf(using('ms'), 'workers');
    expect(plan.verdict.kind).toBe('move');
    expect(moving(plan, 'edge-layer')).toEqual(['GET /used', 'GET /free']);
  });
});

describe('the next command follows the verdict', () => {
  it('for Bun it is no codemod for Workers', async () => {
    const plan = await planOf(express("app.get('/', (req, res) => res.json({}));"), 'bun');
    expect(plan.verdict.sentence).toMatch(/^Move to Bun 1.4, keep Express/);
    expect(plan.next).toEqual(['migrate apply full-switch']);
    expect(plan.next.join()).not.toContain('express-to-hono');
  });

  it('a blocker that a command resolves comes first; without one the places do', async () => {
    const root = shop();
    const deno = Plan.parse((await run(root, ['plan', '--target', 'deno', '--json'])).documents[0]);
    expect(deno.next).toEqual(['npm pkg set type=commonjs']);
    const sqlite = shop({
      'package.json': manifest({ dependencies: { express: '4', 'better-sqlite3': '11.0.0' } }),
    });
    const bun = Plan.parse((await run(sqlite, ['plan', '--target', 'bun', '--json'])).documents[0]);
    expect(bun.next).toEqual(['migrate plan --target bun@1.4 --explain']);
  });

  it('the comparison of a converted application is with its code before the stage', async () => {
    const plan = await planOf(express("app.get('/', (req, res) => res.json({}));"), 'workers');
    const actions = plan.stages.flatMap(({ steps }) => steps.flatMap((step) => step.actions));
    const compared = actions.filter((action) => action.do === 'shadow');
    expect(compared.map(({ code, new: next, layer }) => [code, String(next).split('@')[0], layer])).toEqual([
      ['before-stage', 'node', 'workers:edge'],
      ['before-stage', 'workers', undefined],
    ]);
    const layer = plan.stages.find(({ id }) => id === 'edge-layer')?.steps.flatMap(({ actions }) => actions);
    expect(layer?.map((action) => action.do)).toEqual(['codemod', 'shadow', 'ask']);
  });

  it('are none where the codemod leaves the application as it is', async () => {
    const files = express(
      "app.use(require('lusca')({ csrf: true }));\napp.get('/a', (req, res) => res.json(1));\napp.get('/b', (req, res) => res.json(2));",
      { lusca: '1.7.0' },
    );
    const plan = await planOf(files, 'workers');
    expect(moving(plan, 'edge-layer')).toEqual([]);
    const reason = stage(plan, 'edge-layer')?.items[0]?.reasons.find(({ known }) => known === 'probed');
    expect(reason?.sentence).toContain('codemod');
    expect(reason?.location?.file).toBe('app.js');
  });

  it('are read in Hono, with the state, the files and the packages they use', async () => {
    const text = [
      "import { serveStatic } from '@hono/node-server/serve-static';",
      "import { Hono } from 'hono';",
      "import pg from 'pg';",
      'const pool = new pg.Pool();',
      'const seen = new Map();',
      'const api = new Hono();',
      "api.get('/count', (c) => { seen.set(c.req.path, 1); return c.json(seen.size); });",
      "api.get('/users', async (c) => c.json(await pool.query('select 1')));",
      "api.get('/free', (c) => c.json(1));",
      'const app = new Hono();',
      "app.route('/api', api);",
      "app.get('/files/*', serveStatic({ root: './' }));",
      'export default app;',
    ].join('\n');
    const files = app({ hono: '4.6.0', '@hono/node-server': '1.13.0', pg: '8.0.0' }, text, {
      type: 'module',
    });
    const plan = await planOf(files, 'workers');
    expect(moving(plan, 'edge-layer')).toEqual(['GET /api/free']);
    expect(plan.blockers.map(({ id, location }) => [id, location?.line])).toEqual([
      ['static-workers', 12],
      ['state-workers', 7],
      ['shared-client-workers', 1],
    ]);
  });
});

describe('package scripts on Bun', () => {
  const withScripts = (commands: Record<string, string>, files: Files = {}, dependencies = {}): Files => ({
    ...express("app.get('/', (req, res) => res.json({}));\nif (require.main === module) app.listen(3000);"),
    ...files,
    'package.json': JSON.stringify({
      name: 'app',
      main: 'app.js',
      dependencies: { express: '4.22.3', ...dependencies },
      scripts: commands,
    }),
  });

  it('keep npm where Bun has no such command, and take what runs a script', async () => {
    const plan = await planOf(
      withScripts(
        {
          seed: 'node seed.js',
          again: 'npm run seed',
          both: 'npm run seed && node seed.js',
          field: 'npm pkg set private=true',
          install_all: 'npm ci && node seed.js',
          short: 'npm t',
          other: 'npm run seed --workspace=a',
          direct: 'node --run seed',
        },
        { 'seed.js': 'console.log(1);\n' },
      ),
      'bun',
    );
    expect(scripts(plan)).toEqual({
      seed: 'bun seed.js',
      again: 'bun run seed',
      both: 'bun run seed && bun seed.js',
      field: 'Bun has no command that does what `npm pkg` does here',
      install_all:
        'npm ci installs packages; Bun in its place would be another package manager, with a lockfile of its own',
      short: 'Bun has no command that does what `npm t` does here',
      other:
        '`npm run seed --workspace=a` runs a script of another package; Bun chooses packages by other rules',
      direct: 'node --run starts package scripts, which Bun does not take as an option',
    });
  });

  it('stay with an option, a file or an environment of which nothing is known on Bun', async () => {
    const plan = await planOf(
      withScripts(
        {
          preload: 'node -r tsconfig-paths/register seed.js',
          typed: 'ts-node -r tsconfig-paths/register seed.ts',
          traced: 'tsx --trace-uncaught seed.ts',
          covered: 'c8 node seed.js',
          built: 'node dist/seed.js',
          inline: 'node -e "console.log(1)"',
          options: 'cross-env NODE_OPTIONS=--enable-source-maps node seed.js',
          files: 'node --env-file=.env.seed -r dotenv/config seed.js',
        },
        { 'seed.js': 'console.log(1);\n', 'seed.ts': 'console.log(1);\n' },
      ),
      'bun',
    );
    expect(scripts(plan)).toEqual({
      preload: 'what -r tsconfig-paths/register does was not measured on Bun',
      typed: 'what ts-node does for -r was not measured on Bun',
      traced: 'what --trace-uncaught does was not measured on Bun',
      covered: "c8 counts what Node's V8 ran, and Bun writes nothing of that (Bun 1.4.5, 2026-11-28)",
      built: 'not all that it runs was read: dist/seed.js is not among the sources',
      inline: 'the code in the command itself was not read',
      options: 'Bun does not read NODE_OPTIONS, which the command sets',
      files: 'bun --env-file=.env.seed -r dotenv/config seed.js',
    });
  });

  it('run the script called test, where `bun test` is another program', async () => {
    const plan = await planOf(
      withScripts({ test: 'node check.js', all: 'npm test' }, { 'check.js': 'console.log(1);\n' }),
      'bun',
    );
    expect(scripts(plan)).toEqual({ test: 'bun check.js', all: 'bun run test' });
  });

  it('stay with better-sqlite3 11, whatever the target; the application that does not use it moves', async () => {
    const files = withScripts(
      { import: 'node scripts/import.js' },
      { 'scripts/import.js': "require('./db');\n", 'scripts/db.js': "require('better-sqlite3')('x.db');\n" },
      { 'better-sqlite3': '11.10.0' },
    );
    for (const target of ['workers', 'bun']) {
      const plan = await planOf(files, target);
      expect(scripts(plan).import).toContain('better-sqlite3 11.10.0 does not load');
      const reason = stage(plan, 'scripts-to-bun')?.items[0]?.reasons[0];
      expect(reason?.location).toMatchObject({ file: 'scripts/db.js', line: 1 });
      expect(plan.blockers).toEqual([]);
    }
  });

  it('stay when they start the server, by whatever name and file', async () => {
    const plan = await planOf(
      withScripts(
        { local: 'node local.js', dev: 'nodemon', watch: 'tsx watch local.js' },
        { 'local.js': "require('./app').listen(4000);\n" },
      ),
      'bun',
    );
    expect(scripts(plan)).toEqual({
      local: 'it starts a server (local.js:1:1), which would then run on another runtime than in production',
      dev: 'it runs the application during development, which would then run on another runtime than in production',
      watch: 'it starts a server (local.js:1:1), which would then run on another runtime than in production',
    });
  });

  it('started by their path run on Node under `bun run`, and are named after bun', async () => {
    const plan = await planOf(
      withScripts({ seed: './bin/seed.js' }, { 'bin/seed.js': '#!/usr/bin/env node\nconsole.log(1);\n' }),
      'bun',
    );
    expect(scripts(plan)).toEqual({ seed: 'bun ./bin/seed.js' });
    expect(stage(plan, 'scripts-to-bun')?.items[0]?.reasons[0]?.sentence).toContain('asks for Node');
  });
});
