import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { APP, manifest, project, run } from './__fixtures__/express-project.ts';
import { git, tree } from './__fixtures__/steps.ts';

// Runtimes are started by most of them.
vi.setConfig({ testTimeout: 240_000 });

/** A repository whose own stage has one step with these lines of YAML. */
async function withStep(step: string, files: Record<string, string>): Promise<string> {
  const root = project({
    'package.json': manifest(),
    'app.js': APP,
    '.gitignore': 'node_modules\n.migrate\n',
    '.migrate/playbooks/ours.yaml': `schema: migrate/playbook
version: 1
id: ours
title: Ours
order: 0
targets: [bun]
moves: application
risk: low
appliesWhen: []
gates: [seen]
rollback: none
steps:
  - id: step
    title: A step
    instructions: It is carried out.
    risk: low
    rollback: migrate undo ours/step
${step}
`,
    ...files,
  });
  git(root, 'init', '--quiet', '--initial-branch', 'main');
  git(root, 'config', 'user.name', 'Ada');
  git(root, 'config', 'user.email', 'ada@example.com');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'before');
  const { code, notes } = await run(root, ['plan', '--target', 'bun']);
  expect(code, notes).toBe(0);
  return root;
}

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
    const root = await withStep('    actions: [{ do: tests-compare, on: node@22 }]', {});
    const { code, out } = await run(root, ['apply', 'ours']);
    expect([code, out]).toEqual([0, expect.stringContaining('– tests: the project has no tests')]);
  });
});

it('scripts-compare finds a difference of each kind, and none where there is none', async () => {
  const isBun = "(typeof Bun === 'undefined' ? 'node' : 'bun')";
  const scripts = {
    same: 'node same.js',
    exit: 'node exit.js',
    output: 'node output.js',
    file: 'node file.js',
    runtime: './tool.js',
  };
  const becomes = {
    ...scripts,
    same: 'bun same.js',
    exit: 'bun exit.js',
    output: 'bun output.js',
    file: 'bun file.js',
  };
  const wanted = Object.entries(becomes).map(([name, text]) => `scripts.${name}: ${text}`);
  const step = (some: string[]) =>
    `    actions: [{ do: scripts-compare, on: "bun@1.4", old: node@22, scripts: { ${some.join(', ')} } }]`;
  const files = {
    'package.json': manifest({ scripts }),
    'same.js': "console.log('took', Date.now() % 1, 'ms'); require('fs').writeFileSync('made.txt', 'same');",
    'exit.js': `process.exit(${isBun} === 'bun' ? 3 : 0);`,
    'output.js': `console.log('first'); console.log(${isBun});`,
    'file.js': `require('fs').writeFileSync('out.txt', ${isBun});`,
    'tool.js': "#!/usr/bin/env node\nconsole.log('tool');\n",
  };
  const root = await withStep(step(wanted), files);
  git(root, 'update-index', '--chmod=+x', 'tool.js');
  git(root, 'commit', '--quiet', '--message', 'a program');
  git(root, 'checkout', '--quiet', '--', '.');
  const { chmodSync } = await import('node:fs');
  chmodSync(join(root, 'tool.js'), 0o755);
  const { code, notes } = await run(root, ['apply', 'ours', '--answer', 'yes']);
  expect(code).toBe(1);
  for (const said of [
    'exit: exit code 0 becomes 3',
    'output: line 2 of its output was "node" and is "bun"',
    'file: out.txt is another file',
    'runtime: Node ran it, not Bun (node ./tool.js)',
  ])
    expect(notes).toContain(said);
  expect(notes).not.toContain('same:');

  const fine = await withStep(step(wanted.slice(0, 1)), files);
  expect((await run(fine, ['apply', 'ours', '--answer', 'no'])).code).toBe(1);
  const ran = await run(fine, ['apply', 'ours', '--answer', 'yes']);
  expect([ran.code, ran.out]).toEqual([
    0,
    expect.stringContaining('scripts: 1 do on bun@1.4 what they do on node@22'),
  ]);
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
    await expect(withStep(step, {})).rejects.toThrow(said);
  });
});
