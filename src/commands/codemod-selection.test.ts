import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChangeSet } from '../model/changeset.ts';
import { recordingIo } from '../testing/io.ts';
import { main } from './main.ts';

const NOTES = fileURLToPath(
  new URL('../../codemods/express-to-hono/cases/kept-not-asked-for/before/', import.meta.url),
);

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-selection-')));
  cpSync(NOTES, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function run(...args: string[]) {
  const { io, printed } = recordingIo(root, {});
  const code = await main(['codemod', 'run', 'express-to-hono', ...args], io);
  const { out, notes, documents } = printed;
  return { code, out: out.join('\n'), err: notes.join('\n'), document: documents[0] };
}

/** The routes in each world. */
async function worlds(...args: string[]) {
  const { code, err, document } = await run(...args, '--json');
  expect(code, err).toBe(0);
  const { routes = [] } = ChangeSet.parse(document);
  const inWorld = (wanted: string) =>
    routes.filter(({ world }) => world === wanted).map(({ method, path }) => `${method} ${path}`);
  return { hono: inWorld('hono'), express: inWorld('express'), routes };
}

const APP = (routes: string) =>
  `const express = require('express');\nconst app = express();\n${routes}\napp.listen(3000);\n`;

describe('routes that are asked for', () => {
  it('are those of a file', async () => {
    const { hono, routes } = await worlds('src/routes/notes.js');
    expect(hono).toEqual(['GET /notes', 'POST /notes', 'GET /notes/:id', 'DELETE /notes/:id']);
    const page = routes.find(({ path }) => path === '/about');
    expect([page?.world, page?.reason]).toEqual(['express', 'not asked for']);
  });

  it('are those of a pattern, with or without a method, and of several', async () => {
    expect((await worlds('--only', 'GET /notes/*')).hono).toEqual(['GET /notes', 'GET /notes/:id']);
    expect((await worlds('--only', '/notes/:any')).hono).toEqual(['GET /notes/:id', 'DELETE /notes/:id']);
    expect((await worlds('--only', 'get /*/:id', '--only', '/healthz')).hono).toEqual([
      'GET /healthz',
      'GET /teams/:team',
      'GET /notes/:id',
    ]);
  });

  it('are those of a file that a pattern names as well, where both are given', async () => {
    expect((await worlds('src/app.js', '--only', 'GET /*')).hono).toEqual([
      'GET /healthz',
      'GET /teams/:team',
    ]);
  });

  it('are all when nothing is chosen, or everything', async () => {
    const all = await run('--json');
    const chosen = await run('src', '--json');
    expect(chosen.document).toEqual(all.document);
    // A `param` callback that may answer keeps the comments, and what answers many paths stays with them.
    expect((await worlds()).express).toEqual([
      'GET /notes/:id/comments',
      'POST /notes/:id/comments',
      'ALL /v1/*',
    ]);
  });

  it('stay where one that is not asked for may answer the same request, with that reason', async () => {
    const get = (path: string) => `app.get('${path}', (req, res) => res.send('${path}'));`;
    writeFileSync(join(root, 'src/app.js'), APP(`${get('/a/:id')}\n${get('/a/new')}\n${get('/b')}`));
    const { hono, routes } = await worlds('--only', '/a/new', '--only', '/b');
    expect(hono).toEqual(['GET /b']);
    expect(routes.find(({ path }) => path === '/a/new')?.reason).toBe(
      'a request to it may also meet `GET /a/:id`, which is not asked for',
    );
    const refused = await run('--only', '/a/new', '--write', '--allow-dirty');
    expect(refused.code).toBe(3);
    expect(refused.out).toContain('src/app.js:4:1  `GET /a/new` stays in Express: a request to it may also');
    expect(refused.out).toMatch(/^routes: \d+ in Express$/m);
  });

  it('stay where what answers OPTIONS for them does', async () => {
    const routes =
      "app.options('*', (req, res) => res.sendStatus(204));\napp.get('/a', (req, res) => res.send('a'));";
    writeFileSync(join(root, 'src/app.js'), APP(routes));
    const { code, out } = await run('--only', 'GET /a', '--write', '--allow-dirty');
    expect(code).toBe(3);
    expect(out).toContain('may also meet `OPTIONS /*`, which is not asked for');
    expect((await worlds('--only', '/*')).hono).toEqual(['OPTIONS /*', 'GET /a']);
  });

  it('are counted in each world', async () => {
    const { out } = await run('--only', '/notes/:id');
    expect(out).toContain('routes: 2 in Hono, 8 in Express\n');
    expect(out).toContain('Apply with migrate codemod run express-to-hono --only /notes/:id --write');
  });
});

describe('a selection that names no route', () => {
  it.each([
    [['--only', 'GET /nots/*'], 'No route matches --only "GET /nots/*".'],
    [['--only', '/notes', '--only', 'PUT /notes'], 'No route matches --only "PUT /notes".'],
    [['src/middleware'], 'No route stands in the files given.'],
    [['src/routes/pages.js', '--only', '/notes'], 'No route stands in the files given and matches --only.'],
  ])('%j is bad usage, and says which routes there are', async (args, sentence) => {
    const before = readFileSync(join(root, 'src/app.js'), 'utf8');
    const { code, err } = await run(...args, '--write', '--allow-dirty');
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err).toContain('There are: GET /healthz (src/app.js), GET /teams/:team (src/app.js), GET /notes');
    expect(err).toContain(' and 4 more.');
    expect(readFileSync(join(root, 'src/app.js'), 'utf8')).toBe(before);
  });
});
