import { describe, expect, test } from 'vitest';
import { analyze, functions, kinds, table } from './__fixtures__/program.ts';

describe('handlers are found in the files that hold them', () => {
  const app = (handlers: string, before = '') =>
    `const express = require('express'); const app = express(); ${before} app.get('/x', ${handlers});`;
  test.each<[string, string, Record<string, string>, string]>([
    ['exports member', "require('./c').list", { 'c.js': 'exports.list = (req, res) => {}' }, 'c.js#list'],
    [
      'module.exports object',
      'c.list',
      { 'c.js': 'const list = (req, res) => {}; module.exports = { list }' },
      'c.js#list',
    ],
    [
      'assigned later',
      'c.list',
      { 'c.js': 'const c = {}; c.list = (req, res) => {}; module.exports = c' },
      'c.js#list',
    ],
    [
      'class method, bound',
      'c.list.bind(c)',
      { 'c.js': 'class C { list(req, res) {} } module.exports = new C()' },
      'c.js#list',
    ],
    [
      'class property',
      'c.list',
      { 'c.js': 'class C { list = async (req, res) => {} } module.exports = new C()' },
      'c.js#list',
    ],
    [
      'static method',
      'c.list',
      { 'c.js': 'module.exports = class C { static list(req, res) {} }' },
      'c.js#list',
    ],
    [
      're-export',
      'c.list',
      { 'c.js': "module.exports = require('./d')", 'd.js': 'exports.list = function (req, res) {}' },
      'd.js#list',
    ],
    [
      'star export',
      'c.list',
      { 'c.js': "export * from './d.js'", 'd.js': 'export function list(req, res) {}' },
      'd.js#list',
    ],
    [
      'spread object',
      'c.list',
      { 'c.js': "module.exports = { ...require('./d') }", 'd.js': 'exports.list = (req, res) => {}' },
      'd.js#list',
    ],
    [
      'Object.assign',
      'c.list',
      { 'c.js': "Object.assign(exports, require('./d'))", 'd.js': 'exports.list = (req, res) => {}' },
      'd.js#list',
    ],
    [
      'index file',
      "require('./h').c.list",
      { 'h/index.js': "exports.c = require('./c')", 'h/c.js': 'exports.list = (req, res) => {}' },
      'h/c.js#list',
    ],
    [
      'circular import',
      'c.list',
      { 'c.js': "require('./d'); exports.list = (req, res) => {}", 'd.js': "exports.c = require('./c')" },
      'c.js#list',
    ],
    [
      'controller factory',
      'c({ db: 1 }).list',
      { 'c.js': 'module.exports = (deps) => ({ list(req, res) {} })' },
      'c.js#list',
    ],
  ])('%s', async (_, handlers, files, expected) => {
    const program = await analyze({ 'app.js': app(handlers, "const c = require('./c');"), ...files });
    expect(functions(program)[expected]).toBe('handler req,res');
    expect(program.registrations[0]?.handlers.map(kinds)).toEqual(['function']);
  });

  test('arrays, spreads, curried guards, wrappers and packages keep their kinds', async () => {
    const program = await analyze({
      'app.js': app(
        "[guard('a'), ...more], limit(), wrap(handler)",
        [
          "const limit = require('express-rate-limit');",
          'const guard = (role) => (req, res, next) => next();',
          'const more = [(req, res, next) => next()];',
          'const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next);',
          'async function handler(req, res) {}',
        ].join('\n'),
      ),
    });
    expect(program.registrations[0]?.handlers.map(kinds)).toEqual([
      '[factory,[function]]',
      'package',
      'factory',
    ]);
    expect(functions(program)).toMatchObject({
      'app.js#handler': 'handler req,res',
      'app.js#guard': 'middleware req,res,next',
    });
    expect(program.routes[0]?.handlerName).toBe('handler');
  });

  test('each wrapped controller keeps its own handler', async () => {
    const program = await analyze({
      'wrap.js': 'module.exports = (fn) => (req, res, next) => fn(req, res, next).catch(next);',
      'c.js':
        "const wrap = require('./wrap'); exports.a = wrap(async (req, res) => {}); exports.b = wrap(async (req, res) => {});",
      'app.js':
        "const c = require('./c'); const app = require('express')(); app.get('/a', c.a); app.get('/b', c.b);",
    });
    expect(table(program)).toEqual(['GET /a app.js:1:61 a', 'GET /b app.js:1:81 b']);
    const [first] = program.registrations.map(({ handlers }) => handlers[0]);
    expect(first?.kind === 'function' && first.functions.map(({ name }) => name)).toEqual(['a']);
  });

  test('a wrapper that does something of its own makes each handler', async () => {
    const program = await analyze({
      'wrap.js':
        'module.exports = (fn) => (req, res, next) => { console.log(req.url); fn(req, res, next).catch(next); };',
      'c.js':
        "const wrap = require('./wrap'); exports.a = wrap(async (req, res) => {}); exports.b = wrap(async (req, res) => {});",
      'app.js':
        "const c = require('./c'); const app = require('express')(); app.get('/a', c.a); app.get('/b', c.b);",
    });
    const [first] = program.registrations.map(({ handlers }) => handlers[0]);
    expect(first?.kind === 'factory' && [first.call.file.path, first.wraps.map(({ name }) => name)]).toEqual([
      'c.js',
      ['a'],
    ]);
  });

  test('a handler that may be something else is unknown, not guessed', async () => {
    const program = await analyze({
      'app.js': app('process.env.X ? (req, res) => {} : load(name), undefinedThing'),
    });
    expect(program.registrations[0]?.handlers.map(kinds)).toEqual(['unknown', 'unknown']);
  });
});

describe('roles follow Express values through the program', () => {
  test('by position and arity', async () => {
    const program = await analyze({
      'app.js':
        "const app = require('express')(); app.use(function a(q, s, n) {}); app.use(function b(e, q, s, n) {}); app.param('id', function c(q, s, n, v) {}); app.get('/', function d({ body }, s) {}); app.get('/', function f() {});",
    });
    expect(functions(program)).toEqual({
      'app.js#a': 'middleware req,res,next',
      'app.js#b': 'error-handler err,req,res,next',
      'app.js#c': 'param req,res,next,value',
      'app.js#d': 'handler req,res',
      'app.js#f': 'handler ',
    });
  });

  test('into helpers in other files, in any position, also inside an object', async () => {
    const program = await analyze({
      'app.js':
        "const app = require('express')(); const { ok } = require('./respond'); const s = require('./s'); app.get('/', (req, res, next) => { ok(1, res); s.run({ req, res }); s.later(next); });",
      'respond.js':
        'exports.ok = (value, response) => send(response, value); function send(out, v) { out.json(v) }',
      's.js':
        'exports.run = function run({ req, res: r }) { deep(r) }; function deep(x) {} exports.later = (done) => done();',
    });
    expect(functions(program)).toMatchObject({
      'respond.js#ok': 'helper -,res',
      'respond.js#send': 'helper res,-',
      's.js#deep': 'helper res',
      's.js#later': 'helper next',
    });
  });

  test('into a helper file whose text gives nothing away', async () => {
    const program = await analyze({
      'app.js':
        "const app = require('express')(); const pick = require('./pick'); const { log } = require('./log'); app.get('/', (req, res) => { pick(req, ['a']); log(res); });",
      'pick.js':
        "const { deep } = require('./deep'); module.exports = function pick(from, keys) { deep(from) }",
      'deep.js': 'exports.deep = function deep(x) {}',
      'log.js': 'export function log(x) {}',
      'idle.js': 'const x = ;',
    });
    expect(functions(program)).toMatchObject({
      'pick.js#pick': 'helper req,-',
      'deep.js#deep': 'helper req',
      'log.js#log': 'helper res',
    });
    expect(program.failed).toEqual([]);
  });

  test('a function handed to code that cannot be followed escapes', async () => {
    const program = await analyze({
      'app.js':
        "const app = require('express')(); function h(req, res) {} app.get('/', h); require('metrics').watch(h);",
    });
    expect(program.functions[0]?.escapes).toMatchObject([
      { location: { line: 1 }, reason: 'passed to metrics.watch, which could not be followed' },
    ]);
  });

  test('a function under a name nobody declared is followed, and escapes with the global object', async () => {
    const files = {
      'app.js': "require('./guards'); const app = require('express')(); app.get('/', guard, shown);",
      'guards.js': 'guard = (req, res, next) => next(); global.shown = (req, res) => res.end();',
    };
    const program = await analyze(files);
    expect(functions(program)).toMatchObject({
      'guards.js#guard': 'middleware req,res,next',
      'guards.js#shown': 'handler req,res',
    });
    expect(program.functions.flatMap(({ escapes }) => escapes)).toEqual([]);
    const handedOut = await analyze({
      ...files,
      'more.js': '',
      'app.js': `${files['app.js']} f(globalThis);`,
    });
    expect(handedOut.functions.map(({ escapes }) => escapes.length > 0)).toEqual([true, true]);
  });

  test('a handler that nothing registers is listed as unreached', async () => {
    const program = await analyze({
      'app.js': "const app = require('express')(); app.get('/', () => {}); require('./dead');",
      'dead.js': 'exports.old = (req, res) => res.end();',
    });
    expect(program.unreached.map(({ name, file }) => `${file.path}#${name}`)).toEqual(['dead.js#old']);
  });
});
