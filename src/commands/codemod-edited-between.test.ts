import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  commit,
  edit,
  lineOf,
  notesForEach,
  read,
  root,
  run,
  take,
  tree,
  write,
} from './__fixtures__/notes-again.ts';

notesForEach();

const PONG = "routerInHono.get('/ping', (c) => c.text('pong'));\n";

describe('what was edited between two runs', () => {
  beforeEach(async () => {
    await take('src/routes/notes.js');
  });

  it('in code that stayed is converted with it', async () => {
    edit('src/routes/tags.js', 'max-age=60', 'max-age=90');
    edit('src/request-id.js', 'req.get(', "req.get('X-Trace') || req.get(");
    await take('src/routes/tags.js');
    expect(read('src/routes/tags.js')).toContain("c.header('Cache-Control', 'max-age=90')");
    const both = read('src/request-id.js');
    expect(both).toContain("req.get('X-Trace') || req.get(");
    expect(both).toContain("c.req.header('X-Trace') || c.req.header(");
  });

  it('in what became Hono’s stays as it was edited, as does a route that was added there', async () => {
    edit('src/answers.js', 'function show(c) {\n', "function show(c) {\n  c.header('X-Shown', '1');\n");
    edit('src/routes/notes.js', "routerInHono.get('/:id', ", `${PONG}routerInHono.get('/:id', `);
    await take('src/routes/tags.js');
    await take('src/routes/users.js');
    expect(read('src/answers.js')).toContain("  c.header('X-Shown', '1');\n  return");
    expect(read('src/routes/notes.js')).toContain(PONG);
  });

  it('and names what the second run takes away is named', async () => {
    edit('src/routes/notes.js', "routerInHono.get('/:id', ", `${PONG}routerInHono.get('/:id', `);
    const at = lineOf('src/routes/notes.js', '/ping');
    const { code, err } = await run('--write');
    expect(code).toBe(3);
    expect(err).toContain(`in what it wrote and this one writes otherwise: src/routes/notes.js:${at}.`);
  });

  it('and names a twin that goes is named', async () => {
    edit('src/answers.js', 'module.exports', "const ids = require('./request-id').inHono;\n\nmodule.exports");
    edit('src/answers.js', 'function show(c) {\n', 'function show(c) {\n  ids(c, () => {});\n');
    const { code, err } = await run('--write');
    expect(code).toBe(3);
    expect(err).toContain(`otherwise: src/answers.js:${lineOf('src/answers.js', 'inHono')}`);
  });

  it('and names it in a file of its own is named', async () => {
    write('src/routes/extra.js', "module.exports = (hono) => hono.use(require('../request-id').inHono);\n");
    commit();
    expect((await run('src/routes/tags.js')).code).toBe(0);
    expect((await run('--write')).err).toContain('otherwise: src/routes/extra.js:1.');
  });

  it('adds a route to Express, which the second run sees', async () => {
    const added = "router.get('/:id/old', (req, res) => res.json({ old: req.params.id }));\n";
    edit('src/routes/notes.js', "router.use('/:id/comments'", `${added}router.use('/:id/comments'`);
    const { routes = [] } = await take('src/routes/tags.js');
    expect(routes.find(({ path }) => path === '/notes/:id/old')?.world).toBe('express');
    await take('--only', '/notes/*');
    expect(read('src/routes/notes.js')).toContain(
      "router.get('/:id/old', (c) => c.json({ old: c.req.param('id') }));",
    );
  });

  it('in lines that both write is named, and nothing is written', async () => {
    edit('src/app.js', "hono.route('/notes', ", "hono.route('/memos', ");
    edit('src/app.js', 'besideExpress(hono, express())', 'besideExpress(hono, express(), {})');
    const before = tree();
    // Here both stay as they are.
    expect((await run('src/routes/tags.js')).code).toBe(0);
    const { code, err } = await run('--write');
    expect([code, tree()]).toEqual([3, before]);
    const lines = ['besideExpress(hono', '/memos'].map((text) => `src/app.js:${lineOf('src/app.js', text)}`);
    expect(err).toContain(`this one writes otherwise: ${lines.join(', ')}.`);
    expect(err).toContain('Take those edits out (git stash), run again');
    expect(existsSync(join(root, '.migrate', 'lock'))).toBe(false);
  });

  it('in code of both at once is named', async () => {
    const text = read('src/app.js');
    const moved = text.replaceAll("'/notes'", "'/memos'").replace("'/tags'", "'/labels'");
    write('src/app.js', moved);
    commit();
    const { code, err } = await run('src/routes/users.js', '--write');
    expect(code).toBe(3);
    expect(err).toContain(`otherwise: src/app.js:${lineOf('src/app.js', '/memos')}.`);
  });

  it('in a file that the earlier run made is named', async () => {
    write('src/express-parity.js', `${read('src/express-parity.js')}// ours\n`);
    commit();
    const { code, err } = await run('src/routes/tags.js', '--write');
    expect(code).toBe(3);
    expect(err).toContain(
      'The earlier run wrote or deleted src/express-parity.js, and that is not as it left it.',
    );
  });

  it('so that a route could not be taken again is refused, naming the reason', async () => {
    edit('src/request-id.js', 'next();', 'req.raw = req.httpVersion;\n  next();');
    const { code, err } = await run('src/routes/tags.js', '--write');
    expect(code).toBe(3);
    expect(err).toMatch(
      /^error GET \/notes, GET \/notes\/:id would go back: .* keeps them in Express \(.*httpVersion/,
    );
  });
});
