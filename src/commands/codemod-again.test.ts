import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChangeSet } from '../model/changeset.ts';
import { readChanges } from '../shadow/attribute/edits.ts';
import { recordingIo } from '../testing/io.ts';
import { main } from './main.ts';

const FILES = {
  'package.json': '{\n  "name": "notes",\n  "dependencies": {\n    "express": "^4.22.3"\n  }\n}\n',
  'src/server.js': "require('./app').listen(process.env.PORT);\n",
  'src/app.js': `const express = require('express');
const requestId = require('./request-id');

const app = express();
app.use(requestId);
app.use(express.json());

app.use('/notes', require('./routes/notes'));
app.use('/tags', require('./routes/tags'));
app.use('/users', require('./routes/users'));

module.exports = app;
`,
  'src/request-id.js': `module.exports = function requestId(req, res, next) {
  req.id = req.get('X-Request-Id');
  next();
};
`,
  'src/answers.js': `function show(req, res) {
  res.json({ note: req.params.id, of: req.id });
}

module.exports = { show };
`,
  'src/routes/notes.js': `const express = require('express');
const { show } = require('../answers');

const router = express.Router();

router.get('/', (req, res) => res.json([]));
router.get('/:id', show);
router.use('/:id/comments', require('./comments'));

module.exports = router;
`,
  'src/routes/comments.js': `const router = require('express').Router({ mergeParams: true });

router.get('/', (req, res) => res.json({ comments: req.params.id }));

module.exports = router;
`,
  'src/routes/tags.js': `const router = require('express').Router();

router.get('/', (req, res) => {
  res.set('Cache-Control', 'max-age=60');
  res.json(['a']);
});

module.exports = router;
`,
  'src/routes/users.js': `const router = require('express').Router();

router.get('/:name', (req, res) => res.json({ user: req.params.name }));

module.exports = router;
`,
};

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-again-')));
  mkdirSync(join(root, 'src/routes'), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) write(path, text);
  git('init', '-q');
  commit();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe', encoding: 'utf8' });
function commit(): void {
  git('add', '-A');
  git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'x', '--allow-empty');
}

async function migrate(...args: string[]) {
  const { io, printed } = recordingIo(root, {});
  const code = await main(args, io);
  const { out, notes, documents } = printed;
  return { code, out: out.join('\n'), err: notes.join('\n'), document: documents[0] };
}
const run = (...args: string[]) => migrate('codemod', 'run', 'express-to-hono', '--no-typecheck', ...args);

/** Writes what a run proposes, and commits it. */
async function take(...args: string[]): Promise<ChangeSet> {
  const { code, err, document } = await run(...args, '--write', '--json');
  expect(code, err).toBe(0);
  commit();
  return ChangeSet.parse(document);
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const write = (path: string, text: string) => writeFileSync(join(root, path), text);
function edit(path: string, from: string, to: string): void {
  expect(read(path)).toContain(from);
  write(path, read(path).replace(from, to));
  commit();
}

const lineOf = (path: string, text: string): number =>
  read(path)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** Every file but our own folder, with its text. */
function tree(): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !/^\.(git|migrate)/.test(path) && statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, read(path)]));
}

const count = ({ routes = [] }: ChangeSet, wanted: string) =>
  routes.filter(({ world }) => world === wanted).length;

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
