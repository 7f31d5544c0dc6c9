import { describe, expect, it } from 'vitest';
import { project } from '../../testing/project.ts';
import type { DetectorContext } from '../detector.ts';
import { collectInventory } from '../index.ts';
import { readFindings } from './index.ts';

const SERVER =
  "const express = require('express');\nconst app = express();\napp.get('/health', (req, res) => res.send('x'));\napp.listen(1);\n";

function application(files: Record<string, string>, manifest: Record<string, unknown> = {}): string {
  return project({
    'package.json': JSON.stringify({
      ...{ name: 'a', main: 'app.js' },
      ...manifest,
      dependencies: { express: '^5', ...(manifest.dependencies as object) },
    }),
    'app.js': SERVER,
    'test/a.test.js': "require('../app');\n",
    ...files,
  });
}

/** `kind name file:line` of the findings, without what Deno's permissions and the runner of tests say of any server. */
async function found(
  files: Record<string, string>,
  manifest: Record<string, unknown> = {},
): Promise<string[]> {
  const { findings, notChecked } = await collectInventory(application(files, manifest));
  expect(notChecked.filter(({ reason }) => reason.includes('failed'))).toEqual([]);
  return findings
    .filter(({ id }) => id !== 'deno-permissions' && id !== 'test-runner')
    .flatMap(({ id, name, places }) => places.map((place) => `${id} ${name} ${place.file}:${place.line}`));
}

it('a finding says where, what, why for each target, and how to refute it', async () => {
  const root = application(
    { 'app.js': `${SERVER}const { Pool } = require('pg');\nconst pool = new Pool();\n` },
    { dependencies: { pg: '^8' } },
  );
  const { findings } = await collectInventory(root);
  expect(findings).toEqual([
    {
      id: 'client-shared',
      topic: 'clients',
      name: 'pg',
      seen: 'a client of pg is made while the modules load, and serves all requests',
      location: { file: 'app.js', line: 6, column: 14 },
      snippet: 'const pool = new Pool();',
      known: 'read',
      places: [{ file: 'app.js', line: 6, column: 14 }],
      targets: [
        {
          target: 'workers',
          level: 'blocks',
          why: 'it answers the first request and fails in later ones (Cannot perform I/O on behalf of a different request)',
        },
      ],
      refute: 'make it inside the handler, or show that the module is not part of what goes to Workers',
      source: expect.stringContaining('bench/findings'),
      asOf: '2026-11-29',
    },
    {
      id: 'deno-permissions',
      topic: 'permissions',
      name: '--allow-net --allow-read',
      seen: 'what the application’s own files use asks Deno for --allow-net --allow-read'.replace('’', "'"),
      location: { file: 'app.js', line: 1, column: 1 },
      snippet: "const express = require('express');",
      known: 'heuristic',
      places: [{ file: 'app.js', line: 1, column: 1 }],
      targets: [
        {
          target: 'deno',
          level: 'differs',
          why: 'nothing is allowed that is not asked for; packages may need more, which a run with --no-prompt tells',
        },
      ],
      refute: 'start it with these flags on Deno',
      source: 'docs.deno.com/runtime/fundamentals/security',
      asOf: '2026-11-29',
    },
  ]);
});

it('only the application’s own files are looked at, and a name that no target minds is no finding', async () => {
  const code = "const crypto = require('crypto');\ncrypto.createHash('sha256');\neval('1');\n";
  expect(await found({ 'test/b.test.js': code, 'examples/c.js': code, 'lib/d.js': code })).toEqual([]);
  expect(await found({ 'app.js': SERVER + code })).toEqual(['dynamic-code eval app.js:7']);
});

it('a package that answers it takes a finding away', async () => {
  const rooms = `${SERVER}const { Server } = require('socket.io');\nnew Server();\n`;
  const manifest = { dependencies: { 'socket.io': '4', '@socket.io/redis-adapter': '8' } };
  const all = ['rooms-memory socket.io app.js:6', 'websocket-server socket.io app.js:6'];
  expect(await found({ 'app.js': rooms }, manifest)).toEqual(all);
  const adapted = `${rooms}require('@socket.io/redis-adapter');\n`;
  expect(await found({ 'app.js': adapted }, manifest)).toEqual(all.slice(1));
});

describe('flags and what starts the program', () => {
  it('are read where production has them', async () => {
    expect(
      await found(
        {
          Dockerfile:
            'FROM node:22\nENV NODE_OPTIONS="--require ./trace.js --max-old-space-size=200"\nCMD ["node", "--expose-gc", "app.js"]\n',
          'compose.yaml':
            'services:\n  a:\n    build: .\n    environment:\n      - NODE_OPTIONS=--import=./b.mjs\n',
          'k8s.yaml':
            'kind: Deployment\nspec:\n  env:\n    - name: NODE_OPTIONS\n      value: --max-old-space-size=1\n',
          Procfile: 'web: node -r dd-trace/init app.js\n',
          'ecosystem.config.js':
            "module.exports = { apps: [{ script: 'app.js', instances: 4, exec_mode: 'cluster' }] };\n",
          '.npmrc': 'node-options=--stack-size=1\n',
        },
        {
          scripts: {
            start: 'cross-env NODE_ENV=production node --import tsx app.js',
            dev: 'nodemon --expose-gc app.js',
          },
        },
      ),
    ).toEqual([
      'options-preload ./trace.js Dockerfile:2',
      'options-preload ./b.mjs compose.yaml:5',
      'options-heap --max-old-space-size=200 Dockerfile:2',
      'options-heap --max-old-space-size=1 k8s.yaml:4',
      'flag-preload dd-trace/init Procfile:1',
      'flag-transpiler tsx package.json:1',
      'flag-other --stack-size .npmrc:1',
      'flag-other --expose-gc Dockerfile:3',
      'pm2-cluster pm2 ecosystem.config.js:1',
    ]);
  });
  it('are none of a command for development', async () => {
    expect(
      await found(
        {},
        { scripts: { dev: 'nodemon app.js', build: 'node --expose-gc build.js', start: 'node app.js' } },
      ),
    ).toEqual([]);
    expect(
      await found(
        { Procfile: 'web: nodemon app.js\n' },
        { scripts: { start: 'ts-node-dev app.ts', serve: 'pm2 start app.js -i max' } },
      ),
    ).toEqual(['start-watcher nodemon Procfile:1', 'pm2-cluster pm2 package.json:1']);
  });
});

it('images are read as far as production runs them', async () => {
  expect(
    await found({
      Dockerfile: [
        'FROM node:22 AS build',
        'RUN npm ci',
        'USER node',
        'FROM node:22 AS run',
        'RUN npm prune && yarn cache clean',
        'COPY --chown=node:node . .',
        'USER node',
        'HEALTHCHECK --interval=5s CMD curl -f http://localhost || exit 1',
        'CMD ["node", "app.js"]',
      ].join('\n'),
      // Starts nothing: other images are made from it.
      'base.Dockerfile': 'FROM node:22\nRUN npm ci\nUSER node\n',
      'other.Dockerfile': 'FROM python:3\nRUN npm ci\nUSER node\nHEALTHCHECK NONE\n',
      'compose.yaml': 'services:\n  a:\n    healthcheck:\n      test: ["CMD", "node", "health.js"]\n',
    }),
  ).toEqual([
    'image-user node Dockerfile:6',
    'image-user node Dockerfile:7',
    'image-programs npm Dockerfile:5',
    'image-programs yarn Dockerfile:5',
    'image-health curl Dockerfile:8',
    'image-health node compose.yaml:4',
  ]);
});

it.each([
  ['a call by its name', "const fs = require('fs');\nfs.writeFileSync('a', 'b');\n", true],
  [
    'a field that keeps the module',
    "class A { static fs = require('fs');\n  put() { this.fs.writeFileSync('a', 'b'); } }\n",
    true,
  ],
  ['a call that reads', "const fs = require('fs');\nfs.readFileSync('a');\n", false],
  ['a module that nothing uses', "const fs = require('fs');\n", false],
  ['a function of that name', "const fs = { writeFileSync() {} };\nfs.writeFileSync('a', 'b');\n", false],
])('Deno is to allow writing for %s', async (_, code, isAsked) => {
  const { findings } = await collectInventory(application({ 'app.js': `${SERVER}${code}` }));
  const flags = findings.find(({ id }) => id === 'deno-permissions')?.name ?? '';
  expect(flags.split(' ').includes('--allow-write')).toBe(isAsked);
});

it.each([
  ['process.env.A;', '--allow-env=A'],
  ['process.env.A;\nconst env = (name) => process.env[name];', '--allow-env'],
  ['const all = { ...process.env };', '--allow-env'],
  ["process.env['A'];", '--allow-env=A'],
  ['const process = { env: {} };\nconst env = (name) => process.env[name];', undefined],
])('Deno is to allow variables as they are read: %s', async (code, expected) => {
  const { findings } = await collectInventory(application({ 'app.js': `${SERVER}${code}\n` }));
  const flags = findings.find(({ id }) => id === 'deno-permissions')?.name.split(' ') ?? [];
  expect(flags.find((flag) => flag.startsWith('--allow-env'))).toBe(expected);
});

it.each([
  ['babel-node app.js', ['start-babel babel-node package.json:1']],
  ['tsx app.js', ['start-transpiler tsx package.json:1']],
  ['node babel-node.js', []],
])('what compiles as it starts is told by what it is: %s', async (start, expected) => {
  const seen = await found({ 'babel-node.js': SERVER }, { scripts: { start } });
  expect(seen.filter((one) => one.startsWith('start-'))).toEqual(expected);
});

it.each([
  ['ts-node-dev --respawn --ignore-watch node_modules app.js', 'app.js'],
  ['tsnd --watch app.js other.js', 'other.js'],
  ['nodemon --watch src --delay 2 app.js', 'app.js'],
  ['node --watch app.js', 'app.js'],
])('what %s starts is no value of an option', async (start, source) => {
  const root = application({ 'other.js': SERVER }, { main: undefined, scripts: { start } });
  const { entryPoints } = await collectInventory(root);
  expect(entryPoints.map((entry) => entry.source)).toEqual([source]);
});

it.each([
  ['CMD ["npm", "start"]', ['image-programs npm Dockerfile:2']],
  ['ENTRYPOINT [ "npm", "run", "dev" ]', []],
  ['CMD yarn start:dev', []],
  ['CMD ["npm", "run", "deviceserver"]', ['image-programs npm Dockerfile:2']],
  ['CMD ["node", "dev.js"]', ['image-programs npm Dockerfile:2']],
])('an image that starts a script of developers runs nowhere in production: %s', async (start, expected) => {
  const files = { Dockerfile: `FROM node:22\nRUN npm install\n${start}\n` };
  expect(await found(files)).toEqual(expected);
});

it('what the package manager is told, secrets left out', async () => {
  const root = application(
    { '.npmrc': '@me:registry=https://x\n//x/:_authToken=SECRET\nshamefully-hoist=true\nfund=false\n' },
    {
      scripts: { preinstall: 'npx only-allow pnpm' },
      dependencies: { b: 'portal:../b', c: 'catalog:', d: '^1' },
    },
  );
  const { findings } = await collectInventory(root);
  expect(JSON.stringify(findings)).not.toContain('SECRET');
  expect(findings.map(({ id, name }) => `${id} ${name}`)).toEqual([
    'only-allow pnpm',
    'npmrc-setting shamefully-hoist',
    'npmrc-registry @me:registry',
    'npmrc-registry _authToken',
    'dependency-protocol portal:',
    'dependency-protocol catalog:',
    'deno-permissions --allow-net --allow-read',
  ]);
});

it('packages that are imported and not declared, by the tree and not by a text that looks like it', async () => {
  const code =
    "const a = require('left-pad');\ndb.from('tasks');\nrequire('lib/db');\nrequire('express');\nrequire('fs');\n";
  expect(await found({ 'app.js': SERVER + code, 'lib/db.js': '' })).toEqual([
    'undeclared-package left-pad app.js:5',
  ]);
  const given = "import 'bun';\nimport 'server-only';\nrequire('@core/db');\nrequire('@other/db');\n";
  const manifest = { dependencies: { next: '15' }, _moduleAliases: { '@core': 'core' } };
  const seen = await found({ 'app.js': SERVER + given }, manifest);
  expect(seen.filter((text) => text.startsWith('undeclared'))).toEqual([
    'undeclared-package @other/db app.js:8',
  ]);
  const typed = "import type { A } from 'only-types';\nimport 'express';\n";
  expect(await found({ 'b.ts': typed, 'app.js': `${SERVER}require('./b.ts');\n` })).toEqual([]);
});

it('nothing of a start script where production calls functions', async () => {
  const files = {
    'src/notes.js': 'exports.list = async () => ({ statusCode: 200 });\n',
    'tools/start.js': "process.on('SIGTERM', () => process.exit());\n",
    'serverless.yml':
      'provider: { name: aws, runtime: nodejs22.x }\nfunctions:\n  list: { handler: src/notes.list, events: [{ http: GET /notes }] }\n',
  };
  const about = { scripts: { start: 'tsx tools/start.js' } };
  const ids = async (more: Record<string, string>) =>
    (await found({ ...files, ...more }, about)).map((text) => text.split(' ')[0]);
  const own = await ids({});
  for (const id of ['process-event', 'start-transpiler']) expect(own).not.toContain(id);
  const image = { Dockerfile: 'FROM node:22\nCMD ["node", "tools/start.js"]\n' };
  expect(await ids(image)).toContain('process-event');
});

it('drivers and engines', async () => {
  const schema = (more: string) => `generator client {\n  provider = "prisma-client-js"\n${more}}\n`;
  const manifest = (version: string) => ({
    dependencies: { '@prisma/client': version, amqplib: '1', ldapjs: '1', '@grpc/grpc-js': '1' },
  });
  const app = `${SERVER}require('amqplib'); require('@grpc/grpc-js'); require('@prisma/client');\n`;
  const drivers = ['driver-tcp amqplib package.json:1', 'driver-http2 @grpc/grpc-js package.json:1'];
  expect(
    await found(
      { 'app.js': app, 'p/schema.prisma': schema('  binaryTargets = ["native", "debian"]\n') },
      manifest('^6.1'),
    ),
  ).toEqual([...drivers, 'prisma-engine native, debian p/schema.prisma:1']);
  expect(
    await found({ 'app.js': app, 'p/schema.prisma': schema('  engineType = "client"\n') }, manifest('^6.1')),
  ).toEqual(drivers);
  expect(await found({ 'app.js': app, 'p/schema.prisma': schema('') }, manifest('^7.0'))).toEqual(drivers);
});

it('files of platforms and other runtimes', async () => {
  expect(
    await found({
      'wrangler.toml':
        'name = "a"\ncompatibility_date = "2024-01-01"\nnode_compat = true\n[[kv_namespaces]]\nbinding = "A"\n',
      'new/wrangler.jsonc': '{ "compatibility_date": "2026-09-01", /* x */ "d1_databases": [] }',
      'mid/wrangler.json': '{ "compatibility_date": "2025-10-01", "compatibility_flags": ["nodejs_compat"] }',
      'vercel.json': '{\n "functions": {\n  "api/a.ts": { "runtime": "nodejs22.x" }, "api/b.ts": {} } }',
      'netlify.toml': '[[edge_functions]]\npath = "/"\n',
      'deno.json': '{ "imports": { "@/": "./src/" }, "unstable": ["kv"] }',
      'bunfig.toml': 'preload = ["./a.ts"]\n',
      'broken/bunfig.toml': 'preload = [',
      'template.yaml':
        'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: app.handler\n      Runtime: nodejs20.x\n',
    }),
  ).toEqual([
    'wrangler-date 2024-01-01 wrangler.toml:2',
    'wrangler-no-node 2024-01-01 wrangler.toml:2',
    'wrangler-legacy node_compat wrangler.toml:3',
    'platform-binding d1_databases new/wrangler.jsonc:1',
    'platform-binding kv_namespaces wrangler.toml:4',
    'vercel-runtime nodejs22.x vercel.json:3',
    'netlify-edge edge_functions netlify.toml:1',
    'deno-imports imports deno.json:1',
    'deno-unstable kv deno.json:1',
    'bunfig-preload preload bunfig.toml:1',
    'lambda-runtime nodejs20.x template.yaml:2',
  ]);
});

it('what tells that the switched application works', async () => {
  const app = SERVER.replace('/health', '/notes');
  expect(await found({ 'app.js': app })).toEqual(['no-health routes app.js:3']);
  expect(await found({ 'app.js': app, Dockerfile: 'FROM node:22\nHEALTHCHECK CMD ["/probe"]\n' })).toEqual(
    [],
  );
  expect(await found({ 'app.js': app, 'render.yaml': 'services:\n  - healthCheckPath: /notes\n' })).toEqual(
    [],
  );
  const { findings } = await collectInventory(
    project({
      'package.json':
        '{"name":"a","main":"app.js","dependencies":{"express":"5"},"devDependencies":{"jest":"30"}}',
      'app.js': SERVER,
    }),
  );
  expect(findings.map(({ id, name }) => `${id} ${name}`)).toEqual([
    'no-tests package.json',
    'test-runner jest',
    'deno-permissions --allow-net --allow-read',
  ]);
});

it('what installed packages bring for each target', async () => {
  const installed = (name: string, manifest: object) => ({
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', ...manifest }),
  });
  const names = ['x', 'b', 'c', 'aws-sdk'];
  expect(
    await found(
      {
        'app.js': SERVER + names.map((name) => `require('${name}');\n`).join(''),
        ...installed('x', {
          license: 'AGPL-3.0',
          exports: { '.': { bun: './bun.js', import: './a.mjs', default: './a.js' } },
        }),
        ...installed('b', { license: '(MIT OR GPL-2.0)', exports: { workerd: './w.js', default: './b.js' } }),
        ...installed('c', {
          license: 'ISC',
          exports: { '.': { node: './c.js', bun: './bun.js', default: './d.js' } },
        }),
      },
      { dependencies: { x: '1', b: '1', c: '1', 'aws-sdk': '2' } },
    ),
  ).toEqual([
    'conditional-bun x package.json:1',
    'conditional-workers b package.json:1',
    'conditional-workers c package.json:1',
    'licence x (AGPL-3.0) package.json:1',
    'bundle-heavy aws-sdk package.json:1',
  ]);
});

it('permissions are those that the sources ask for', async () => {
  const permissions = async (code: string) =>
    (await collectInventory(application({ 'app.js': SERVER + code }))).findings.find(
      ({ id }) => id === 'deno-permissions',
    )?.name;
  expect(
    await permissions(
      "require('fs').writeFileSync('a', process.env.A);\nrequire('child_process').spawn('ls');\n",
    ),
  ).toBe('--allow-net --allow-env=A --allow-read --allow-write --allow-run');
});

it('a rule that breaks is one line of what was not checked', async () => {
  const context = {
    manifests: [],
    roles: async () => ({ of: () => 'application', isOwn: () => true, isForeign: () => false }),
    modules: async () => ({ paths: [], packagesOf: () => [] }),
    survey: async () => ({ files: new Map() }),
    signal: new AbortController().signal,
  } as unknown as DetectorContext;
  const broken = {
    id: 'broken',
    title: 'the broken ones',
    kinds: [],
    see: async () => {
      throw new Error('no\nmore');
    },
  };
  const facts = {} as Parameters<typeof readFindings>[1];
  expect(await readFindings(context, facts, [broken])).toEqual({
    findings: [],
    notChecked: [{ what: 'the broken ones', reason: 'the rule failed: no', location: null }],
  });
});
