import { describe, expect, it } from 'vitest';
import { runOnTree } from '../../../src/codemod/cases.ts';
import codemod from '../index.ts';

/** The application and the support file that a program becomes; '' where none is written. */
async function converted(code: readonly string[], dependencies: Record<string, string> = {}) {
  const files = new Map([
    [
      'package.json',
      JSON.stringify({ dependencies: { express: '^5.1.0', 'cookie-parser': '1.4.7', ...dependencies } }),
    ],
    ['app.js', ["const express = require('express');", 'const app = express();', ...code, ''].join('\n')],
  ]);
  const { tree, changeSet } = await runOnTree(codemod, files, { parity: 'idiomatic' });
  return {
    app: tree.get('app.js') ?? '',
    support: tree.get('express-parity.js') ?? '',
    left: (changeSet.leftOut ?? []).map(({ behaviour }) => behaviour),
  };
}

const parser = "app.use(require('cookie-parser')());";

describe('cookies that are only read by their names', () => {
  const read =
    "app.get('/', (req, res) => res.send(req.cookies.theme + req.cookies[String(req.query.name)]));";

  it('are read by Hono’s own, and nothing parses them all', async () => {
    const { app, support, left } = await converted([parser, read]);
    expect(app).toContain("getCookie(c, 'theme')");
    expect(app).toContain("getCookie(c, String(c.req.query('name')))");
    expect(app + support).not.toContain('cookies()');
    expect(left).toEqual(expect.arrayContaining(['cookie', 'marked-cookie']));
  });

  it.each([
    ['all of them are asked for', "app.get('/all', (req, res) => res.json(req.cookies));"],
    ['a name may not be there', "app.get('/a', (req, res) => res.send('a' + req.cookies[req.query.a]));"],
    ['they may not be there', "app.get('/a', (req, res) => res.send('a' + req.cookies?.a));"],
    ['one is changed', "app.get('/a', (req, res) => { req.cookies.a = '1'; res.send('a'); });"],
    [
      'what is written may be JSON',
      "app.get('/a', (req, res) => { res.cookie('a', req.query.a).send('a'); });",
    ],
    ['one is signed', "app.get('/a', (req, res) => res.send('a' + req.signedCookies.a));"],
  ])('are parsed where %s', async (_title, more) => {
    const { app } = await converted([parser, read, more]);
    expect(app).not.toContain('getCookie(');
    expect(app).toMatch(/app\.use\((signedC|c)ookies\(/);
  });
});

describe('a cookie that is set', () => {
  it('is Hono’s, with its age in seconds and the date that Express sends', async () => {
    const { app, support } = await converted([
      "app.post('/', (req, res) => { res.cookie('a', 'b', { maxAge: 60 * 1000, httpOnly: true }).json({}); });",
    ]);
    expect(app).toContain(
      "setCookie(c, 'a', 'b', { maxAge: 60, expires: new Date(Date.now() + 60 * 1000), httpOnly: true })",
    );
    expect(support).toBe('');
  });

  it('is written as Express does where it may be an object', async () => {
    const { app } = await converted([
      "app.post('/', (req, res) => { res.cookie('a', req.query.a).json({}); });",
    ]);
    expect(app).toContain("setCookie(c, 'a', cookieText(flatQuery(c).a))");
  });
});

describe('an error handler before the last middleware', () => {
  const fails = "app.get('/', (req, res) => { throw new Error(String(req.query.a)); });";
  const handler = 'app.use((err, req, res, next) => { res.status(500).json({ error: err.message }); });';

  it('is Hono’s where that cannot fail', async () => {
    const { app } = await converted([
      fails,
      handler,
      "app.use((req, res) => { res.status(404).json({ error: 'none' }); });",
    ]);
    expect(app).toContain('app.onError(');
  });

  it.each([
    ['fails', "app.use((req, res) => { throw new Error('late'); });"],
    ['calls what may fail', 'app.use((req, res) => { res.json(find(req.path)); });'],
    ['passes on', 'app.use((req, res, next) => { next(new Error()); });'],
  ])('is asked in its order where that %s', async (_title, last) => {
    const { app } = await converted(['const find = (path) => JSON.parse(path);', fails, handler, last]);
    expect(app).not.toContain('app.onError(');
  });
});

describe('a table’s row that is there', () => {
  const table = 'var rows = { a: [1], b: [2] };';
  const route =
    "app.get('/:id', (req, res) => { var row = rows[req.params.id]; if (row) res.send(row); else res.send('none'); });";

  it('is data', async () => expect((await converted([table, route])).app).toContain('c.json(row)'));

  it.each([
    [
      'it may be missing',
      [table, "app.get('/:id', (req, res) => { var row = rows[req.params.id]; res.send(row); });"],
    ],
    ['one is text', ["var rows = { a: [1], b: 'two' };", route]],
    ['more are put in', [table, route, "rows.c = 'three';"]],
  ])('is asked as it is sent where %s', async (_title, code) =>
    expect((await converted(code)).app).not.toContain('c.json(row)'),
  );
});

it('an environment is asked of the process, and the log of one who develops is Hono’s', async () => {
  const { app, support } = await converted(
    [
      "if (app.get('env') !== 'test') app.use(require('morgan')('dev'));",
      "app.get('/', (req, res) => res.send('hi'));",
    ],
    { morgan: '^1.10.0' },
  );
  expect(app).toContain("(process.env.NODE_ENV || 'development') !== 'test'");
  expect(app).toContain('app.use(logger())');
  expect(support).toBe('');
});
