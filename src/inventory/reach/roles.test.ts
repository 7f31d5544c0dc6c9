import { describe, expect, it } from 'vitest';
import { at } from '../../model/at.ts';
import { project } from '../../testing/project.ts';
import { collectInventory } from '../index.ts';

const manifest = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'app', ...fields }, null, 2);
const READS = "require('node:fs').readFileSync('x');\n";
const ROUTES =
  "const express = require('express');\nconst app = express();\napp.get('/', (req, res) => res.send('x'));\napp.listen(3000);\n";

/** `file reach`, for each file that reads something. */
async function reaches(root: string): Promise<Record<string, string>> {
  const { builtins } = await collectInventory(root);
  return Object.fromEntries(
    builtins.filter((use) => use.module === 'fs').map((use) => [use.location?.file ?? '-', use.reach]),
  );
}

describe('what belongs to the application', () => {
  it('takes in the folders that Fastify loads plugins and routes from', async () => {
    const root = project({
      'package.json': manifest({ type: 'module', scripts: { start: 'node dist/server.js' } }),
      'src/server.ts': "import app from './app.ts';\napp();\n",
      'src/app.ts':
        "import path from 'node:path';\nimport autoload from '@fastify/autoload';\nexport default (fastify: any) => fastify.register(autoload, { dir: path.join(import.meta.dirname, 'plugins') });\n",
      'src/plugins/app/files.ts': "import fs from 'node:fs';\nfs.readFileSync('x');\n",
      'scripts/seed.ts': "import fs from 'node:fs';\nfs.readFileSync('x');\n",
    });
    expect(await reaches(root)).toEqual({
      'scripts/seed.ts': 'unreached',
      'src/plugins/app/files.ts': 'production',
    });
  });

  it('takes in what the start script starts, in bin/ too, what it loads in a loop, and files named as settings', async () => {
    const root = project({
      'package.json': manifest({ scripts: { start: 'node ./bin/www' }, bin: { make: 'bin/make.js' } }),
      'bin/www': "#!/usr/bin/env node\nrequire('../app');\n",
      'bin/make.js': READS,
      'app.js':
        "require('./src/app.config');\nfor (const name of ['a']) require('./routes/' + name);\nrequire('./examples/kept');\nrequire('child_process').fork('./jobs/mail.js');\n",
      'src/app.config.js': READS,
      'routes/a.js': READS,
      'examples/kept.js': READS,
      'examples/other.js': READS,
      'jobs/mail.js': READS,
      'test/app.js': READS,
    });
    expect(await reaches(root)).toEqual({
      'bin/make.js': 'apart',
      'examples/kept.js': 'production',
      'examples/other.js': 'apart',
      'jobs/mail.js': 'production',
      'routes/a.js': 'production',
      'src/app.config.js': 'production',
      'test/app.js': 'test',
    });
  });

  it.each([
    [
      "import fg from 'fast-glob';\nfor (const path of fg.sync('**/src/routes/**Routes.js')) import('../../' + path);\n",
      'production',
    ],
    [
      "import { glob } from 'glob';\nfor (const path of await glob('src/routes/*.js')) import(path);\n",
      'production',
    ],
    // Files that are found and not loaded.
    ["import fg from 'fast-glob';\nfg.sync('src/routes/*.js');\n", 'unreached'],
    [
      "import fg from './fast-glob.js';\nfor (const path of fg('src/routes/*.js')) import(path);\n",
      'unreached',
    ],
  ])('takes in what the pattern of a glob finds: %s', async (text, reach) => {
    const root = project({
      'package.json': manifest({ type: 'module', main: 'src/main/app.js' }),
      'src/main/app.js': text,
      'src/main/fast-glob.js': 'export default () => [];\n',
      'jest-db.js': READS,
      'src/routes/aRoutes.js': "import fs from 'node:fs';\nfs.readFileSync('x');\n",
    });
    expect(await reaches(root)).toEqual({ 'jest-db.js': 'unreached', 'src/routes/aRoutes.js': reach });
  });

  it('leaves out what a scaffolder copies: its routes, its images, its versions', async () => {
    const root = project({
      'package.json': manifest({ bin: { create: 'bin/cli.js' } }),
      'bin/cli.js': READS,
      'lib/basic/app.js': ROUTES,
      'lib/full/package.json': manifest({ dependencies: { express: '4' } }),
      'lib/full/app.js': ROUTES,
      'lib/full/Dockerfile': 'FROM node:14\n',
      Dockerfile: 'FROM node:22\n',
    });
    const { routes, pins, frameworks, builtins } = await collectInventory(root);
    expect([routes, frameworks, pins.map(({ value }) => value)]).toEqual([[], [], ['22']]);
    expect(builtins.map((use) => use.reach)).toEqual(['production']);
  });

  it('takes both halves of a package that renders in browsers and serves by Express from its scripts', async () => {
    const root = project({
      'package.json': manifest({
        scripts: {
          start: 'concurrently yarn:ui yarn:api',
          ui: 'vite',
          api: 'yarn ts --files api/app.ts',
          ts: 'nyc ts-node -P ts.json',
        },
        dependencies: { 'react-dom': '18' },
        devDependencies: { express: '4' },
      }),
      'index.html': '<script type="module" src="/src/main.js"></script>\n',
      'src/main.js': READS,
      'api/app.ts': ROUTES + READS,
    });
    const { routes, frameworks, entryPoints } = await collectInventory(root);
    expect(entryPoints.map(({ name, source }) => [name, source])).toEqual([['start', 'api/app.ts']]);
    expect([routes.length, frameworks.map(({ name }) => name)]).toEqual([1, ['Express']]);
    expect(await reaches(root)).toEqual({ 'api/app.ts': 'production', 'src/main.js': 'browser' });
  });

  it('takes what pages load, and what lies in public/, for code of browsers', async () => {
    const root = project({
      'package.json': manifest({ scripts: { start: 'node server.mjs' }, dependencies: { express: '4' } }),
      'server.mjs': "import fs from 'node:fs';\nfs.readFileSync('x');\n",
      'views/index.html': '<script type="module" src="../ui/main.js"></script>\n',
      'ui/main.js': "require('./part');\n",
      'ui/part.js': READS,
      'public/page.js': READS,
    });
    const { moduleSystem } = await collectInventory(root);
    expect(moduleSystem.firstCommonjs).toBeNull();
    expect(await reaches(root)).toEqual({
      'public/page.js': 'browser',
      'server.mjs': 'production',
      'ui/part.js': 'browser',
    });
  });
});

describe('server frameworks', () => {
  const named = async (files: Record<string, string>) =>
    (await collectInventory(project(files))).frameworks.map(({ name }) => name);

  it('are those the application loads: not for types, not in a mock, not what Nest runs inside', async () => {
    const nest = { '@nestjs/core': '11', '@nestjs/platform-express': '11', express: '5' };
    expect(
      await named({
        'package.json': manifest({
          scripts: { start: 'node main.js' },
          dependencies: { koa: '2', connect: '3' },
          devDependencies: { express: '4' },
        }),
        'main.ts':
          "import Koa from 'koa';\nimport type { Server } from 'connect';\nexport const serve = (server: Server) => new Koa();\n",
        'test/mock.ts': "import express from 'express';\nexpress();\n",
      }),
    ).toEqual(['Koa']);
    expect(
      await named({
        'package.json': manifest({ dependencies: nest }),
        'main.ts':
          "import { NestFactory } from '@nestjs/core';\nimport express from 'express';\nNestFactory.create(class {}, express());\n",
      }),
    ).toEqual(['Nest']);
  });
});

it('follows a script through the programs that run another command', async () => {
  const root = project({
    'package.json': manifest({
      scripts: {
        test: 'npm run seed && c8 --reporter lcov npm run test:run',
        'test:run': 'glob -c "tsx --test" "./test/**/*.ts"',
        seed: 'nodemon --exec "tsx src/seed.ts"',
        all: 'concurrently "npm run seed" "tsc -w"',
      },
    }),
  });
  const { scripts } = await collectInventory(root);
  expect(scripts.map(({ name, programs, calls }) => [name, programs, calls])).toEqual([
    ['test', ['npm', 'c8', 'npm'], ['seed', 'test:run']],
    ['test:run', ['glob', 'tsx'], []],
    ['seed', ['nodemon', 'tsx'], []],
    ['all', ['concurrently', 'npm', 'tsc'], ['seed']],
  ]);
});

it('knows the functions of Serverless and SAM with their sources, their runtime and what calls them', async () => {
  const root = project({
    'package.json': manifest(),
    'serverless.yml':
      'provider:\n  runtime: nodejs20.x\nfunctions:\n  create:\n    handler: src/users.create\n    events:\n      - http: { method: post, path: users }\n      - schedule: rate(1 hour)\n',
    'src/users.ts': "import fs from 'node:fs';\nexport const create = () => fs.readFileSync('x');\n",
    'template.yaml':
      'Resources:\n  Table: { Type: AWS::DynamoDB::Table }\n  Get:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: api/\n      Handler: app.handler\n      Runtime: nodejs22.x\n      Role: !GetAtt Role.Arn\n      Events:\n        Read: { Type: Api, Properties: { Path: /items, Method: get } }\n',
    'api/app.mjs': 'export const handler = () => {};\n',
  });
  const { functions, builtins } = await collectInventory(root);
  expect(
    functions.map((each) => [
      each.platform,
      each.name,
      each.file,
      each.runtime,
      each.events,
      each.location && at(each.location),
    ]),
  ).toEqual([
    ['serverless', 'create', 'src/users.ts', 'nodejs20.x', ['POST /users', 'schedule'], 'serverless.yml:4:3'],
    ['sam', 'Get', 'api/app.mjs', 'nodejs22.x', ['GET /items'], 'template.yaml:3:3'],
  ]);
  expect(builtins.map((use) => use.reach)).toEqual(['production']);
});

it('takes a program named by start, main and bin at once for a scaffolder, and its copies for no services', async () => {
  const root = project({
    'package.json': manifest({
      main: 'bin/cli.js',
      bin: 'bin/cli.js',
      scripts: { start: 'node bin/cli.js' },
    }),
    'bin/cli.js': READS,
    'lib/basic/app.js': ROUTES,
    'lib/full/package.json': manifest({ dependencies: { express: '4' } }),
  });
  const { routes, services } = await collectInventory(root);
  expect([routes, services]).toEqual([[], []]);
});
