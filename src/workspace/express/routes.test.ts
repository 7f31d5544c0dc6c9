import { describe, expect, test } from 'vitest';
import { analyze, functions, routes, table } from './__fixtures__/program.ts';

describe('apps and routers are found however they are reached', () => {
  const get = "get('/x', (req, res) => res.end())";
  test.each([
    ['require', `const express = require('express'); const app = express(); app.${get}`],
    ['another name', `const web = require('express'); const server = web(); server.${get}`],
    ['import', `import express from 'express'; const app = express(); app.${get}`],
    ['namespace import', `import * as express from 'express'; express().${get}`],
    [
      'named import',
      `import { Router as R } from 'express'; const r = R(); r.${get}; import e from 'express'; e().use(r)`,
    ],
    ['require call', `const app = require('express')(); app.${get}`],
    [
      'destructured require',
      `const { Router } = require('express'); const r = new Router(); r.${get}; require('express')().use(r)`,
    ],
    [
      'alias of an alias',
      `const e = require('express'); const make = e; let app; app = make(); const same = app; same.${get}`,
    ],
    ['chained', `require('express')().use(require('cors')()).${get}`],
    ['conditional', `const app = require('express')(); if (process.env.X) { app.${get} }`],
    ['object property', `const server = { app: require('express')() }; server.app.${get}`],
    [
      'class field',
      `const e = require('express'); class App { app = e(); constructor() { this.app.${get} } } new App()`,
    ],
    [
      'constructor',
      `const e = require('express'); class App { constructor() { this.app = e(); this.routes(); } routes() { this.app.${get} } }`,
    ],
    [
      'base class',
      `const e = require('express'); class Base { constructor() { this.app = e() } } class App extends Base { go() { this.app.${get} } }`,
    ],
    [
      'constructor function',
      `const e = require('express'); function App() { this.app = e() } App.prototype.go = function () { this.app.${get} }; new App().go()`,
    ],
    ['function parameter', `const app = require('express')(); (function setup(a) { a.${get} })(app)`],
    [
      'destructured parameter',
      `const app = require('express')(); setup({ app }); function setup({ app: a }) { a.${get} }`,
    ],
    ['route()', `const app = require('express')(); app.route('/x').get((req, res) => res.end())`],
    [
      'computed verb',
      `const app = require('express')(); for (const verb of ['get']) app[verb]('/x', (req, res) => res.end())`,
    ],
    [
      'template and constant',
      `const app = require('express')(); const base = '/'; app.get(\`\${base}x\`, (req, res) => res.end())`,
    ],
  ])('%s', async (_, source) => {
    const program = await analyze({ 'app.js': source });
    expect(routes(program)).toEqual(['GET /x']);
    expect(Object.values(functions(program))).toContain('handler req,res');
  });

  test('TypeScript: casts, parameter properties, import = and export =', async () => {
    const program = await analyze({
      'router.cts':
        "import express = require('express'); const r = express.Router() as any; r!.get('/x', h); function h(req: any, res: any) {} export = r;",
      'app.ts':
        "import express, { type Application } from 'express'; import r from './router.cjs'; class S { constructor(private readonly app: Application) {} start() { this.app.use('/r', r) } } new S(express()).start();",
    });
    expect(routes(program)).toEqual(['GET /r/x']);
  });

  test('an alias of the package and a workspace package', async () => {
    const program = await analyze({
      'package.json': JSON.stringify({
        dependencies: { web: 'npm:express@4', '@acme/routes': 'workspace:*' },
      }),
      'packages/routes/package.json': JSON.stringify({
        name: '@acme/routes',
        main: 'dist/index.js',
        dependencies: { web: 'npm:express@4' },
      }),
      'packages/routes/src/index.ts':
        "import { Router } from 'web'; export const routes = Router(); routes.get('/x', () => {});",
      'app.js':
        "const app = require('web')(); const { routes } = require('@acme/routes'); app.use('/r', routes);",
    });
    expect(routes(program)).toEqual(['GET /r/x']);
    expect(program.version).toBe(4);
  });
});

test('routers injected into factories and mounted elsewhere get their whole path', async () => {
  const program = await analyze({
    'app.js':
      "const app = require('express')(); const notes = require('./notes'); app.use('/api', notes({ requireUser: require('./auth') })); require('./admin')(app);",
    'auth.js': 'module.exports = (role) => (req, res, next) => next();',
    'notes.js':
      "const { Router } = require('express'); module.exports = ({ requireUser }) => { const r = Router(); r.use('/:id/comments', require('./comments')); r.get('/', requireUser('a'), list); return r; }; function list(req, res) {}",
    'comments.js':
      "const r = require('express').Router({ mergeParams: true }); r.route('/:c').get((req, res) => {}).delete(function remove(req, res) {}); module.exports = r;",
    'admin.js': "module.exports = (app) => { app.all(['/admin', '/owner'], (req, res) => {}); };",
  });
  expect(table(program).sort()).toEqual([
    'ALL /admin admin.js:1:29 (anonymous)',
    'ALL /owner admin.js:1:29 (anonymous)',
    'DELETE /api/:id/comments/:c comments.js:1:98 remove',
    'GET /api notes.js:1:147 list',
    'GET /api/:id/comments/:c comments.js:1:76 (anonymous)',
  ]);
  expect(functions(program)['auth.js#(anonymous)']).toBe('middleware req,res,next');
});

test('a table of routes keeps the columns of a row together', async () => {
  const program = await analyze({
    'app.js': [
      "const app = require('express')();",
      "const table = [{ path: '/a', router: require('./a') }, { path: '/b', router: require('./b') }];",
      'table.forEach(({ path, router }) => app.use(path, router));',
      "for (const r of [{ m: 'post', p: '/p', h: one }, { m: 'put', p: '/q', h: two }]) app[r.m](r.p, r.h);",
      'function one(req, res) {} function two(req, res) {}',
    ].join('\n'),
    'a.js': "const r = module.exports = require('express').Router(); r.get('/x', () => {});",
    'b.js': "const r = module.exports = require('express').Router(); r.get('/y', () => {});",
  });
  expect(routes(program).sort()).toEqual(['GET /a/x', 'GET /b/y', 'POST /p', 'PUT /q']);
});

test('routers that one function makes for several callers are told apart', async () => {
  const program = await analyze({
    'make.js':
      "const { Router } = require('express'); module.exports = () => { const r = Router(); r.get('/health', () => {}); return r; };",
    'app.js':
      "const make = require('./make'); const app = require('express')(); const a = make(); a.get('/x', () => {}); const b = make(); b.get('/y', () => {}); app.use('/a', a); app.use('/b', b);",
  });
  expect(routes(program)).toEqual(['GET /a/health', 'GET /a/x', 'GET /b/health', 'GET /b/y']);
});

test('controllers and routers loaded from a folder are found, their mount is not guessed', async () => {
  const program = await analyze({
    'app.js': [
      "const app = require('express')(); const fs = require('fs'); const path = require('path');",
      "const dir = path.join(__dirname, 'routes');",
      'fs.readdirSync(dir).forEach((name) => require(path.join(dir, name))(app));',
      "for (const name of fs.readdirSync('./api')) app.use('/' + name, require('./api/' + name));",
    ].join('\n'),
    'routes/a.js': "module.exports = (app) => app.get('/a', (req, res) => res.end());",
    'api/b.js':
      "const r = require('express').Router(); r.get('/b', (req, res) => res.end()); module.exports = r;",
    'other.js': "module.exports = (app) => app.get('/never', (req, res) => res.end());",
  });
  expect(routes(program).sort()).toEqual(['GET /<expression>/b', 'GET /a']);
});

test('what cannot be computed is named as such', async () => {
  const program = await analyze({
    'app.js':
      "const app = require('express')(); app.get(process.env.P || '/x', () => {}); app[process.argv[2]]('/y', () => {}); app.get(/^\\/z/, () => {});",
    'lost.js': "const r = require('express').Router(); r.get('/l', () => {}); require('plug').add(r);",
  });
  expect(routes(program)).toEqual(['GET /<expression>', 'UNKNOWN /y', 'GET /^\\/z/', 'GET /<expression>/l']);
  expect(program.routers.find(({ file }) => file.path === 'lost.js')?.escapes).toMatchObject([
    { reason: 'passed to plug.add, which could not be followed' },
  ]);
});

test('settings, servers and listen are calls of the app, not routes', async () => {
  const program = await analyze({
    'app.js':
      "const app = require('express')(); app.set('view engine', 'ejs'); app.get('env'); require('http').createServer(app).listen(1); app.listen(3000); app.get('/', (req) => req.app.get('env'));",
  });
  expect(program.appCalls.map(({ member }) => member).sort()).toEqual([
    'createServer',
    'get',
    'get',
    'listen',
    'set',
  ]);
  expect(routes(program)).toEqual(['GET /']);
});

test('a broken file is reported and the rest is analysed', async () => {
  const program = await analyze({
    'app.js': "const app = require('express')(); require('./broken')(app); app.get('/', () => {});",
    'broken.js': 'module.exports = (app => ;',
  });
  expect(program.failed).toMatchObject([
    { path: 'broken.js', reason: expect.stringMatching(/^broken\.js:1:26 /) },
  ]);
  expect(routes(program)).toEqual(['GET /']);
});

test('a program without Express is empty, and nothing of it is parsed', async () => {
  const program = await analyze({ 'a.js': 'const x = ;' });
  expect([program.files, program.routes, program.failed]).toEqual([[], [], []]);
});

describe('paths made in a loop are read where the values are written down', () => {
  const app = "const app = require('express')(); const h = (req, res) => res.end();";
  test.each([
    [
      'Object.entries and a template',
      `const animals = { cats: ['tom'], dogs: [], owls: [1] }; for (const [name, list] of Object.entries(animals)) app.get(\`/api/\${name}\`, (req, res) => res.json(list));`,
      ['GET /api/cats', 'GET /api/dogs', 'GET /api/owls'],
    ],
    ['for of a list', "for (const name of ['a', 'b']) app.get('/' + name, h);", ['GET /a', 'GET /b']],
    ['numbers', `for (const v of [1, 2]) app.get(\`/v\${v}/x\`, h);`, ['GET /v1/x', 'GET /v2/x']],
    ['for in', `const t = { a: 1, b: 2 }; for (const k in t) app.get(\`/\${k}\`, h);`, ['GET /a', 'GET /b']],
    [
      'Object.keys and forEach',
      `Object.keys({ a: h, b: h }).forEach((k) => app.post(\`/\${k}\`, h));`,
      ['POST /a', 'POST /b'],
    ],
    [
      'map with an index',
      `['a', 'b'].map((n, i) => app.get(\`/\${i}-\${n}\`, h));`,
      ['GET /0-a', 'GET /1-b'],
    ],
    [
      'a constant made of the loop’s name',
      `for (const name of ['a', 'b']) { const path = \`/x/\${name}\`; app.get(path, h); app.delete(\`\${path}/:id\`, h); }`,
      ['GET /x/a', 'GET /x/b', 'DELETE /x/a/:id', 'DELETE /x/b/:id'],
    ],
    [
      'columns of rows in a template, and nested loops',
      `for (const { base, names } of [{ base: 'p', names: ['a', 'b'] }, { base: 'q', names: ['c'] }]) for (const n of names) app.get(\`/\${base}/\${n}\`, h);`,
      ['GET /p/a', 'GET /p/b', 'GET /q/c'],
    ],
    [
      'a function called for each',
      `function crud(type, name) { app.get(\`/\${type}/\${name}\`, h); app.put(\`/\${type}/\${name}/:id\`, h); } crud('a', 'x'); crud('b', 'y');`,
      ['GET /a/x', 'GET /b/y', 'PUT /a/x/:id', 'PUT /b/y/:id'],
    ],
    [
      'a function called in a loop',
      `const add = (name) => app.get(\`/\${name}\`, h); for (const n of ['a', 'b']) add(n);`,
      ['GET /a', 'GET /b'],
    ],
    [
      'a mount in a loop',
      `const r = require('express').Router(); r.get('/x', h); for (const v of ['v1', 'v2']) app.use(\`/api/\${v}\`, r);`,
      ['GET /api/v1/x', 'GET /api/v2/x'],
    ],
    [
      'a verb and a path of each row',
      `for (const r of [{ m: 'post', p: 'p' }, { m: 'put', p: 'q' }]) app[r.m](\`/\${r.p}\`, h);`,
      ['POST /p', 'PUT /q'],
    ],
    [
      'a Map',
      `for (const [k, f] of new Map([['a', h], ['b', h]])) app.get(\`/\${k}\`, f);`,
      ['GET /a', 'GET /b'],
    ],
  ])('%s', async (_, source, expected) => {
    expect(routes(await analyze({ 'app.js': `${app} ${source}` }))).toEqual(expected);
  });

  test('an enum of another file, and none where one of its members is a number', async () => {
    const use = (name: string) =>
      `import express from 'express'; import { ${name} } from './paths.js'; const app = express(); app.get(${name}.Users, (req, res) => res.end());`;
    const found = await analyze({
      'src/paths.ts':
        "export enum Path { Users = '/users', Home = '/' }\nexport enum Mixed { Users = '/mixed', Count = 2 }",
      'src/a.ts': use('Path'),
      'src/b.ts': use('Mixed'),
    });
    expect(routes(found)).toEqual(['GET /users', 'GET /<expression>']);
  });

  test('constants of another file', async () => {
    const program = await analyze({
      'app.js': `${app} const { NAMES, PREFIX } = require('./names'); for (const n of NAMES) app.get(\`\${PREFIX}/\${n}\`, h);`,
      'names.js': "const NAMES = Object.freeze(['a', 'b']); module.exports = { NAMES, PREFIX: '/api' };",
    });
    expect(routes(program)).toEqual(['GET /api/a', 'GET /api/b']);
  });

  test.each([
    [
      'a list that grows elsewhere',
      `const l = ['a']; l.push(process.env.X); for (const n of l) app.get(\`/p/\${n}\`, h);`,
    ],
    ['a table of another program', `for (const n of process.env.NAMES.split()) app.get(\`/p/\${n}\`, h);`],
    ['one of two texts', `const n = process.env.X ? 'a' : 'b'; app.get(\`/p/\${n}\`, h);`],
    [
      'a filtered list',
      `for (const n of ['a', 'b'].filter((x) => process.env[x])) app.get(\`/p/\${n}\`, h);`,
    ],
    [
      'a router of each call',
      `function make(n) { const r = require('express').Router(); r.get(\`/\${n}\`, h); return r; } app.use('/p', make('a')); app.use('/p', make('b'));`,
    ],
  ])('not guessed: %s', async (_, source) => {
    const found = routes(await analyze({ 'app.js': `${app} ${source}` }));
    expect(new Set(found)).toEqual(new Set(['GET /p/<expression>']));
  });
});
