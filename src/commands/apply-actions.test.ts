import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { manifest, run } from './__fixtures__/express-project.ts';
import { git, tree, withStep } from './__fixtures__/steps.ts';

// Runtimes are started by most of them.
vi.setConfig({ testTimeout: 240_000 });

describe('tests-compare', () => {
  const TESTS = `const { test } = require('node:test');
test('one & "two"', () => {});
test('three', () => {});
`;
  const files = { 'package.json': manifest({ scripts: { test: 'node --test' } }), 'own.test.js': TESTS };
  const lose = (text: string, by: string) => `    actions:
      - { do: config, file: own.test.js, replace: [{ text: ${JSON.stringify(text)}, by: ${JSON.stringify(by)} }] }
    check: [{ do: tests-compare, on: node@22 }]`;

  it('passes where the same tests pass', async () => {
    const root = await withStep(lose('const { test }', 'const { test, it }'), files);
    const { code, out, notes } = await run(root, ['apply', 'ours', '--yes']);
    expect([code, notes]).toEqual([0, '']);
    expect(out).toContain('tests: 2 pass on node@22, 2 did before on node@22; the same names');
  });

  it.each([
    ['a test that is no longer there', "test('three', () => {});", '', /1 were not run: three/],
    [
      'a test that fails now',
      "'three', () => {}",
      "'three', () => { throw 1; }",
      /1 fail that passed: three/,
    ],
  ])('fails for %s, and nothing is committed', async (_, text, by, said) => {
    const root = await withStep(lose(text, by), files);
    const before = tree(root);
    const { code, notes } = await run(root, ['apply', 'ours', '--yes']);
    expect([code, notes]).toEqual([4, expect.stringMatching(said)]);
    expect(tree(root)).toEqual(before);
  });

  it('says that nothing was checked where there are no tests', async () => {
    const root = await withStep('    actions: [{ do: tests-compare, on: node@22 }]');
    const { code, out } = await run(root, ['apply', 'ours']);
    expect([code, out]).toEqual([0, expect.stringContaining('– tests: the project has no tests')]);
  });
});

it('scripts-compare names what differs, and keeps what the codemod of scripts needs', async () => {
  const step = (...names: string[]) =>
    `    actions: [{ do: scripts-compare, on: "bun@1.4", old: node@22, scripts: [${names}] }]`;
  const files = {
    'package.json': manifest({ scripts: { same: 'node same.js', exit: 'node exit.js' } }),
    'same.js': "console.log('same');",
    'exit.js': 'process.exit(process.versions.bun ? 3 : 0);',
  };
  const differs = await run(await withStep(step('exit'), files), ['apply', 'ours', '--answer', 'yes']);
  expect(differs).toMatchObject({
    code: 1,
    notes: expect.stringContaining('scripts: exit: exit code 0 today, 3 on Bun'),
  });

  const moves =
    '    actions: [{ do: codemod, id: scripts-to-bun }]\n    check: [{ do: ask, question: "Right?" }]';
  const root = await withStep(
    `${step('same')}\n  - id: move\n    title: Move\n    instructions: They move.\n    risk: low\n    rollback: none\n${moves}`,
    files,
  );
  expect((await run(root, ['apply', 'ours/step', '--answer', 'no'])).code).toBe(1);
  const ran = await run(root, ['apply', 'ours/step', '--answer', 'yes']);
  expect([ran.code, ran.out]).toEqual([
    0,
    expect.stringContaining('scripts: 1 do on bun@1.4 what they do on node@22'),
  ]);
  const moved = await run(root, ['apply', 'ours/move', '--yes', '--answer', 'yes']);
  expect([moved.code, moved.notes]).toEqual([0, '']);
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts).toEqual({
    same: 'bun same.js',
    exit: 'node exit.js',
  });
});

it('a codemod is journalled, kept as evidence, and taken back to the byte', async () => {
  const root = await withStep(
    `    actions: [{ do: codemod, id: express-to-hono, options: { parity: wire } }]
    check: [{ do: ask, question: "Is it right?" }]`,
    {},
  );
  const before = tree(root);
  const { code, notes, out } = await run(root, ['apply', 'ours', '--yes', '--answer', 'yes']);
  expect([code, notes]).toEqual([0, '']);
  expect(out).toContain('express-to-hono, handlers: 1 converted');
  expect(tree(root)['app.js']).toContain('hono');
  expect(readdirSync(join(root, '.migrate', 'evidence', 'changesets'))).toHaveLength(1);
  const log = readFileSync(join(root, '.migrate', 'state.jsonl'), 'utf8');
  expect(log.match(/"event":"[^"]+"/g)).toEqual(['"event":"codemod-applied"', '"event":"step-done"']);
  expect((await run(root, ['undo'])).code).toBe(0);
  expect([tree(root), git(root, 'status', '--porcelain')]).toEqual([before, '']);
  expect(existsSync(join(root, 'parity'))).toBe(false);
});

describe('a playbook of the user', () => {
  it.each([
    [
      'an action there is not',
      '    actions: [{ do: deploy }]',
      /ours\.yaml:\d+:\d+ .*there is no action "deploy": there are ask, codemod/,
    ],
    ['a change without a check', '    actions: [{ do: install }]', /a step that changes files needs a check/],
    [
      'a check that changes',
      '    actions: [{ do: gate }]\n    check: [{ do: install }]',
      /install changes files, so it is no check/,
    ],
    [
      'a field of no action',
      '    actions: [{ do: ask, questoin: "?" }]',
      /ours\.yaml:\d+:\d+ steps\.0\.actions\.0/,
    ],
  ])('with %s is refused with its place', async (_, step, said) => {
    await expect(withStep(step)).rejects.toThrow(said);
  });
});

describe('a codemod that writes an exact version', () => {
  const step = `    actions: [{ do: codemod, id: start-on-bun, versions: { bun: "bun@1.4" }, optional: true }]
    check: [{ do: ask, question: "Right?" }]`;
  const go = (root: string) => run(root, ['apply', 'ours', '--yes', '--answer', 'yes']);

  it('gets that of the runtime the plan names', async () => {
    const root = await withStep(step, { Dockerfile: 'FROM node:22-slim\nCMD ["node", "app.js"]\n' });
    expect((await go(root)).code).toBe(0);
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toMatch(
      /^FROM oven\/bun:1\.4\.\d+-slim\nCMD \["bun", "app\.js"\]\n$/,
    );
  });

  it('that may find nothing to change says what is left, and commits nothing', async () => {
    const root = await withStep(step, {
      Dockerfile: 'FROM node:22-slim\nRUN npm ci\nCMD ["node", "app.js"]\n',
    });
    const before = git(root, 'rev-parse', 'HEAD');
    const { code, out } = await go(root);
    expect([code, git(root, 'rev-parse', 'HEAD')]).toEqual([0, before]);
    expect(out.replace(/\s+/g, ' ')).toContain(
      'start-on-bun changes nothing: the image: it installs packages in a stage of its own',
    );
  });
});

it('observe passes where monitoring is told the same, and asks a person where it is told nothing', async () => {
  const server = (tells: string) => `
require('node:http').createServer(async (request, response) => {
  ${tells}
  response.end('ok');
}).listen(process.env.PORT, '127.0.0.1');
`;
  const metric =
    'udp.send("read:1|c", Number(process.env.STATSD_PORT), "127.0.0.1", () => response.end("ok"));';
  const told = `const udp = require('node:dgram').createSocket('udp4'); ${metric} return;`;
  const step = '    actions: [{ do: observe, old: node@22, new: "bun@1.4", question: "Is it watched?" }]';
  const har = JSON.stringify({
    log: {
      version: '1.2',
      entries: [
        {
          request: { method: 'GET', url: 'http://localhost/', headers: [] },
          response: { status: 200, headers: [], content: {} },
        },
      ],
    },
  });
  const files = (tells: string) => ({
    ...{ 'package.json': '{"name":"a","main":"server.js"}', 'server.js': server(tells), 't.har': har },
  });
  const watched = await run(await withStep(step, files(told)), ['apply', 'ours', '--traffic', 't.har']);
  expect([watched.code, watched.out]).toEqual([
    0,
    expect.stringContaining("All of 1 name arrives from the new side as from today's"),
  ]);

  const root = await withStep(step, files(''));
  const refused = await run(root, ['apply', 'ours', '--traffic', 't.har', '--answer', 'not yet']);
  expect([refused.code, refused.notes]).toEqual([1, expect.stringContaining('not done yet: Is it watched?')]);
  const answered = await run(root, ['apply', 'ours', '--traffic', 't.har', '--answer', 'by its logs']);
  expect([answered.code, answered.out]).toEqual([0, expect.stringContaining('answered: by its logs')]);
});
