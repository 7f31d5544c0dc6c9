import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from './repository.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-repository-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });

describe('the list of files', () => {
  it('is what git tracks or does not ignore, without deleted files, node_modules and our own folder', async () => {
    put('package.json', '{}');
    put('.gitignore', 'secret.js\n');
    put('src/a b.js', 'a');
    put('src/ünï.js', 'a');
    put('secret.js', 'a');
    put('node_modules/x/index.js', 'a');
    put('.migrate/plan.json', '{}');
    put('gone.js', 'a');
    git('init', '-q');
    git('add', '-A', '-f');
    git('rm', '-q', '--cached', 'secret.js');
    rmSync(join(root, 'gone.js'));
    put('untracked.ts', 'b');
    const repository = await openRepository(root);
    expect(repository.git).toBe(true);
    expect([...repository.files].sort()).toEqual(
      ['.gitignore', 'package.json', 'src/a b.js', 'src/ünï.js', 'untracked.ts'].sort(),
    );
  });

  it('has what git keeps below node_modules where no package manager puts packages', async () => {
    put('package.json', '{}');
    put('packages/node_modules/@own/a/index.js', '');
    put('packages/node_modules/@own/a/package.json', '{"name":"@own/a"}');
    put('packages/node_modules/@own/a/node_modules/x/index.js', '');
    put('npm6/node_modules/x/index.js', '');
    put('npm6/node_modules/x/package.json', '{"name":"x","_resolved":"x.tgz"}');
    put('npm7/node_modules/.package-lock.json', '{}');
    put('npm7/node_modules/x/index.js', '');
    put('node_modules/x/index.js', '');
    git('init', '-q');
    git('add', '-A', '-f');
    expect((await openRepository(root)).files).toEqual([
      'package.json',
      'packages/node_modules/@own/a/index.js',
      'packages/node_modules/@own/a/package.json',
    ]);
  });

  it('is relative to the directory asked for when that is a part of a git repository', async () => {
    git('init', '-q');
    put('other/x.js', '');
    put('packages/api/package.json', '{"name":"api"}');
    put('packages/api/src/x.js', '');
    const repository = await openRepository(join(root, 'packages/api'));
    expect(repository.files).toEqual(['package.json', 'src/x.js']);
    expect(repository.packageJson.name).toBe('api');
  });

  it('is a walk in a directory that the surrounding git repository ignores', async () => {
    git('init', '-q');
    put('.gitignore', 'scratch/\n');
    put('scratch/package.json', '{}');
    put('scratch/a.js', '');
    const repository = await openRepository(join(root, 'scratch'));
    expect(repository.git).toBe(false);
    expect(repository.files).toEqual(['a.js', 'package.json']);
  });

  it('does not read a package.json that is a link out of the folder', async () => {
    put('src/a.js', '');
    symlinkSync('/etc/hosts', join(root, 'package.json'));
    await expect(openRepository(root)).rejects.toThrow(/a symbolic link that leaves the folder/);
  });

  it('without git leaves generated folders and link loops out', async () => {
    put('package.json', '{}');
    put('dist/out.js', '');
    put('node_modules/x.js', '');
    put('src/a.js', '');
    symlinkSync('..', join(root, 'src/up'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('/etc/hosts', join(root, 'outside.js'));
    symlinkSync('a.js', join(root, 'src/link.js'));
    const repository = await openRepository(root);
    expect(repository.files).toEqual(['package.json', 'src/a.js', 'src/link.js']);
    expect(Object.fromEntries(repository.skipped)).toEqual({
      loop: 'a symbolic link to nothing, or a loop',
      'outside.js': 'a symbolic link that leaves the repository',
      'src/up': 'a symbolic link to a directory',
    });
  });
});

describe('reading', () => {
  it('gives exact characters, and says why a file is not text we work on', async () => {
    put('package.json', '{}');
    put('bom.js', '\ufeffa\r\n');
    put('latin1.js', Uint8Array.of(0x61, 0xe9, 0x61));
    put('binary.js', Uint8Array.of(0x61, 0, 0x61));
    put('bundle.js', `var a=${'1+'.repeat(5000)}1`);
    put('huge.js', '// line\n'.repeat(700_000));
    put('small.min.js', 'a');
    const repository = await openRepository(root);
    for (const path of repository.files) await repository.read(path);
    expect(await repository.read('bom.js')).toBe('\ufeffa\r\n');
    expect(await repository.read('missing.js')).toBeNull();
    expect(Object.fromEntries(repository.skipped)).toEqual({
      'latin1.js': 'not UTF-8',
      'binary.js': 'binary',
      'bundle.js': 'minified',
      'huge.js': '5.6 MB, over the limit of 1 MB',
      'small.min.js': 'minified',
    });
    const generous = await openRepository(root, { limits: { maxBytes: 10_000_000 } });
    expect(await generous.read('huge.js')).toHaveLength(5_600_000);
  });

  it('never leaves the repository, not even through a link', async () => {
    put('package.json', '{}');
    symlinkSync(tmpdir(), join(root, 'tmp'));
    const repository = await openRepository(root);
    for (const path of ['../x.js', '/etc/hosts', 'tmp/x.js', 'a/../../x.js']) {
      expect(() => repository.resolve(path)).toThrow(/outside the repository/);
    }
    expect(repository.resolve('new/folder/x.js')).toBe(join(root, 'new/folder/x.js'));
  });

  it('selects files by file, directory and dot, and names what matches nothing', async () => {
    put('package.json', '{}');
    put('src/a.js', '');
    put('src/b/c.js', '');
    put('srcs.js', '');
    const repository = await openRepository(root);
    expect(repository.select(['src']).paths).toEqual(['src/a.js', 'src/b/c.js']);
    expect(repository.select(['.']).paths).toHaveLength(4);
    expect(repository.select(['b', '../srcs.js', '../nope'], join(root, 'src'))).toEqual({
      paths: ['src/b/c.js', 'srcs.js'],
      unmatched: ['../nope'],
    });
  });
});

describe('bad input', () => {
  it.each([
    ['a missing directory', {}, 'nope', 'NO_DIRECTORY', /does not exist/],
    ['a file', { x: 'x' }, 'x', 'NOT_A_DIRECTORY', /is not a directory/],
    ['an empty directory', {}, '.', 'EMPTY_DIRECTORY', /has no files/],
    ['no package.json', { 'a.js': '' }, '.', 'NO_PACKAGE_JSON', /has no package\.json/],
    [
      'a broken package.json',
      { 'package.json': '{\n  "name": "x",\n  "a": oops\n}' },
      ...(['.', 'BROKEN_PACKAGE_JSON', /^package\.json:3:8 is not valid JSON/] as const),
    ],
    ['an empty package.json', { 'package.json': '' }, '.', 'BROKEN_PACKAGE_JSON', /^package\.json:1:1 /],
    ['a list as package.json', { 'package.json': '[]' }, '.', 'BROKEN_PACKAGE_JSON', /not a JSON object/],
  ])('%s is one sentence and exit code 3', async (_, files, directory, code, message) => {
    for (const [path, content] of Object.entries(files)) put(path, content);
    await expect(openRepository(join(root, directory))).rejects.toMatchObject({
      code,
      exitCode: 3,
      message: expect.stringMatching(message),
    });
  });
});
