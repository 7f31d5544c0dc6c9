import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { Plan } from '../model/plan.ts';
import { APP, project, run } from './__fixtures__/express-project.ts';
import { commitAll, git } from './__fixtures__/steps.ts';

vi.setConfig({ testTimeout: 120_000 });

it('packages by Bun are stage 0: nothing leads there, and by name it is carried out and taken back', async () => {
  const root = project({
    'package.json':
      '{ "name": "shop", "version": "1.0.0", "workspaces": ["greet"], "scripts": { "test": "node --test" } }\n',
    'greet/package.json': '{ "name": "greet", "version": "1.0.0" }\n',
    ...{ 'app.js': APP, '.gitignore': 'node_modules\n' },
    'own.test.js': "require('node:test').test('one', () => {});\n",
  });
  execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'pipe',
  });
  commitAll(root);
  const planned = await run(root, ['plan', '--target', 'bun']);
  expect(planned.out).toMatch(/Stage 0 +Packages by Bun/);
  expect(planned.out).toMatch(/Stage 1 +Scripts to Bun/);
  const plan = Plan.parse(JSON.parse(readFileSync(join(root, '.migrate/plan.json'), 'utf8')));
  expect(plan.next.join()).not.toContain('package-manager');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'plan');

  const before = git(root, 'rev-parse', 'HEAD^{tree}');
  const done = await run(root, ['apply', 'stage-0', '--yes']);
  expect([done.code, done.notes]).toEqual([0, '']);
  expect(done.out).toContain('tests: 1 pass on node@22, 1 did before on node@22; the same names');
  expect(git(root, 'show', '--name-status', '--format=', 'HEAD').split('\n').sort()).toEqual([
    ...['A\tbun.lock', 'D\tpackage-lock.json'],
  ]);
  const undone = await run(root, ['undo', 'package-manager/switch']);
  expect([undone.code, undone.notes]).toEqual([0, '']);
  expect(existsSync(join(root, 'package-lock.json'))).toBe(true);
  expect(git(root, 'rev-parse', 'HEAD^{tree}')).toBe(before);
  const other = await run(root, ['plan', '--target', 'deno']);
  expect(other.out).not.toContain('Stage 0');
});
