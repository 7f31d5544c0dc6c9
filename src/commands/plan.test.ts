import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Inventory } from '../model/inventory.ts';
import { Plan } from '../model/plan.ts';
import { APP, answer, manifest, run, shop } from './__fixtures__/express-project.ts';

describe('migrate plan', () => {
  it('exits with 5 when nobody can be asked, and writes nothing', async () => {
    const root = shop();
    for (const args of [['plan'], ['plan', '--json']]) {
      const { code, notes } = await run(root, args);
      expect(code).toBe(5);
      expect(notes).toContain('There is no terminal to ask on.');
    }
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  });

  it('asks one question on a terminal, the recommended answer first with its reason', async () => {
    const root = shop();
    const asked = answer('deno');
    const { code, out } = await run(root, ['plan'], { interactive: true });
    expect(code).toBe(0);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toBe('Where should it run?');
    expect(asked[0]?.choices[0]?.name).toMatch(/^Bun 1\.4 {2}\(recommended: Express answered the same there/);
    expect(asked[0]?.choices.map((choice) => choice.value)).toEqual([
      'bun',
      'deno',
      'workers',
      'node',
      'not-sure',
      'try',
    ]);
    expect(out).toContain('target deno@2.9 (answered)');
  });

  it('leaves everything as it was on Ctrl-C at the question, and says so', async () => {
    const root = shop();
    answer(Object.assign(new Error('closed'), { name: 'ExitPromptError' }));
    const { code, notes } = await run(root, ['plan'], { interactive: true });
    expect([code, notes]).toEqual([130, 'error Interrupted. Nothing was written; the tree is as it was.']);
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  });

  it('writes a plan that holds no path of this machine, and beside it only the gates', async () => {
    const root = shop();
    execFileSync('git', ['init', '-q'], { cwd: root });
    const { out } = await run(root, ['plan', '--target', 'bun']);
    const text = readFileSync(join(root, '.migrate', 'plan.json'), 'utf8');
    const plan = Plan.parse(JSON.parse(text));
    expect(text).not.toContain(root);
    expect(readdirSync(join(root, '.migrate')).sort()).toEqual(['.gitignore', 'gates.yaml', 'plan.json']);
    expect(
      execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: root, encoding: 'utf8' }),
    ).toContain('?? .migrate/plan.json');
    expect(plan.verdict).toMatchObject({
      kind: 'move',
      sentence: 'Move to Bun 1.4, keep Express; Workers could take 1 of 1 routes.',
    });
    expect(out).toContain('Written   .migrate/plan.json');
    expect(out).toMatch(/Next {6}migrate \w+/);
  });

  it('stays on Node when a dependency blocks Bun, with the place and the remedy', async () => {
    const root = shop({
      'package.json': manifest({ dependencies: { express: '4', 'better-sqlite3': '12.11.1' } }),
    });
    const recommended = Plan.parse((await run(root, ['plan', '--yes', '--json'])).documents[0]);
    expect(recommended.target).toEqual({ name: 'node', spec: 'node@24', answeredBy: 'recommendation' });
    expect(recommended.verdict.kind).toBe('stay');
    expect(recommended.stages.find((stage) => stage.id === 'stay-on-node')?.status).toBe('ready');
    const forced = Plan.parse((await run(root, ['plan', '--target', 'bun', '--json'])).documents[0]);
    expect(forced.verdict.kind).toBe('move-after-blockers');
    expect(forced.blockers).toMatchObject([
      {
        id: 'better-sqlite3-legacy-abi',
        location: { file: 'package.json', line: 1 },
        asOf: '2026-11-23',
        remedy: expect.stringContaining('13.2'),
      },
    ]);
    expect(forced.stages.find((stage) => stage.id === 'full-switch')?.status).toBe('blocked');
  });

  it('judges each route and each script with its reasons', async () => {
    const root = shop({
      'package.json': manifest({
        scripts: {
          start: 'node app.js',
          seed: 'node seed.js',
          test: 'node --test',
          all: 'npm run seed && npm test',
        },
      }),
      'seed.js': 'console.log(1);\n',
      'app.js':
        "const express = require('express');\nconst { execFile } = require('node:child_process');\nconst app = express();\nconst seen = new Map();\napp.get('/pure', (req, res) => res.json({ ok: true }));\napp.get('/run', (req, res) => execFile('date', () => res.end()));\napp.get('/count', (req, res) => { seen.set(req.ip, 1); res.json(seen.size); });\n",
    });
    const plan = Plan.parse((await run(root, ['plan', '--target', 'bun', '--json'])).documents[0]);
    const items = (id: string) =>
      plan.stages
        .find((stage) => stage.id === id)
        ?.items.map((item) => [item.name, item.moves, item.moves ? item.becomes : item.reasons[0]?.sentence]);
    expect(items('edge-layer')).toEqual([
      ['GET /pure', true, undefined],
      ['GET /run', false, 'node:child_process can be imported on Workers, but its calls are not implemented'],
      [
        'GET /count',
        false,
        "memory of the process, which Workers' short-lived isolates do not share: `seen`",
      ],
    ]);
    expect(items('scripts-to-bun')).toEqual([
      ['start', false, 'it starts the application; that is the full switch'],
      ['seed', true, 'bun seed.js'],
      ['test', false, "node --test is Node's own test runner; Bun implements node:test in part"],
      ['all', false, 'it runs test, which stays on Node'],
    ]);
  });

  it('adds a stage of the repository and replaces a shipped one of the same id', async () => {
    const step =
      'id: look\n    title: Look at {{entry}}\n    instructions: Look.\n    risk: low\n    actions: [{ do: ask, question: "Seen {{entry}}?" }]\n    rollback: none';
    const playbook = (id: string, order: number) =>
      `schema: migrate/playbook\nversion: 1\nid: ${id}\ntitle: Ours\norder: ${order}\ntargets: [bun]\nmoves: application\nrisk: low\nappliesWhen: []\ngates: [seen]\nrollback: none\nsteps:\n  - ${step}\n`;
    const root = shop({
      '.migrate/playbooks/a.yaml': playbook('ours', 0),
      '.migrate/playbooks/b.yaml': playbook('full-switch', 3),
    });
    const plan = Plan.parse((await run(root, ['plan', '--target', 'bun', '--json'])).documents[0]);
    expect(plan.stages.map((stage) => [stage.id, stage.playbook])).toEqual([
      ['ours', '.migrate/playbooks/a.yaml'],
      ['package-manager', 'package-manager.yaml'],
      ['scripts-to-bun', 'scripts-to-bun.yaml'],
      ['edge-layer', 'edge-layer.yaml'],
      ['full-switch', '.migrate/playbooks/b.yaml'],
    ]);
    expect(plan.stages[0]?.steps[0]).toMatchObject({
      title: 'Look at app.js',
      actions: [{ do: 'ask', question: 'Seen app.js?', says: 'you: Seen app.js?' }],
    });
  });

  it('gives the same hash for the same facts and another for a changed file', async () => {
    const root = shop();
    const hash = async () =>
      Plan.parse((await run(root, ['plan', '--target', 'bun', '--json'])).documents[0]).inputHash;
    const first = await hash();
    expect(await hash()).toBe(first);
    writeFileSync(join(root, 'app.js'), `${APP}app.get('/more', (req, res) => res.end());\n`);
    expect(await hash()).not.toBe(first);
  });
});

describe('migrate inventory', () => {
  it('prints one JSON document of its schema', async () => {
    const root = shop();
    const { code, out, documents } = await run(root, ['inventory', '--json']);
    expect([code, out, documents.length]).toEqual([0, '', 1]);
    expect(Inventory.parse(documents[0]).routes.map((route) => `${route.method} ${route.path}`)).toEqual([
      'GET /hello',
    ]);
  });

  it('shows control characters of a repository as text', async () => {
    const root = shop({ 'package.json': manifest({ scripts: { evil: 'echo \u001b[2J' } }) });
    const { out } = await run(root, ['inventory']);
    expect(out).toContain('echo \\x1b[2J');
    expect(out).not.toContain('\u001b');
  });
});
