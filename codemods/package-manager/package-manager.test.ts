import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { runOnTree } from '../../src/codemod/cases.ts';
import { loadCodemod } from '../../src/codemod/registry.ts';
import { defaults } from '../../src/codemod/runner.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import { differences, type Tree } from './tree.ts';

const isWhole = process.env.MIGRATE_MANAGERS === 'all';
const scratch = mkdtempSync(join(tmpdir(), 'package-managers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const dependencies = { debug: '^4.3.0', ms: '2.0.0' };
const PATCH = `diff --git a/index.js b/index.js
--- a/index.js
+++ b/index.js
@@ -1,3 +1,4 @@
+// patched
 /**
  * Helpers.
  */
`;
const WORKSPACE = json({ name: '@s/a', version: '1.0.0', dependencies: { ms: '^2.1.0', semver: '^7.0.0' } });

/** Projects of each manager: two releases of one package, an override, and what else it can say. */
const PROJECTS: Readonly<Record<string, { files: Record<string, string>; lock: [string, ...string[]] }>> = {
  npm: {
    files: { 'package.json': json({ name: 's', dependencies, overrides: { debug: { ms: '2.1.2' } } }) },
    lock: ['npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit'],
  },
  pnpm: {
    files: {
      'package.json': json({
        ...{ name: 's', version: '1.0.0', packageManager: 'pnpm@9.15.0' },
        dependencies: { ...dependencies, '@s/a': 'workspace:*', esbuild: '0.25.0' },
        pnpm: { overrides: { semver: '7.6.0' }, patchedDependencies: { 'ms@2.0.0': 'patches/ms.patch' } },
      }),
      ...{ 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n', 'patches/ms.patch': PATCH },
      'packages/a/package.json': WORKSPACE,
    },
    lock: [
      ...([
        'npm',
        'exec',
        '--yes',
        '--package=pnpm@9.15.0',
        '--',
        'pnpm',
        'install',
        '--lockfile-only',
      ] as const),
    ],
  },
  yarn: {
    files: {
      'package.json': json({
        ...{ name: 's', version: '1.0.0', private: true, workspaces: ['packages/*'] },
        ...{
          dependencies: { ...dependencies, '@s/a': '*', esbuild: '0.25.0' },
          resolutions: { semver: '7.6.0' },
        },
      }),
      'packages/a/package.json': WORKSPACE,
    },
    lock: [
      ...([
        'npm',
        'exec',
        '--yes',
        '--package=yarn@1.22.22',
        '--',
        'yarn',
        'install',
        '--ignore-scripts',
      ] as const),
    ],
  },
  berry: {
    files: {
      'package.json': json({
        ...{ name: 's', version: '1.0.0', private: true, workspaces: ['packages/*'] },
        ...{ dependencies: { ...dependencies, '@s/a': '*' }, resolutions: { semver: '7.6.0' } },
      }),
      ...{ 'packages/a/package.json': WORKSPACE, '.yarnrc.yml': 'enableTelemetry: false\n', 'yarn.lock': '' },
    },
    lock: [
      ...(['npm', 'exec', '--yes', '--package=@yarnpkg/cli-dist@4', '--'] as const),
      ...(['yarn', 'install', '--mode=update-lockfile'] as const),
    ],
  },
};
const LOCKFILES = { npm: 'package-lock.json', pnpm: 'pnpm-lock.yaml', yarn: 'yarn.lock', berry: 'yarn.lock' };

/** The files of a project with its lockfile. */
async function locked(name: keyof typeof LOCKFILES): Promise<Map<string, string>> {
  const { files, lock } = PROJECTS[name] ?? { files: {}, lock: ['true'] };
  const root = join(scratch, name);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const [program, ...args] = lock;
  await execa(program, args, { cwd: root, env: { CI: '', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' } });
  const tree = new Map(Object.entries(files));
  tree.set(LOCKFILES[name], await readFile(join(root, LOCKFILES[name]), 'utf8'));
  return tree;
}

const names = isWhole ? (Object.keys(LOCKFILES) as (keyof typeof LOCKFILES)[]) : (['npm'] as const);

describe.each(names)('%s', (name) => {
  it('to Bun and back to npm with the same packages, each for whom it was', async () => {
    const codemod = await loadCodemod('package-manager');
    const before = await locked(name);
    const there = await runOnTree(codemod, before, {});
    const { notes = [], leftForYou, outcomes } = there.changeSet;
    expect({ leftForYou, outcomes: outcomes.map(({ outcome }) => outcome) }).toEqual({
      ...{ leftForYou: [], outcomes: ['converted'] },
    });
    expect(notes[0]).toMatch(
      /^[1-9]\d* packages and [1-9]\d* relations .*: the same releases, each for whom it was\.$/,
    );
    expect(notes[1]).toMatch(
      new RegExp(`${name === 'berry' ? 'yarn' : name} \\d+\\.\\d s .* bun \\d+\\.\\d s`),
    );
    expect(there.tree.has(LOCKFILES[name])).toBe(false);
    const manifest = JSON.parse(there.tree.get('package.json') ?? '');
    if (name === 'pnpm') {
      // Nothing was allowed to run a script.
      expect(manifest).not.toHaveProperty('pnpm');
      expect(manifest).toMatchObject({ overrides: { semver: '7.6.0' }, workspaces: ['packages/*'] });
      expect(manifest.packageManager).toMatch(/^bun@1\.4\.\d+$/);
      expect(manifest.trustedDependencies ?? []).toEqual([]);
      return;
    }
    expect(manifest.trustedDependencies).toEqual(name === 'yarn' ? ['esbuild'] : undefined);
    if (!isWhole) return;
    const back = await runOnTree(codemod, there.tree, { to: 'npm' });
    expect(back.changeSet.notes?.[0]).toBe(notes[0]);
    expect(back.tree.has('package-lock.json')).toBe(true);
  }, 300_000);
});

describe('a manager that installs other releases', () => {
  it('changes nothing and says which, unless it is told', async () => {
    const files = await locked('npm');
    const { binary, version } = await provisionRuntime(await parseSpec('bun@1.4'));
    const other = join(scratch, 'other-bun');
    // What it has installed is another release afterwards.
    const edit = `sed -i 's/"version": "2.0.0"/"version": "2.0.9"/' node_modules/ms/package.json 2>/dev/null`;
    await writeFile(other, `#!/bin/sh\n"${binary}" "$@" && { ${edit}; true; }\n`, { mode: 0o755 });
    const codemod = await loadCodemod('package-manager');
    const run = (differing: boolean) =>
      codemod.run({
        ...{ root: scratch, paths: [...files.keys()], options: { ...defaults(codemod), differing } },
        ...{
          read: async (path) => files.get(path) ?? null,
          program: async () => ({ binary: other, version }),
        },
        ...{ signal: new AbortController().signal, progress: () => {} },
      });
    const kept = await run(false);
    expect(kept.leftForYou.map(({ reason }) => reason)).toEqual(['ms@2.0.0 becomes ms@2.0.9']);
    expect([kept.edits.size, kept.created.size, kept.deleted.length]).toEqual([0, 0, 0]);
    const told = await run(true);
    expect(told.leftForYou).toEqual(kept.leftForYou);
    expect([...told.created.keys(), ...told.deleted]).toEqual(['bun.lock', 'package-lock.json']);
  }, 120_000);

  it('ends in one sentence where the lockfile is older than package.json', async () => {
    const files = await locked('npm');
    files.set('package.json', (files.get('package.json') ?? '').replace('"2.0.0"', '"2.1.3"'));
    await expect(runOnTree(await loadCodemod('package-manager'), files, {})).rejects.toMatchObject({
      ...{ code: 'INSTALL_FAILED', exitCode: 3 },
    });
  }, 120_000);
});

describe('two trees', () => {
  const tree = (packages: string[], relations: string[], contents: [string, string][] = []): Tree => ({
    ...{ packages: new Set(packages), relations: new Set(relations) },
    ...{ scripted: new Set(), contents: new Map(contents) },
  });
  const before = tree(
    ['a@1.0.0', '@s/b@2.0.0', 'b@1.0.0', 'b@2.0.0'],
    ['package.json gets a@1.0.0', 'a@1.0.0 gets b@1.0.0'],
    [['a@1.0.0', 'x']],
  );
  it.each([
    [
      'another release',
      tree(['a@1.0.1', '@s/b@2.0.0', 'b@1.0.0', 'b@2.0.0'], []),
      ['a@1.0.0 becomes a@1.0.1'],
    ],
    ['one more', tree([...before.packages, 'c@1.0.0'], []), ['c@1.0.0 is installed in addition']],
    ['one less', tree(['a@1.0.0', 'b@1.0.0', 'b@2.0.0'], []), ['@s/b@2.0.0 is not installed any more']],
    [
      'the same releases for others',
      tree([...before.packages], ['package.json gets a@1.0.0', 'a@1.0.0 gets b@2.0.0']),
      ['a@1.0.0 gets b@2.0.0 in place of b@1.0.0'],
    ],
    ['other files', tree([...before.packages], [], [['a@1.0.0', 'y']]), ['a@1.0.0 holds other files']],
    ['none', before, []],
  ])('differ in %s', (_, after, said) => expect(differences(before, after)).toEqual(said));
});
