import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readChanges } from '../shadow/attribute/edits.ts';
import {
  commit,
  count,
  edit,
  FILES,
  git,
  lineOf,
  migrate,
  notesForEach,
  read,
  root,
  run,
  take,
  tree,
} from './__fixtures__/notes-again.ts';

notesForEach();

describe('a second run of express-to-hono', () => {
  it('takes more over, as one run for all of it would, and each undo returns to the byte', async () => {
    const states = [tree()];
    const first = await take('src/routes/notes.js');
    expect([count(first, 'hono'), count(first, 'express')]).toEqual([2, 3]);
    states.push(tree());
    const second = await take('src/routes/tags.js', 'src/routes/comments.js');
    expect([count(second, 'hono'), second.continues]).toEqual([4, first.journal]);
    states.push(tree());
    const third = await take();
    expect([count(third, 'hono'), count(third, 'express')]).toEqual([5, 0]);
    states.push(tree());
    expect(read('package.json')).not.toContain('"express"');
    expect(read('src/express-parity.js')).not.toContain('besideExpress');

    for (const state of [2, 1, 0]) {
      expect((await migrate('undo')).code).toBe(0);
      expect(tree(), `state ${state}`).toEqual(states[state]);
      commit();
    }
    await take('src/routes/notes.js', 'src/routes/tags.js', 'src/routes/comments.js');
    expect(tree()).toEqual(states[2]);
    await migrate('undo');
    commit();
    await take();
    expect(tree()).toEqual(states[3]);
  });

  it('that has nothing new says so, whether or not something is asked for', async () => {
    await take('src/routes/notes.js', 'src/routes/tags.js');
    const before = tree();
    const { code, out } = await run('--only', '/tags/*', '--write');
    expect([code, tree()]).toEqual([0, before]);
    expect(out).toContain('Nothing to do: an earlier run took all of it that can go.');
    expect(out).not.toContain('next ');
    expect(readdirSync(join(root, '.migrate', 'journal'))).toHaveLength(1);
    await take();
    expect((await run('--write')).out).toContain('Nothing to do: no file needs a change.');
  });

  it('that can take nothing of what is asked for is refused, and the places are named', async () => {
    edit('src/routes/users.js', 'req.params.name', 'req.httpVersion');
    await take('src/routes/notes.js');
    const { code, out } = await run('--only', '/users/*', '--write');
    expect(code).toBe(3);
    expect(out).toContain(
      `In the way: 1\n  src/app.js:${lineOf('src/app.js', '/users')}:1  The router at \`/users\` stays in Express: `,
    );
    expect((await run('--write')).out).toContain('routes: 4 in Hono, 1 in Express');
  });

  it('takes nothing back: what could be divided then can be now', async () => {
    edit(
      'src/routes/users.js',
      'module.exports',
      `router.post('/:name', (req, res) => res.json(req.httpVersion));\n\nmodule.exports`,
    );
    edit(
      'src/app.js',
      'module.exports',
      `app.all('/v1/*', (req, res) => res.sendStatus(410));\n\nmodule.exports`,
    );
    await take('--only', 'GET /users/*', '--only', '/v1/*');
    const all = await take('src/routes/tags.js');
    expect(count(all, 'hono')).toBe(2);
    const { routes = [] } = await take();
    const inWorlds = routes.map(({ method, path, world }) => `${method} ${path} ${world}`);
    expect(inWorlds).toContain('GET /users/:name hono');
    expect(inWorlds).toContain('POST /users/:name express');
    // Byte for byte, methods of one path stay together where nobody asks for the division.
    for (const _ of [1, 2, 3]) await migrate('undo');
    commit();
    expect(count(await take('--parity', 'wire'), 'hono')).toBe(4);
  });

  it('keeps the options of the first, unless others are given', async () => {
    await take('src/routes/notes.js', '--parity', 'idiomatic');
    expect((await take('src/routes/tags.js')).options).toMatchObject({ parity: 'idiomatic' });
    expect((await take('--parity', 'wire')).options).toMatchObject({ parity: 'wire' });
  });

  it('makes handlers Hono’s where Express registers them once that is asked for, and then keeps to it', async () => {
    edit('src/routes/users.js', 'req.params.name', 'req.httpVersion');
    await take();
    const before = tree();
    expect(before['src/routes/users.js']).not.toContain('inExpress');
    expect((await run('src/routes/notes.js', '--in-place')).out).toContain(
      'note  `--in-place` changes nothing for a Worker, and where files or `--only` choose.',
    );
    expect((await take('--in-place')).options).toMatchObject({ 'in-place': true });
    const after = tree();
    expect(after['src/routes/users.js']).toContain('inExpress(');
    expect((await run('--write')).out).toContain('Nothing to do');
    expect(tree()).toEqual(after);
    await migrate('undo');
    expect(tree()).toEqual(before);
  });

  it('owns its edits in place of the run before, until it is undone', async () => {
    await take('src/routes/notes.js');
    const first = readChanges(root);
    await take('src/routes/tags.js');
    const second = readChanges(root);
    expect([first.sets, second.sets]).toEqual([1, 1]);
    const app = second.files.find(({ path }) => path === 'src/app.js');
    expect(app?.oldText).toBe(FILES['src/app.js']);
    expect(second.files.some(({ path }) => path === 'src/routes/tags.js')).toBe(true);
    const beside = app?.edits.find(({ rule }) => rule === 'worlds/beside');
    expect(app?.newText?.slice(beside?.after.start).startsWith('besideExpress(hono, ')).toBe(true);
    await migrate('undo');
    expect(readChanges(root).files.map(({ path }) => path)).toEqual(first.files.map(({ path }) => path));
  });

  it('goes on in another clone: what it needs is committed', async () => {
    await take('src/routes/notes.js');
    git('clean', '-fdqX');
    expect(existsSync(join(root, '.migrate', 'journal'))).toBe(false);
    expect(count(await take('src/routes/tags.js'), 'hono')).toBe(3);
  });

  it('is refused with exit 3, and a sentence, where the earlier one is not known', async () => {
    await take('src/routes/notes.js');
    rmSync(join(root, '.migrate'), { recursive: true });
    commit();
    const before = tree();
    const { code, out } = await run('src/routes/tags.js', '--write');
    expect([code, tree()]).toEqual([3, before]);
    expect(out).toContain(
      'src/app.js:1:1  it was divided by an earlier run that .migrate/evidence/changesets does not hold',
    );
    expect(out).toContain('take that change back in git and run this for the routes of both');
  });
});
