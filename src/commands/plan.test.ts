import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import inquirer from 'inquirer';
import pc from 'picocolors';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Inventory } from '../model/inventory.ts';
import { Plan } from '../model/plan.ts';
import type { Io } from '../report/io.ts';
import { main } from './main.ts';

const made: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Record<string, string | Uint8Array> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'migrate-plan-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** Runs a command as `main` would from a shell in `cwd`. */
async function run(
  cwd: string,
  args: string[],
  options: { interactive?: boolean; signal?: AbortSignal } = {},
) {
  const printed = { out: [] as string[], notes: [] as string[], documents: [] as unknown[] };
  const io: Io = {
    ...{ cwd, interactive: options.interactive ?? false, colors: pc.createColors(false), json: false },
    signal: options.signal ?? new AbortController().signal,
    line: (text = '') => void printed.out.push(text),
    note: (text) => void printed.notes.push(text),
    document: (value) => void printed.documents.push(value),
    progress: () => {},
  };
  const code = await main(args, io);
  return { code, out: printed.out.join('\n'), notes: printed.notes.join('\n'), documents: printed.documents };
}

/** Answers the next question, and remembers what was asked. */
function answer(value: unknown) {
  const asked: { message: string; choices: { name: string; value: unknown }[]; default: unknown }[] = [];
  vi.spyOn(inquirer, 'prompt').mockImplementation(((questions: typeof asked) => {
    asked.push(...questions);
    if (value instanceof Error) return Promise.reject(value);
    return Promise.resolve({ answer: value });
  }) as unknown as typeof inquirer.prompt);
  return asked;
}

const manifest = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ name: 'shop', main: 'app.js', dependencies: { express: '4.22.3' }, ...fields });
const APP =
  "const express = require('express');\nconst app = express();\napp.get('/hello', (req, res) => res.json({ hello: 'you' }));\napp.listen(3000);\n";

describe('bad input', () => {
  const cases: [string, () => string, RegExp][] = [
    ['a directory that does not exist', () => join(project(), 'none'), /none does not exist\.$/m],
    ['a file', () => join(project({ x: '' }), 'x'), /x is not a directory\.$/m],
    ['an empty directory', () => project(), /has no files to work on\.$/m],
    ['a directory without package.json', () => project({ 'a.js': '' }), /has no package\.json\.$/m],
    [
      'a broken package.json',
      () => project({ 'package.json': '{\n  "name": "x",\n}' }),
      /package\.json:3:1 is not valid JSON/,
    ],
    [
      'a package.json that is not UTF-8',
      () => project({ 'package.json': new Uint8Array([0x7b, 0xff]) }),
      /package\.json:1:1 is not a UTF-8 text file/,
    ],
  ];
  for (const command of [['inventory'], ['plan', '--yes'], ['status']]) {
    it.each(cases)(
      `${command[0]} answers %s with one sentence and exit code 3`,
      async (_, where, sentence) => {
        const dir = where();
        const { code, out, notes } = await run('/', [command[0] ?? '', dir, ...command.slice(1)]);
        expect(code).toBe(3);
        expect(out).toBe('');
        expect(notes).toMatch(sentence);
        expect(notes.split('\n').length).toBeLessThanOrEqual(2);
        expect(existsSync(join(dir, '.migrate'))).toBe(false);
      },
    );
  }

  it.each<[string, Record<string, string | Uint8Array>]>([
    ['a source that does not parse', { 'bad.js': 'const = 1;' }],
    ['a source that is not UTF-8', { 'bad.js': new Uint8Array([0x2f, 0xff]) }],
    ['a 5 MB minified file', { 'bad.js': `x(${'1,'.repeat(2_500_000)}1)` }],
    ['a lockfile of an unknown version', { 'pnpm-lock.yaml': "lockfileVersion: '42.0'\n" }],
  ])('plans in spite of %s and lists it as not checked', async (_, files) => {
    const root = project({ 'package.json': manifest(), 'app.js': APP, ...files });
    const { code, documents } = await run(root, ['plan', '--target', 'bun', '--json']);
    expect(code).toBe(0);
    const named = Object.keys(files)[0] ?? '';
    expect(Plan.parse(documents[0]).notChecked.some((item) => item.what.startsWith(named))).toBe(true);
  });

  it.each(['rust', 'bun@', 'workers@1.2', 'not-sure@2', 'bun@new'])(
    'refuses --target %s with exit code 2',
    async (target) => {
      const root = project({ 'package.json': manifest(), 'app.js': APP });
      const { code, notes } = await run(root, ['plan', '--target', target]);
      expect([code, existsSync(join(root, '.migrate'))]).toEqual([2, false]);
      expect(notes).toContain(`--target ${target} is not a target.`);
    },
  );

  it('refuses a playbook of the user that is not valid, naming file, line and column, and writes nothing', async () => {
    const root = project({
      'package.json': manifest(),
      'app.js': APP,
      '.migrate/playbooks/ours.yaml':
        'schema: migrate/playbook\nversion: 1\nid: ours\ntitle: Ours\norder: 4\ntargets: [bun, rust]\n',
    });
    const { code, notes } = await run(root, ['plan', '--yes']);
    expect(code).toBe(3);
    expect(notes).toMatch(/\.migrate\/playbooks\/ours\.yaml:6:16 targets\.1:/);
    expect(readdirSync(join(root, '.migrate'))).toEqual(['playbooks']);
  });

  it('names the line of a playbook that is no YAML', async () => {
    const root = project({
      'package.json': manifest(),
      'app.js': APP,
      '.migrate/playbooks/a.yaml': 'id: [\n',
    });
    const { code, notes } = await run(root, ['plan', '--yes']);
    expect([code, notes]).toEqual([3, expect.stringMatching(/a\.yaml:2:1 is not valid YAML/)]);
  });

  it('does not write through a .migrate that leads out of the repository', async () => {
    const outside = project({ keep: '' });
    const root = project({ 'package.json': manifest(), 'app.js': APP });
    symlinkSync(outside, join(root, '.migrate'));
    const { code } = await run(root, ['plan', '--target', 'bun']);
    expect(code).toBe(3);
    expect(readdirSync(outside)).toEqual(['keep']);
  });

  it('says so for an unknown command', async () => {
    expect(await run(project(), ['plam'])).toMatchObject({
      code: 2,
      notes: expect.stringContaining("unknown command 'plam'"),
    });
  });
});

describe('migrate plan', () => {
  it('exits with 5 when nobody can be asked, and writes nothing', async () => {
    const root = project({ 'package.json': manifest(), 'app.js': APP });
    for (const args of [['plan'], ['plan', '--json']]) {
      const { code, notes } = await run(root, args);
      expect(code).toBe(5);
      expect(notes).toContain('There is no terminal to ask on.');
    }
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  });

  it('asks one question on a terminal, the recommended answer first with its reason', async () => {
    const root = project({ 'package.json': manifest(), 'app.js': APP });
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
    ]);
    expect(out).toContain('target deno@2.9 (answered)');
  });

  it('leaves everything as it was on Ctrl-C at the question, and says so', async () => {
    const root = project({ 'package.json': manifest(), 'app.js': APP });
    answer(Object.assign(new Error('closed'), { name: 'ExitPromptError' }));
    const { code, notes } = await run(root, ['plan'], { interactive: true });
    expect([code, notes]).toEqual([130, 'error Interrupted. Nothing was written; the tree is as it was.']);
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  });

  it('writes a plan that holds no path of this machine, and only that', async () => {
    const root = project({ 'package.json': manifest(), 'app.js': APP });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const { out } = await run(root, ['plan', '--target', 'bun']);
    const text = readFileSync(join(root, '.migrate', 'plan.json'), 'utf8');
    const plan = Plan.parse(JSON.parse(text));
    expect(text).not.toContain(root);
    expect(readdirSync(join(root, '.migrate')).sort()).toEqual(['.gitignore', 'plan.json']);
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
    const root = project({
      'package.json': manifest({ dependencies: { express: '4', 'better-sqlite3': '12.11.1' } }),
      'app.js': APP,
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
    const root = project({
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
      'id: look\n    title: Look at {{entry}}\n    mode: manual\n    instructions: Look.\n    evidence: a look\n    risk: low\n    gate: seen\n    rollback: none';
    const playbook = (id: string, order: number) =>
      `schema: migrate/playbook\nversion: 1\nid: ${id}\ntitle: Ours\norder: ${order}\ntargets: [bun]\nmoves: application\nrisk: low\nappliesWhen: []\ngates: [seen]\nrollback: none\nsteps:\n  - ${step}\n`;
    const root = project({
      'package.json': manifest(),
      'app.js': APP,
      '.migrate/playbooks/a.yaml': playbook('ours', 0),
      '.migrate/playbooks/b.yaml': playbook('full-switch', 3),
    });
    const plan = Plan.parse((await run(root, ['plan', '--target', 'bun', '--json'])).documents[0]);
    expect(plan.stages.map((stage) => [stage.id, stage.playbook])).toEqual([
      ['ours', '.migrate/playbooks/a.yaml'],
      ['scripts-to-bun', 'scripts-to-bun.yaml'],
      ['edge-layer', 'edge-layer.yaml'],
      ['full-switch', '.migrate/playbooks/b.yaml'],
    ]);
    expect(plan.stages[0]?.steps[0]?.title).toBe('Look at app.js');
  });

  it('gives the same hash for the same facts and another for a changed file', async () => {
    const root = project({ 'package.json': manifest(), 'app.js': APP });
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
    const root = project({ 'package.json': manifest(), 'app.js': APP });
    const { code, out, documents } = await run(root, ['inventory', '--json']);
    expect([code, out, documents.length]).toEqual([0, '', 1]);
    expect(Inventory.parse(documents[0]).routes.map((route) => `${route.method} ${route.path}`)).toEqual([
      'GET /hello',
    ]);
  });

  it('shows control characters of a repository as text', async () => {
    const root = project({
      'package.json': manifest({ scripts: { evil: 'echo \u001b[2J' } }),
      'app.js': APP,
    });
    const { out } = await run(root, ['inventory']);
    expect(out).toContain('echo \\x1b[2J');
    expect(out).not.toContain('\u001b');
  });
});

describe('migrate alone', () => {
  it('prints help and exits with 0 without a terminal', async () => {
    const { code, out } = await run(project(), []);
    expect(code).toBe(0);
    expect(out).toContain('Usage: migrate');
  });

  it('offers to draw the plan where there is none, and draws it', async () => {
    const root = project({ 'package.json': manifest(), 'app.js': APP });
    const asked = answer({ run: ['plan', '--target', 'bun'] });
    const { code, out } = await run(root, [], { interactive: true });
    expect(code).toBe(0);
    expect(out).toContain('none drawn yet');
    expect(asked[0]?.choices[0]?.name).toMatch(/^Draw the plan/);
    expect(existsSync(join(root, '.migrate', 'plan.json'))).toBe(true);
  });

  it('names the plan, what was done and the evidence', async () => {
    const root = project({ 'package.json': manifest(), 'app.js': APP });
    await run(root, ['plan', '--target', 'bun']);
    writeFileSync(
      join(root, '.migrate', 'state.jsonl'),
      '{"version":1,"at":"2026-11-23T10:00:00.000Z","event":"codemod-applied","detail":{"codemod":"express-to-hono","left":2}}\n',
    );
    mkdirSync(join(root, '.migrate', 'runs', '2026-11-23-1'), { recursive: true });
    const { out } = await run(root, ['status']);
    expect(out).toContain('Move to Bun 1.4');
    expect(out).toContain('2026-11-23 10:00  codemod applied: express-to-hono, 2 left for you');
    expect(out).toContain('no report  2026-11-23-1');
  });

  it('says which file is broken instead of failing', async () => {
    const root = project({
      'package.json': manifest(),
      'app.js': APP,
      '.migrate/plan.json': '{"schema": "migrate/plan"',
    });
    const { code, out } = await run(root, ['status']);
    expect([code, out]).toEqual([0, expect.stringContaining('.migrate/plan.json is not valid JSON.')]);
  });
});
