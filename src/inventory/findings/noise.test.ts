import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { found, SERVER } from '../../testing/found.ts';

describe('the health of an image is asked by a program that stays with it', () => {
  const image = (from: string, run: string, program: string) =>
    `FROM ${from}\n${run}\nHEALTHCHECK CMD ${program} http://localhost || exit 1\nCMD ["node", "app.js"]\n`;
  it.each([
    ['node:22', 'RUN true', 'wget -q', ['wget Dockerfile']],
    ['node:22', 'RUN true', 'curl -f', ['curl Dockerfile']],
    ['node:22-alpine', 'RUN true', 'wget -q', []],
    ['node:22-alpine', 'RUN true', 'curl -f', ['curl Dockerfile']],
    ['node:22-alpine', 'RUN apk add --no-cache curl', 'curl -f', []],
    ['node:22', 'RUN apt-get update && apt-get install -y --no-install-recommends curl', 'curl -f', []],
    ['node:22', 'RUN <<EOF\napt-get update\n# curl\napt-get install -y curl\nEOF', 'curl -f', []],
    ['node:22', 'RUN cat <<EOF > a\napt-get install -y curl\nEOF', 'curl -f', ['curl Dockerfile']],
    ['node:22', 'RUN apt-get install -y tini', 'curl -f', ['curl Dockerfile']],
    ['node:22', 'RUN apt-get install -y nodejs', 'node health.js', ['node Dockerfile']],
  ])('%s, %s, %s', async (from, run, program, expected) => {
    expect(await found('image-health', { 'app.js': SERVER, Dockerfile: image(from, run, program) })).toEqual(
      expected,
    );
  });
});

it('a setting of pnpm that says what it does anyway is none', async () => {
  const settings = [
    'auto-install-peers=true',
    'auto-install-peers=false',
    'strict-peer-dependencies=false',
    'strict-peer-dependencies = true',
    'shamefully-hoist=false',
    'shamefully-hoist=true',
    'node-linker=isolated',
    'node-linker=hoisted',
    'public-hoist-pattern[]=*types*',
    'legacy-peer-deps=true',
  ];
  const said = await Promise.all(
    settings.map(async (line) => {
      const names = await found('npmrc-setting', { 'app.js': SERVER, '.npmrc': `${line}\n` });
      return `${line}: ${names.length}`;
    }),
  );
  expect(said).toEqual([
    'auto-install-peers=true: 0',
    'auto-install-peers=false: 1',
    'strict-peer-dependencies=false: 0',
    'strict-peer-dependencies = true: 1',
    'shamefully-hoist=false: 0',
    'shamefully-hoist=true: 1',
    'node-linker=isolated: 0',
    'node-linker=hoisted: 1',
    'public-hoist-pattern[]=*types*: 0',
    'legacy-peer-deps=true: 1',
  ]);
});

describe('a package that is imported and not declared', () => {
  it.each([
    ['a value', "import { A } from 'other';\nnew A();\n", ['other b.ts']],
    ['a type that no word says is one', "import { A } from 'other';\nexport const a = (b: A) => b;\n", []],
    ['a default that is a type', "import A from 'other/deep';\nlet a: A | undefined;\nexport { a };\n", []],
    ['a value and a type', "import { A, B } from 'other';\nexport const a = (b: A) => B;\n", ['other b.ts']],
    [
      'a name that is used as both',
      "import { A } from 'other';\nexport const a: A = new A();\n",
      ['other b.ts'],
    ],
    ['a name that nothing uses', "import { A } from 'other';\n", ['other b.ts']],
    ['what is exported again', "import { A } from 'other';\nexport { A };\n", ['other b.ts']],
    ['for its effects', "import 'other';\n", ['other b.ts']],
  ])('%s', async (_, code, expected) => {
    const files = { 'app.js': `${SERVER}require('./b.ts');\n`, 'b.ts': code };
    expect(await found('undeclared-package', files)).toEqual(expected);
  });

  it('the packages of a function and of its layer are its own', async () => {
    const files = {
      'template.yaml':
        'Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: list\n      Handler: app.handler\n      Runtime: nodejs22.x\n      Events:\n        A:\n          Type: Api\n          Properties: { Path: /, Method: get }\n',
      'list/app.js':
        "require('axios');\nrequire('aws-sdk');\nexports.handler = async () => ({ statusCode: 200 });\n",
      'list/package.json': '{"name":"list","dependencies":{"left-pad":"1"}}',
    };
    const layer = { 'layer/package.json': '{"name":"layer","dependencies":{"axios":"1"}}' };
    expect(await found('undeclared-package', files, null)).toEqual([
      'axios list/app.js',
      'aws-sdk list/app.js',
    ]);
    expect(await found('undeclared-package', { ...files, ...layer }, null)).toEqual(['aws-sdk list/app.js']);
  });
});

it('nobody asks an instance of a function whether it is well', async () => {
  const manifest =
    'provider: { name: aws, runtime: nodejs22.x }\nfunctions:\n  all: { handler: lambda.handler, events: [{ http: "ANY /{proxy+}" }] }\n';
  const files = {
    'app.js': SERVER.replace('app.listen(1)', 'module.exports = app'),
    'lambda.js': "exports.handler = require('serverless-http')(require('./app'));\n",
  };
  expect(await found('no-health', files)).toEqual(['routes app.js']);
  expect(await found('no-health', { ...files, 'serverless.yml': manifest })).toEqual([]);
  const image = { Dockerfile: 'FROM node:22\nCMD ["node", "app.js"]\n' };
  expect(await found('no-health', { ...files, ...image, 'serverless.yml': manifest })).toEqual([
    'routes app.js',
  ]);
});

describe('a file that a script starts which is run by hand', () => {
  const WRITES = "const fs = require('fs');\nfs.writeFileSync('docker-compose.yml', '');\n";
  it.each([
    ['db:setup', 'npx tsx lib/setup.js', SERVER, []],
    ['setup', 'node ./lib/setup.js --all', SERVER, []],
    ['postinstall', 'node lib/setup.js', SERVER, []],
    ['registry:build', 'tsc && node lib/setup.js', SERVER, []],
    ['migrate', 'node lib/setup.js', SERVER, ['docker-compose.yml lib/setup.js']],
    ['worker', 'node lib/setup.js', SERVER, ['docker-compose.yml lib/setup.js']],
    ['setup', 'node lib/other.js', SERVER, ['docker-compose.yml lib/setup.js']],
    // The application loads it, too.
    ['setup', 'node lib/setup.js', `${SERVER}require('./lib/setup');\n`, ['docker-compose.yml lib/setup.js']],
  ])('%s: %s', async (name, command, app, expected) => {
    const files = { 'app.js': app, 'lib/setup.js': WRITES };
    // Without an entry point that is a file, each file may be the application's: Next finds its own.
    const manifest = { main: undefined, scripts: { start: 'next start', [name]: command } };
    expect(await found('file-written', files, manifest)).toEqual(expected);
  });
});

it('a manifest of Serverless for a machine of developers says nothing beside the one that is deployed', async () => {
  const manifest =
    'provider: { name: aws, runtime: nodejs22.x }\nfunctions:\n  all: { handler: app.handler }\n';
  const files = { 'app.js': 'exports.handler = async () => ({});\n' };
  const of = (...names: string[]) =>
    found('lambda-runtime', { ...files, ...Object.fromEntries(names.map((name) => [name, manifest])) });
  expect(await of('serverless.yml')).toEqual(['nodejs22.x serverless.yml']);
  expect(await of('serverless.offline.yml')).toEqual(['nodejs22.x serverless.offline.yml']);
  expect(await of('serverless.yml', 'serverless.offline.yml')).toEqual(['nodejs22.x serverless.yml']);
  // One place is told of a runtime: the first.
  expect(await of('serverless.yml', 'serverless.jobs.yml')).toEqual(['nodejs22.x serverless.jobs.yml']);
});

describe('an image that is shown starts nothing of production', () => {
  const other = "const http = require('http');\nconst { K } = process.env;\nhttp.createServer().listen(K);\n";
  it.each([
    ['deploy-recipes/run', 'app.js'],
    ['examples', 'app.js'],
    ['docker', 'docker/index.js'],
  ])('%s', async (folder, entry) => {
    const files = {
      'app.js': SERVER,
      [`${folder}/index.js`]: other,
      [`${folder}/Dockerfile`]: 'FROM node:22\nCOPY . .\nCMD ["node", "index.js"]\n',
    };
    const [permissions] = await found('deno-permissions', files);
    expect(permissions?.split(' ').at(-1)).toBe(entry);
  });
});

it.each([
  ["folder + '/' + name", 'a path that is made at run time'],
  ["require('path').join(__dirname, '../..', name)", 'a path that is made at run time'],
  ["folder + '/kept.json'", '/kept.json'],
])('a file that is written at %s is called %s', async (path, name) => {
  const code = `const fs = require('fs');\nmodule.exports = (folder, name) => fs.writeFileSync(${path}, 'x');\n`;
  expect(await found('file-written', { 'app.js': `${SERVER}require('./b');\n`, 'b.js': code })).toEqual([
    `${name} b.js`,
  ]);
});

describe('what is no part of the server asks nothing of it', () => {
  const browser = {
    'index.html': '<script type="module" src="/web/main"></script>\n',
    'web/main.js': "import { createApp } from 'vue';\nimport './store.js';\ncreateApp({}).mount('#app');\n",
    'web/store.js': "localStorage.setItem('a', 'b');\n",
  };
  it('where the half for browsers lies beside it', async () => {
    expect(await found('storage-global', { 'app.js': SERVER, ...browser })).toEqual([]);
    const server = `${SERVER}localStorage.setItem('a', 'b');\n`;
    expect(await found('storage-global', { 'app.js': server, ...browser })).toEqual(['localStorage app.js']);
  });
  it('where what it renders has no page of its own', async () => {
    const { 'index.html': _page, ...rest } = browser;
    expect(await found('storage-global', { 'app.js': SERVER, ...rest })).toEqual([]);
  });
  it('where it lies in a folder of tools and nothing is known that starts', async () => {
    const writes = "require('fs').writeFileSync('out.txt', 'x');\n";
    const files = { '.github/scripts/label.js': writes, 'app.js': SERVER };
    expect(await found('file-written', files, { main: 'gone.js' })).toEqual([]);
  });
});

it('a server is found where tsc takes the one folder it includes for the root', async () => {
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "outDir": "server" }, "include": ["api/**/*.ts"] }',
    'api/bin/www.ts': "import { writeFileSync } from 'node:fs';\nwriteFileSync('a', 'b');\n",
    'web/other.ts': "import { writeFileSync } from 'node:fs';\nwriteFileSync('a', 'b');\n",
  };
  const manifest = { main: undefined, scripts: { start: 'node server/bin/www.js' } };
  const places = await found('file-written', files, manifest);
  expect(places.length).toBeGreaterThan(0);
  expect(places.filter((place) => !place.endsWith('api/bin/www.ts'))).toEqual([]);
});

it('decorators are one place a file, and those that tsconfig.json allows are told apart', async () => {
  const source = '@a() class A { @b() c = 1; }\ndeclare const a: any, b: any;\n';
  const files = {
    'tsconfig.base.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
    'old/tsconfig.json': '{ "extends": "../tsconfig.base" }',
    ...{ 'old/a.ts': source, 'new/a.ts': source },
    'app.ts': "import './old/a';\nimport './new/a';\n",
  };
  expect(await found('ts-decorator', files, { main: 'app.ts' })).toEqual([
    'decorator new/a.ts',
    'experimental decorator old/a.ts',
  ]);
});

describe('a program that only a development script starts', () => {
  const writes = "require('fs').writeFileSync('out.txt', 'x');\n";
  const files = { 'app.js': SERVER, 'dev.js': writes };
  it.each([
    [{ start: 'node app.js', dev: 'node dev.js' }, []],
    [{ start: 'node app.js', 'start:local': 'node dev.js' }, []],
    // Nothing else is known to start.
    [{ dev: 'node dev.js' }, ['out.txt dev.js']],
    // What production starts is not known.
    [{ start: 'node made/by/no/one.js', dev: 'node dev.js' }, ['out.txt dev.js']],
    [{ start: 'node dev.js', dev: 'node dev.js' }, ['out.txt dev.js']],
  ])('%j', async (scripts, expected) => {
    expect(await found('file-written', files, { main: undefined, scripts })).toEqual(expected);
  });
  it('is the application where production starts it by another program', async () => {
    const started = { ...files, 'app.js': `${SERVER}${writes}`, 'start.js': 'exports.a = 1;\n' };
    const scripts = { start: 'node start.js', dev: 'node app.js' };
    expect(await found('file-written', started, { main: undefined, scripts })).toEqual(['out.txt app.js']);
  });
  it('is none of a workspace either, where the root starts nothing for production', async () => {
    const workspace = {
      'api/package.json': '{"name":"api","scripts":{"start":"node app.js"},"dependencies":{"express":"5"}}',
      ...{ 'api/app.js': SERVER, 'dev.js': writes },
    };
    const root = { main: undefined, workspaces: ['api'], scripts: { dev: 'node dev.js' } };
    expect(await found('file-written', workspace, root)).toEqual([]);
    const starts = { ...root, scripts: { start: 'node gone/x.js', dev: 'node dev.js' } };
    expect(await found('file-written', workspace, starts)).toEqual(['out.txt dev.js']);
  });
});

describe('a package that runs in browsers alone', () => {
  const manifest = (fields: Record<string, unknown>) => JSON.stringify({ name: 'ui', ...fields });
  const of = (ui: string, app = SERVER) => ({
    ...{
      'api/package.json': '{"name":"api","main":"app.js","dependencies":{"express":"5"}}',
      'api/app.js': app,
    },
    ...{ 'ui/package.json': ui, 'ui/index.js': "exports.button = require('react-dom');\n" },
  });
  const root = { main: undefined, workspaces: ['api', 'ui'] };
  const tests = { devDependencies: { vitest: '4' } };
  it('asks for no other runner of its tests', async () => {
    const ui = manifest({ ...tests, peerDependencies: { 'react-dom': '19' } });
    expect(await found('test-runner', of(ui), root)).toEqual([]);
    const loads = `${SERVER}require('ui');\n`;
    expect(await found('test-runner', of(ui, loads), root)).toEqual(['vitest ui/package.json']);
    expect(await found('test-runner', of(manifest(tests)), root)).toEqual(['vitest ui/package.json']);
  });
  it('has a server of development that nobody starts in production', async () => {
    const scripts = { start: 'ts-node serve.ts' };
    const ui = manifest({ scripts, dependencies: { vue: '3' } });
    expect(await found('start-transpiler', { ...of(ui), 'ui/index.html': '' }, root)).toEqual([]);
    expect(await found('start-transpiler', of(manifest({ scripts })), root)).toEqual([
      'ts-node ui/package.json',
    ]);
  });
});

it('what a repository keeps in a folder of packages is loaded by its name', async () => {
  const files = {
    'app.js': "require('./packages/node_modules/@own/server');\n",
    'packages/node_modules/@own/server/index.js': `${SERVER}require('@own/files');\nrequire('kept/part');\n`,
    'packages/node_modules/@own/files/package.json':
      '{"name":"@own/files","main":"lib.js","dependencies":{"x":"1"}}',
    'packages/node_modules/@own/files/lib.js': "require('fs').writeFileSync('out.txt', 'x');\n",
    'packages/node_modules/kept/part.js': "require('fs').writeFileSync('two.txt', 'x');\n",
  };
  const git = (root: string) => execFileSync('git', ['init', '-q'], { cwd: root });
  expect(await found('file-written', files, {}, git)).toEqual([
    'out.txt packages/node_modules/@own/files/lib.js',
    'two.txt packages/node_modules/kept/part.js',
  ]);
  expect(await found('undeclared-package', files, {}, git)).toEqual([]);
});

describe('what Deno is to allow of the environment', () => {
  const flags = async (code: string) =>
    (await found('deno-permissions', { 'app.js': SERVER + code })).map((each) =>
      each.replace(/ app\.js$/, ''),
    );
  it.each([
    ['process.env.NODE_PATH = __dirname;\n', '--allow-net --allow-env=NODE_PATH --allow-read'],
    [
      "const { env } = require('process');\nenv.A ??= 'b';\nenv.C;\n",
      '--allow-net --allow-env=A,C --allow-read',
    ],
    ["const env = {};\nenv.A = 'b';\n", '--allow-net --allow-read'],
  ])('%s', async (code, expected) => {
    expect(await flags(code)).toEqual([expected]);
  });
});

describe('what only developers or their CI start', () => {
  const image = 'FROM node:22\nRUN npm ci\nCMD ["node", "app.js"]\n';
  it.each([
    ['Dockerfile', ['npm Dockerfile']],
    ['Dockerfile.local', []],
    ['Dockerfile.dev', []],
    ['local.Dockerfile', []],
    ['Dockerfile.locale-service', ['npm Dockerfile.locale-service']],
  ])('an image %s', async (name, expected) => {
    expect(await found('image-programs', { 'app.js': SERVER, [name]: image })).toEqual(expected);
  });
  it.each([
    ['screwdriver.yaml', false],
    ['.gitlab-ci.yml', false],
    ['.circleci/config.yml', false],
    ['deploy/values.yaml', true],
  ])('NODE_OPTIONS in %s', async (name, isTold) => {
    const files = { 'app.js': SERVER, [name]: 'env:\n  NODE_OPTIONS: --max-old-space-size=4096\n' };
    expect((await found('options-heap', files)).length > 0).toBe(isTold);
  });
  it.each([
    ['prisma/seed.mts', []],
    ['db/seeds/users.mts', []],
    ['lib/seedlings.mts', ['out.txt lib/seedlings.mts']],
  ])('a program that fills a database: %s', async (name, expected) => {
    const files = {
      'app.js': SERVER,
      [name]: "import fs from 'node:fs';\nfs.writeFileSync('out.txt', 'x');\n",
    };
    const manifest = { main: undefined, scripts: { start: 'nuxt start' }, dependencies: { nuxt: '4' } };
    expect(await found('file-written', files, manifest)).toEqual(expected);
  });
});

it('a program beside the server, which users install, is no part of it', async () => {
  const writes = "require('fs').writeFileSync('out.txt', 'x');\n";
  const of = (cli: Record<string, unknown>) => ({
    'api/package.json': '{"name":"api","main":"app.js","dependencies":{"express":"5"}}',
    'api/app.js': SERVER,
    'cli/package.json': JSON.stringify({ name: 'cli', ...cli }),
    'cli/lib/run.js': writes,
  });
  const root = { main: undefined, workspaces: ['api', 'cli'] };
  const told = ['out.txt cli/lib/run.js'];
  expect(await found('file-written', of({ bin: { make: 'out/main.js' } }), root)).toEqual([]);
  expect(await found('file-written', of({}), root)).toEqual(told);
  expect(await found('file-written', of({ bin: 'out/main.js', dependencies: { koa: '3' } }), root)).toEqual(
    told,
  );
  const started = { bin: 'out/main.js', scripts: { start: 'node lib/run.js' } };
  expect(await found('file-written', of(started), root)).toEqual(told);
});

it('a piece of a path that is not known is not left out between two that are', async () => {
  const code =
    "const p = require('path');\nconst fs = require('fs');\nmodule.exports = (root, name) => fs.writeFileSync(p.join(root, 'packages', name, 'src/a.json'), 'x');\n";
  expect(await found('file-written', { 'app.js': `${SERVER}require('./b');\n`, 'b.js': code })).toEqual([
    'packages/…/src/a.json b.js',
  ]);
});

it('the server of an Nx workspace is what its project starts on Node', async () => {
  const project = {
    projectType: 'application',
    sourceRoot: 'apps/api/src',
    targets: { serve: { executor: '@nx/js:node', options: { buildTarget: 'api:build' } } },
  };
  const writes = "import fs from 'node:fs';\nfs.writeFileSync('out.txt', 'x');\n";
  const files = {
    'nx.json': '{}',
    'apps/api/project.json': JSON.stringify(project),
    'apps/api/src/main.ts': `import './app/files';\nimport express from 'express';\nexpress().listen(1);\n`,
    'apps/api/src/app/files.ts': writes,
    'tools/other.ts': writes,
  };
  const manifest = { main: undefined, scripts: { start: 'node main' } };
  expect(await found('file-written', files, manifest)).toEqual(['out.txt apps/api/src/app/files.ts']);
});

it('that a log is there is asked without writing it', async () => {
  const of = (call: string) =>
    found('file-log', { 'app.js': `${SERVER}const fs = require('fs');\nfs.${call};\n` });
  expect(await of("lstatSync('logs/a.log')")).toEqual([]);
  expect(await of("unlinkSync('logs/a.log')")).toEqual(['logs/a.log app.js']);
});

it('a script whose file has a dash in its name is no part of a framework that loads files by itself', async () => {
  const files = {
    'app/page.js': 'export default () => null;\n',
    'server.js': SERVER,
    'after-install.js': "require('fs').writeFileSync('out.txt', 'x');\n",
  };
  const of = (script: string) =>
    found('file-written', files, {
      ...{ main: undefined, dependencies: { next: '16', express: '5' } },
      scripts: { start: 'node server.js', [script]: 'node after-install.js' },
    });
  expect(await of('postinstall')).toEqual([]);
  expect(await of('start:jobs')).toEqual(['out.txt after-install.js']);
});

it('a server is found where the configuration of its compiler lies in its own folder', async () => {
  const writes = "import fs from 'node:fs';\nfs.writeFileSync('out.txt', 'x');\n";
  const files = {
    'server/tsconfig.json': '{ "compilerOptions": { "outDir": "../dist" } }',
    ...{ 'server/index.ts': writes, 'src/index.ts': writes, 'other/index.ts': writes },
    'other/tsconfig.json': '{ "compilerOptions": { "outDir": "../made" } }',
  };
  const scripts = { start: 'node dist/index.js' };
  expect(await found('file-written', files, { main: undefined, scripts })).toEqual([
    'out.txt server/index.ts',
  ]);
});

describe('a function of a module that nothing of the application calls', () => {
  const WRITES = "import fs from 'node:fs';\n";
  const app = (text: string) =>
    `import express from 'express';\n${text}\nconst app = express();\napp.get('/health', (req, res) => res.send('x'));\napp.listen(1);\n`;
  const PUT = "export const put = () => fs.writeFileSync('out.xml', 'a');\nexport const get = () => 1;\n";
  it.each([
    ['is imported under no name', "import { get } from './b.js';\nget();", PUT, []],
    [
      'is imported, and named in a comment alone',
      "import { put, get } from './b.js';\nget(); // put()",
      PUT,
      [],
    ],
    [
      'is not exported',
      "import { get } from './b.js';\nget();",
      "function put() { fs.writeFileSync('out.xml', 'a'); }\nexport const get = () => 1;\n",
      [],
    ],
    [
      'calls itself alone',
      "import { get } from './b.js';\nget();",
      "function put() { fs.writeFileSync('out.xml', 'a'); put(); }\nexport const get = () => 1;\n",
      [],
    ],
    ['is called', "import { put } from './b.js';\nput();", PUT, ['out.xml b.js']],
    ['is handed on', "import { put as p } from './b.js';\nsetTimeout(p, 1);", PUT, ['out.xml b.js']],
    [
      'is called by another function of the module',
      "import { get } from './b.js';\nget();",
      "const put = () => fs.writeFileSync('out.xml', 'a');\nexport const get = () => put();\n",
      ['out.xml b.js'],
    ],
    ['is in a namespace', "import * as b from './b.js';\nb.get();", PUT, ['out.xml b.js']],
    ['is given on', "export * from './b.js';\nimport { get } from './b.js';\nget();", PUT, ['out.xml b.js']],
    [
      'is in a module that is loaded later',
      "const b = await import('./b.js');\nb.put();",
      PUT,
      ['out.xml b.js'],
    ],
    [
      'is the default',
      "import b from './b.js';\nb();",
      "export default () => fs.writeFileSync('out.xml', 'a');\n",
      ['out.xml b.js'],
    ],
    [
      'is no function',
      "import { get } from './b.js';\nget();",
      "fs.writeFileSync('out.xml', 'a');\nexport const get = () => 1;\n",
      ['out.xml b.js'],
    ],
  ])('%s', async (_, text, module, expected) => {
    const files = { 'app.js': app(text), 'b.js': WRITES + module };
    expect(await found('file-written', files, { type: 'module' })).toEqual(expected);
  });
});
