import { describe, expect, test } from 'vitest';
import { analyze } from './__fixtures__/program.ts';

const start =
  "const express = require('express'); const adapter = require('adapter'); const app = express();\n";
const escapesOf = async (code: string, more: Record<string, string> = {}) => {
  const program = await analyze({ 'app.js': start + code, ...more });
  return program.routers.flatMap(({ escapes }) =>
    escapes.map(({ location }) => `${location.file}:${location.line}`),
  );
};

describe('an application escapes', () => {
  test.each([
    ['as an argument', 'adapter(app);'],
    ['inside an object', 'adapter({ app });'],
    ['inside an object inside an object', 'const options = { server: { app } }; adapter(options);'],
    ['inside a list', 'adapter([app]);'],
    ['spread into an object', 'adapter({ ...app });'],
    ['as a member that is set later', 'const options = {}; options.app = app; adapter(options);'],
    ['through a spread object', 'const base = { app }; adapter({ ...base });'],
    ['given back by a function', 'adapter(() => app);'],
    ['given back by an async function', 'adapter({ make: async () => app });'],
    ['on an instance', 'class Server { constructor() { this.app = app; } } adapter(new Server());'],
    ['in `new` of a package', 'new adapter.Server({ app });'],
    ['in a template function', `adapter\`\${app}\`;`],
    ['as a text', `console.log(\`\${app}\`);`],
    ['thrown', 'throw app;'],
    ['given out by a generator', 'function* all() { yield app; }'],
    ['taken apart', 'const { listen } = app;'],
    ['to a name that is not known', 'register({ app });'],
    ['directly into a map', 'const all = new Map(); all.set(1, app);'],
    [
      'inside what a map keeps, where the member is read of what comes out',
      'const all = new Map(); all.set(1, { app }); all.get(1).app.listen(3000);',
    ],
    [
      'inside what a map keeps, where what comes out is taken apart',
      'const all = new Map(); all.set(1, { app }); const { app: other } = all.get(1);',
    ],
    [
      'inside what something of the name of a map keeps',
      'class Map {} const all = new Map(); all.set(1, { app });',
    ],
    ['given back to who may use it', 'adapter.stat(__filename, () => app);'],
  ])('%s', async (_, code) => {
    expect(await escapesOf(code)).toContain('app.js:2');
  });

  test('from another file', async () => {
    expect(
      await escapesOf('module.exports = app;', {
        'lambda.js': "exports.handler = require('adapter')({ app: require('./app') });",
      }),
    ).toEqual(['lambda.js:1']);
  });
});

test('a loader of modules by paths that are made says what would free the application', async () => {
  const code = `const load = async (name) => (await import(\`./routes/\${name}\`)).default(app);`;
  const program = await analyze({ 'app.js': start + code, 'routes/a.js': 'module.exports = () => {};' });
  expect(program.routers.flatMap(({ escapes }) => escapes.map(({ reason }) => reason))).toEqual([
    'passed to a module that is loaded by a path made when the program runs: import each such module by its name',
  ]);
});

describe('an application does not escape', () => {
  test.each([
    ['into a function of the program', 'function start({ app }) { app.listen(3000); } start({ app });'],
    ['where it is exported', 'module.exports = { app, default: app };'],
    ['where it is compared or asked for', 'if (app && app === module.exports) console.log(typeof app);'],
    [
      'in a list that is looped over',
      "for (const each of [app]) each.get('/', (req, res) => res.send('x'));",
    ],
    ['in a frozen object', 'const all = Object.freeze({ app }); all.app.listen(3000);'],
    ['from a function that makes it', 'const make = () => app; make().listen(3000);'],
    [
      'inside what a map keeps, where nothing asks what comes out for it',
      'const all = new Map(); all.set(1, { app, name: 2 }); all.get(1).name;',
    ],
    [
      'inside an instance that a map keeps',
      'class Server { static all = new Map(); constructor() { this.app = app; Server.all.set(1, this); } }',
    ],
    ['given back to what only calls back', "require('fs').stat(__filename, async () => app);"],
    ['chosen by a condition', 'const one = process.env.X ? app : app; one.listen(3000);'],
  ])('%s', async (_, code) => {
    expect(await escapesOf(code)).toEqual([]);
  });
});

test('a handler inside an object that is handed to unknown code escapes', async () => {
  const code =
    "const list = (req, res) => res.send('x'); app.get('/', list); adapter({ handlers: { list } });";
  const program = await analyze({ 'app.js': start + code });
  expect(program.functions.flatMap(({ escapes }) => escapes.map(({ reason }) => reason))).toEqual([
    'passed inside another value to adapter, which could not be followed',
  ]);
});

test('a handler escapes by one way whatever the other way to it is, where values hold each other', async () => {
  const code = `
    const list = (req, res) => res.send('x'); app.get('/', list);
    const shared = { list };
    class Box { constructor() { this.shared = shared; shared.box = this; } }
    adapter({ box: new Box(), shared });`;
  const program = await analyze({ 'app.js': start + code });
  expect(program.functions.flatMap(({ escapes }) => escapes.map(({ reason }) => reason))).toEqual([
    'passed inside another value to adapter, which could not be followed',
  ]);
});

test('functions of every form that are only registered or called do not escape', async () => {
  const code = `
    function audit(req) { console.log(req.path); }
    class Notes { list(req, res) { audit(req); res.send('x'); } show = (req, res) => res.send('y'); }
    const notes = new Notes();
    app.get('/', notes.list); app.get('/one', notes.show); app.use(function (req, res, next) { next(); });
    module.exports = { audit, Notes, default: notes };`;
  const program = await analyze({ 'app.js': start + code });
  expect(program.functions.length).toBe(4);
  expect(program.functions.flatMap(({ escapes }) => escapes)).toEqual([]);
});
