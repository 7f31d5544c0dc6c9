import { describe, expect, it } from 'vitest';
import type { ChangeSet } from '../../src/model/changeset.ts';
import { loadModules } from '../../src/workspace/syntax/modules.ts';
import { answersOf } from './answers.ts';
import { linesOf, nativeShare, scoreOf, sumOf } from './score.ts';

/** Answers of a program as `file:line kind name`. */
async function answers(files: Record<string, string>, generated: string[] = []): Promise<string[]> {
  const read = async (path: string) => files[path] ?? null;
  const modules = await loadModules({ root: '/program', paths: Object.keys(files), read });
  return answersOf(modules, new Set(generated)).map(
    ({ file, line, kind, name }) => `${file}:${line} ${kind} ${name}`,
  );
}

const SUPPORT = `
const { createReadStream } = require('node:fs');
exports.json = function json(c, value) { return c.body(JSON.stringify(value)); };
exports.setCookie = function setCookie(c, value) { c.header('Set-Cookie', value); };
exports.sendFile = function sendFile(c, path) {
  return new Promise((resolve) => createReadStream(path).on('open', () => answer(c, resolve)));
};
const answer = (c, done) => done(new Response('x'));
exports.queryOf = function queryOf(c) { return { page: c.req.query('page') }; };
`;

describe('places that make a response', () => {
  it('are methods of what Hono hands to a registered function, whatever it is called', async () => {
    const files = {
      'app.js': `
const { Hono } = require('hono');
const { show } = require('./show');
const app = new Hono();
app.use(async (ctx, next) => { if (ctx.req.query('no')) return ctx.text('no', 403); await next(); });
app.get('/a', (c) => c.json({ a: 1 })).post('/b', ...[show]);
app.notFound(({ json }) => json({ error: 'none' }, 404));
app.onError((error, c) => c.redirect('/'));
module.exports = app;
`,
      'show.js': 'exports.show = (c) => later(() => c.html("<p>"));\nconst later = (f) => f();\n',
    };
    expect(await answers(files)).toEqual([
      'app.js:5 plain c.text',
      'app.js:6 plain c.json',
      'app.js:7 plain c.json',
      'app.js:8 plain c.redirect',
      'show.js:1 plain c.html',
    ]);
  });

  it('are not what only looks like one', async () => {
    const app = `
import express from 'express';
import { Hono } from 'hono';
const app = new Hono();
const old = express();
// return c.json({ in: 'a comment' })
old.get('/', (req, c) => c.json({ kept: 'in Express' }));
const text = "c.json('in a string')";
app.get('/', async (c) => {
  const answer = await fetch(text).then((c) => c.json());
  const own = { json: (value) => value };
  own.json(answer);
  return c.body(null, 204);
});
`;
    expect(await answers({ 'app.mjs': app })).toEqual(['app.mjs:13 plain c.body']);
  });

  it('are calls of support functions where what they give back is one', async () => {
    const app = `
const { Hono } = require('hono');
const { streamSSE } = require('hono/streaming');
const { json, setCookie, sendFile, queryOf } = require('./support');
const app = new Hono();
const ok = (c, data) => json(c, { data });
app.get('/a', (c) => { setCookie(c, 'a=1'); return ok(c, queryOf(c)); });
app.get('/b', (c) => sendFile(c, '/etc/hosts'));
app.get('/c', (c) => streamSSE(c, async () => {}));
app.get('/d', () => new Response('raw'));
`;
    expect(await answers({ 'app.js': app, 'support.js': SUPPORT }, ['support.js'])).toEqual([
      'app.js:6 support json',
      'app.js:8 support sendFile',
      'app.js:9 hono streamSSE',
      'app.js:10 response new Response',
    ]);
  });
});

describe('the score of a conversion', () => {
  const before = new Map([
    ['package.json', '{ "dependencies": { "express": "^5", "zod": "^4" } }'],
    ['app.js', 'the original'],
  ]);
  const after = `
import { Hono } from 'hono';
import type { Context } from 'hono/jsx';
import { getCookie } from 'hono/cookie';
import { getMimeType } from 'hono/utils/mime';
import { json } from './http/json.ts';
const app = new Hono();
app.get('/a', (c) => c.json({ a: getCookie(c, 'a') }));
app.get('/b', (c) => json(c, { b: getMimeType('b') }));
app.get('/c', (c: Context) => c.text('c'));
`;
  const support = "import { etag } from 'hono/etag';\nexport const json = (c, value) => c.json(value);\n";
  const file = (path: string, status: 'changed' | 'created', newText: string) => ({
    ...{ path, status, newText, oldText: null, edits: [] },
  });
  const place = { file: 'app.js', line: 1, column: 1, name: 'a' };
  const changes = {
    files: [
      file('package.json', 'changed', '{ "dependencies": { "hono": "^4", "qs": "^6", "zod": "^4" } }'),
      file('app.ts', 'created', after),
      file('http/json.ts', 'created', support),
    ],
    outcomes: [
      { ...place, outcome: 'converted' },
      { ...place, outcome: 'converted' },
      { ...place, outcome: 'kept' },
    ],
  } as unknown as ChangeSet;

  it('counts handlers, answers, lines, dependencies and modules of Hono', async () => {
    expect(await scoreOf('/program', before, changes)).toEqual({
      handlers: { converted: 2, bridged: 0, kept: 1, refused: 0 },
      // All that was created counts as written by the conversion.
      answers: { plain: 0, hono: 0, support: 0, response: 0 },
      support: {},
      generated: { 'app.ts': 10, 'http/json.ts': 2 },
      dependencies: { before: 2, after: 3, added: ['hono', 'qs'], removed: ['express'] },
      hono: { 'hono/cookie': 1, 'hono/etag': 1 },
    });
  });

  it('tells the answers of the application from those in what was written beside it', async () => {
    const [manifest, app, json] = changes.files;
    const edited = { ...changes, files: [manifest, { ...app, status: 'changed' }, json] } as ChangeSet;
    const score = await scoreOf('/program', before, edited);
    expect(score.answers).toEqual({ plain: 2, hono: 0, support: 1, response: 0 });
    expect(score.support).toEqual({ json: 1 });
    expect(nativeShare(score)).toBeCloseTo(2 / 3);
    const both = sumOf([score, score]);
    expect([both.answers.plain, both.support.json, linesOf(both), both.handlers.kept]).toEqual([4, 2, 4, 2]);
  });

  it('has no share where nothing answers', async () => {
    expect(nativeShare(await scoreOf('/program', before, { files: [], outcomes: [] } as never))).toBeNull();
  });
});
