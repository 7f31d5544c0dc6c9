import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { ChangeSet } from '../../model/changeset.ts';
import { recordingIo } from '../../testing/io.ts';
import { main } from '../main.ts';

/** A small application of four routers. */
export const FILES = {
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

export let root: string;

/** Gives each test of the file that calls it the application in a repository with a commit. */
export function notesForEach(): void {
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-again-')));
  mkdirSync(join(root, 'src/routes'), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) write(path, text);
  git('init', '-q');
  commit();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
}

export const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe', encoding: 'utf8' });
export function commit(): void {
  git('add', '-A');
  git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'x', '--allow-empty');
}

export async function migrate(...args: string[]) {
  const { io, printed } = recordingIo(root, {});
  const code = await main(args, io);
  const { out, notes, documents } = printed;
  return { code, out: out.join('\n'), err: notes.join('\n'), document: documents[0] };
}
export const run = (...args: string[]) => migrate('codemod', 'run', 'express-to-hono', '--no-typecheck', ...args);

/** Writes what a run proposes, and commits it. */
export async function take(...args: string[]): Promise<ChangeSet> {
  const { code, err, document } = await run(...args, '--write', '--json');
  expect(code, err).toBe(0);
  commit();
  return ChangeSet.parse(document);
}

export const read = (path: string) => readFileSync(join(root, path), 'utf8');
export const write = (path: string, text: string) => writeFileSync(join(root, path), text);
export function edit(path: string, from: string, to: string): void {
  expect(read(path)).toContain(from);
  write(path, read(path).replace(from, to));
  commit();
}

export const lineOf = (path: string, text: string): number =>
  read(path)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** Every file but our own folder, with its text. */
export function tree(): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !/^\.(git|migrate)/.test(path) && statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, read(path)]));
}

export const count = ({ routes = [] }: ChangeSet, wanted: string) =>
  routes.filter(({ world }) => world === wanted).length;
