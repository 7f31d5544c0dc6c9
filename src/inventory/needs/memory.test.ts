import { describe, expect, it } from 'vitest';
import { project } from '../../testing/project.ts';
import { collectInventory } from '../index.ts';

/** Names of what the one route `GET /` keeps in the process's memory. */
async function kept(text: string, files: Record<string, string> = {}): Promise<string[]> {
  const root = project({
    'package.json': JSON.stringify({ name: 'app', main: 'app.js', dependencies: { express: '4' } }),
    'app.js': `const express = require('express');\nconst app = express();\n${text}\napp.listen(3000);\n`,
    ...files,
  });
  const { routes } = await collectInventory(root);
  expect(routes).toHaveLength(1);
  return routes.flatMap(({ needs }) => needs.filter(({ kind }) => kind === 'state').map(({ name }) => name));
}

describe('what outlives a request in the memory of the process', () => {
  it.each<[string, string]>([
    ['a counter', "let n = 0;\napp.get('/', (req, res) => res.json(++n));"],
    ['a Map', "const n = new Map();\napp.get('/', (req, res) => res.json(n.set(1, 2)));"],
    [
      'a list inside an object',
      "const n = { items: [] };\napp.get('/', (req, res) => { n.items.push(1); res.end(); });",
    ],
    [
      'a cache package',
      "const Cache = require('node-cache');\nconst n = new Cache();\napp.get('/', (req, res) => res.json(n.set(1, 2)));",
    ],
    [
      'what a timer renews',
      "let n;\nconst renew = () => { n = Date.now(); };\nrenew();\nsetInterval(renew, 1000);\napp.get('/', (req, res) => res.json(n));",
    ],
    [
      'a variable that a closure keeps',
      "const count = (n) => () => ++n;\nconst next = count(0);\napp.get('/', (req, res) => res.json(next()));",
    ],
    [
      'a value of the first request that later ones find',
      "let n;\napp.get('/', (req, res) => { if (!n) n = req.user; res.json(n); });",
    ],
    [
      'a lock',
      "let n = false;\napp.get('/', (req, res) => { if (!n) { n = true; work(); n = false; } res.end(); });",
    ],
    [
      'a list that is made when it is first asked, and grows',
      "let n;\napp.get('/', (req, res) => { n ??= []; n[req.ip] = 1; res.json(n); });",
    ],
    [
      'an object whose method reads what changes',
      "const n = { items: [], all() { return n.items; } };\napp.get('/', (req, res) => { n.items.push(1); res.json(n.all()); });",
    ],
    [
      'a member that is taken from an object of the module',
      "const n = { a: 1 };\napp.get('/', (req, res) => { delete n[req.query.a]; res.json(n); });",
    ],
    [
      'a variable that is set after something was waited for, and read before',
      "let n = '';\napp.get('/', async (req, res) => { n = req.query.a; await work(); res.json(n); });",
    ],
    [
      'what the constructor of an object has another method set, where requests make such objects as well',
      "let n;\nclass A { constructor() { this.load(); } load() { n = {}; } }\nnew A();\napp.get('/', (req, res) => { new A(); res.json(n); });",
    ],
    [
      'a variable that is set on one way alone',
      "let n = '';\napp.get('/', (req, res) => { if (req.query.a) { n = req.query.a; } res.json(n); });",
    ],
    [
      'a table that the first request fills with what it was handed',
      "const n = new Map();\napp.get('/', (req, res) => { if (n.size === 0) n.set('a', req.ip); res.json(n.get('a')); });",
    ],
    [
      'a table that is filled where it is empty, and elsewhere',
      "const n = new Map();\nconst add = (k, v) => n.set(k, v);\napp.get('/', (req, res) => { if (n.size === 0) add('a', 1); add(req.ip, 2); res.json(n.get('a')); });",
    ],
    [
      'an object handed in from the top level',
      "const keep = (n) => ({ set: (v) => { n.last = v; } });\nconst made = keep({});\napp.get('/', (req, res) => { made.set(1); res.end(); });",
    ],
  ])('is %s', async (_, text) => {
    expect(await kept(text)).toEqual(['n']);
  });

  it('is a field of an object that all requests share', async () => {
    expect(
      await kept(
        "class A { add() { this.n = 1; } }\nconst a = new A();\napp.get('/', (req, res) => { a.add(); res.end(); });",
      ),
    ).toEqual(['this.n']);
  });

  it.each<[string, string]>([
    [
      'a call on an imported client',
      "const { PrismaClient } = require('@prisma/client');\nconst db = new PrismaClient();\napp.get('/', async (req, res) => { await db.user.delete({}); db.tags.push(1); res.end(); });",
    ],
    [
      'a queue that a server keeps',
      "const Queue = require('bull');\nconst jobs = new Queue('x');\napp.get('/', (req, res) => res.json(jobs.add({})));",
    ],
    [
      'the response',
      "app.get('/', (req, res) => { const done = () => { res.statusCode = 204; res.locals.items.push(1); delete req.user; res.end(); }; setTimeout(done, 1); });",
    ],
    [
      'what a function does to its argument',
      "const send = (out) => ({ ok() { out.sent = true; out.end(); } });\napp.get('/', (req, res) => send(res).ok());",
    ],
    [
      'what is set once at start',
      "let db;\nlet ready = false;\nasync function connect() { db = await open(); }\nasync function main() { await connect(); }\nmain();\nopen().then(() => { ready = true; });\napp.get('/', (req, res) => res.json({ db, ready }));\nasync function open() { return {}; }",
    ],
    [
      'what each process makes for itself when it is first asked',
      "let n;\nlet m = null;\nlet o;\nfunction get() { if (!n) { const key = load(); n = connect(key); } m ??= open(); if (o) return o; o = n; return o; }\nfunction close() { m = null; }\napp.get('/', (req, res) => { close(); res.json([get(), n, m, o]); });",
    ],
    [
      'what the constructor of an object that is made at start has another method set',
      "class A { constructor() { this.load(); } load() { this.n = {}; } }\nconst a = new A();\napp.get('/', (req, res) => { res.json(a.n); });",
    ],
    [
      'a field that a class makes when it is first asked',
      "class A { static one = null; static get() { if (A.one === null) A.one = new A(); return A.one; } async text() { if (this.kept === undefined) this.kept = await load(); return this.kept; } }\napp.get('/', async (req, res) => { const a = A.get(); res.json(await a.text()); });",
    ],
    [
      'a member beside one that changes',
      "const n = { most: 5, items: [] };\nprocess.on('x', () => { n.items.push(1); });\napp.get('/', (req, res) => { res.json(n.most); });",
    ],
    [
      'what carries a value to the next line',
      "let n = '';\napp.get('/', async (req, res) => { n = 'select ' + req.query.a; if (req.query.b) { work(n); } res.json(await work(n)); });",
    ],
    [
      'a table that is filled with the same when it is first asked',
      "class A { static n = new Map(); static add(k, v) { this.n.set(k, v); } static get(k) { if (this.n.size === 0) { this.add('a', work()); } return this.n.get(k); } }\nconst m = new Set();\napp.get('/', (req, res) => { if (!m.size) m.add('a'); res.json([A.get(req.query.k), m.has('b')]); });",
    ],
    [
      'a member that is taken from what another module gave',
      "const n = require('./n');\napp.get('/', (req, res) => { delete n.secret; res.json(n); });",
    ],
    [
      'an object that each request makes',
      "class A { add() { this.n = 1; } }\napp.get('/', (req, res) => { const a = new A(); a.add(); res.end(); });",
    ],
    [
      'an object of a class that extends another',
      "class A { add() { this.n = 1; } }\nclass B extends A {}\nclass C extends B {}\napp.get('/', (req, res) => { const a = new C(); a.add(); res.end(); });",
    ],
  ])('is not %s', async (_, text) => {
    expect(await kept(text)).toEqual([]);
  });

  it('is a field of an object that lasts, of a class that extends another', async () => {
    const text =
      "class A { add() { this.n = 1; } }\nclass B extends A {}\nconst b = new B();\napp.get('/', (req, res) => { b.add(); res.end(b.n); });";
    expect(await kept(text)).toEqual(['this.n']);
  });

  it('is not an object that each of several requests makes, and is one that is made at load, too', async () => {
    const of = async (more: string) => {
      const root = project({
        'package.json': JSON.stringify({ name: 'app', main: 'app.js', dependencies: { express: '4' } }),
        'app.js': `const express = require('express');\nconst app = express();\nclass A { add() { this.n = 1; } }\napp.get('/a', (req, res) => { new A().add(); res.end(); });\napp.get('/b', (req, res) => { new A().add(); res.end(); });\n${more}app.listen(3000);\n`,
      });
      const { routes } = await collectInventory(root);
      return routes.map(({ path, needs }) => `${path} ${needs.map(({ name }) => name).join(' ')}`.trim());
    };
    expect(await of('')).toEqual(['/a', '/b']);
    const kept = "const kept = new A();\napp.get('/c', (req, res) => { kept.add(); res.end(); });\n";
    expect(await of(kept)).toEqual(['/a this.n', '/b this.n', '/c this.n']);
  });

  it('is not what another file sets once at start', async () => {
    expect(
      await kept(
        "const db = require('./db');\ndb.init();\napp.get('/', (req, res) => res.json(db.get().rows));",
        { 'db.js': 'let pool;\nexports.init = () => { pool = {}; };\nexports.get = () => pool;\n' },
      ),
    ).toEqual([]);
  });
});
