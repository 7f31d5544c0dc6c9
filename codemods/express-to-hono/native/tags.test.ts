import { expect, it } from 'vitest';
import { runOnTree } from '../../../src/codemod/cases.ts';
import codemod from '../index.ts';

/** Whether an application with this code has tags, and the behaviours that it leaves out. */
async function tagged(...code: string[]) {
  const program = [
    "const express = require('express');",
    'const app = express();',
    ...code,
    'app.listen(3000);',
  ];
  const files = new Map([
    ['package.json', '{ "dependencies": { "express": "^5.1.0", "hono": "^4.0.0" } }'],
    ['app.js', program.join('\n')],
  ]);
  const { tree, changeSet } = await runOnTree(codemod, files, { parity: 'idiomatic' });
  const left = (changeSet.leftOut ?? []).map(({ behaviour }) => behaviour);
  return { isTagged: tree.get('app.js')?.includes('conditionalGet()'), isTold: left.includes('etag') };
}

const find = 'const find = (id) => ({ id, at: Date.now() });';

it.each([
  ['a small body that is written out', ["app.get('/', (req, res) => res.json({ hi: ['there', 1, null] }));"]],
  ['a text that is written out', ["app.get('/', (req, res) => res.send(`hi`));"]],
  [
    'what is not to be stored',
    [find, "app.get('/', (req, res) => { res.set('Cache-Control', 'no-store'); res.json(find(1)); });"],
  ],
  ['an error', [find, "app.get('/', (req, res) => { res.status(404).json(find(1)); });"]],
  [
    'a POST',
    [find, "app.get('/', (req, res) => res.send('hi'));", "app.post('/', (req, res) => res.json(find(1)));"],
  ],
  [
    'what error handlers say',
    [
      "app.get('/', (req, res) => res.send('hi'));",
      'app.use((err, req, res, next) => { res.status(err.status || 500).json({ error: err.message }); });',
    ],
  ],
])('%s has no tag, and that is told', async (_title, code) => {
  expect(await tagged(...code)).toEqual({ isTagged: false, isTold: true });
});

it.each([
  ['a body that differs', [find, "app.get('/', (req, res) => res.json(find(1)));"]],
  ['a part of it that differs', ["app.get('/', (req, res) => res.json({ at: [Date.now()] }));"]],
  ['a text with something in it', ["app.get('/:id', (req, res) => res.send('hi ' + req.params.id));"]],
  ['a long body', [`app.get('/', (req, res) => res.json({ text: '${'long '.repeat(50)}' }));`]],
  ['what any method gets', [find, "app.all('/', (req, res) => res.json(find(1)));"]],
  [
    'what a helper answers',
    [find, 'const ok = (res, data) => res.json(data);', "app.get('/', (req, res) => ok(res, find(1)));"],
  ],
  [
    'another handler than the one that is not stored',
    [
      find,
      "app.get('/a', (req, res) => { res.set('Cache-Control', 'no-store'); res.json({}); });",
      "app.get('/b', (req, res) => res.json(find(1)));",
    ],
  ],
])('%s has one', async (_title, code) => {
  expect(await tagged(...code)).toEqual({ isTagged: true, isTold: false });
});
