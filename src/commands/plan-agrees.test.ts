import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { counted, disagreements } from '../../bench/plan-agreement/disagreements.ts';
import { ChangeSet } from '../model/changeset.ts';
import { Plan } from '../model/plan.ts';
import { project, run } from './__fixtures__/express-project.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SKIPPED = /node_modules|[\\/]\.migrate|[\\/]uploads$|[\\/]data$/;

/** Small applications, by how many of their routes can move. */
const SMALL: [string, number, string][] = [
  [
    'plain handlers',
    2,
    "app.get('/a', (req, res) => res.json(1));\napp.post('/b', (req, res) => res.send('x'));",
  ],
  [
    'middleware of packages',
    0,
    "app.use(require('cors')());\napp.use(require('helmet')());\napp.get('/a', (req, res) => res.json(1));",
  ],
  [
    'a package that only Express can run',
    0,
    "app.use(require('express-session')({ secret: 'x' }));\napp.get('/a', (req, res) => res.json(1));",
  ],
  [
    'static files',
    1,
    "app.use('/files', express.static('public'));\napp.get('/a', (req, res) => res.json(1));",
  ],
  [
    'a file sent',
    1,
    "app.get('/file', (req, res) => res.sendFile('/x.txt'));\napp.get('/a', (req, res) => res.json(1));",
  ],
  [
    'a router that is handed on',
    0,
    "require('./unknown-registry').register(app);\napp.get('/a', (req, res) => res.json(1));",
  ],
  [
    'a method that Workers do not take',
    1,
    "app.link('/a', (req, res) => res.json(1));\napp.get('/b', (req, res) => res.json(1));",
  ],
];

async function both(folder: string) {
  const plan = Plan.parse((await run(folder, ['plan', '--target', 'workers', '--json'])).documents[0]);
  const codemod = ['codemod', 'run', 'express-to-hono', '--target', 'workers', '--json'];
  const changes = ChangeSet.parse((await run(folder, codemod)).documents[0]);
  return { plan, changes };
}

describe('the plan and the codemod say the same', () => {
  it.each(['express-notes', 'express-shop'])('of the fixture %s', async (name) => {
    const folder = project();
    cpSync(`${root}fixtures/${name}`, folder, {
      recursive: true,
      filter: (path) => !SKIPPED.test(path.slice(root.length)),
    });
    const { plan, changes } = await both(folder);
    expect(disagreements(plan, changes)).toEqual([]);
    expect(counted(plan).of).toBeGreaterThan(30);
  });

  it.each(SMALL)('of an application with %s', async (_, moving, lines) => {
    const folder = project({
      'package.json': JSON.stringify({
        name: 'small',
        main: 'app.js',
        dependencies: { express: '4.22.3', 'express-session': '1.18.0', cors: '2.8.5', helmet: '8.0.0' },
      }),
      'app.js': `const express = require('express');\nconst app = express();\n${lines}\nmodule.exports = app;\n`,
      'unknown-registry.js': 'exports.register = (it) => global.hooks.push(it);\n',
    });
    const { plan, changes } = await both(folder);
    expect(disagreements(plan, changes)).toEqual([]);
    expect(counted(plan).moving).toBe(moving);
  });

  it('which a planted disagreement shows', async () => {
    const folder = project({
      'package.json': JSON.stringify({ name: 'small', main: 'app.js', dependencies: { express: '4.22.3' } }),
      'app.js':
        "const app = require('express')();\napp.get('/a', (req, res) => res.json(1));\nmodule.exports = app;\n",
    });
    const { plan, changes } = await both(folder);
    const outcomes = changes.outcomes.map((one) => ({
      ...one,
      outcome: 'refused' as const,
      reason: 'planted',
    }));
    expect(disagreements(plan, { outcomes, limits: [] })).toEqual([
      'GET /a moves; the codemod says "refused" at app.js:2:15: planted',
      'the plan says to move to Workers; the codemod leaves the application as it is',
    ]);
  });
});
