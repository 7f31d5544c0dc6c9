import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Codemod } from '../codemod/contract.ts';
import { ChangeSet } from '../model/changeset.ts';
import { MigrateError } from '../model/errors.ts';
import { recordingIo } from '../testing/io.ts';
import { parseOwn } from './codemod-arguments.ts';
import { main } from './main.ts';

const FILES = {
  'package.json': '{ "name": "shop" }\n',
  '.gitignore': '.migrate/\n',
  'src/a.js': '// first\nconst a = oldName;\n\nexport { a };\n',
  'src/win.js': 'const b = oldName;\r\nfn(b)\r\n',
  'src/no-newline.js': 'fn(oldName)',
  'src/with space.js': 'fn(oldName);\n',
  'src/other.js': 'fn();\n',
};
const TRANSFORM = `
module.exports = (file, { j }) => {
  if (!file.source.includes('oldName')) return file.source;
  return j(file.source).find(j.Identifier, { name: 'oldName' }).replaceWith(j.identifier('newName')).toSource();
};`;

let root: string;
let scratch: string;
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-command-')));
  root = join(scratch, 'shop');
  for (const [path, text] of Object.entries(FILES)) put(path, text);
  writeFileSync(join(scratch, 'rename.cjs'), TRANSFORM);
  git('init', '-q');
  commit();
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe', encoding: 'utf8' });
function commit(): void {
  git('add', '-A');
  git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'x');
}

async function migrate(
  args: string[],
  onProgress: (text: string | null, stop: () => void) => void = () => {},
) {
  const control = new AbortController();
  const stop = () => control.abort(new MigrateError('INTERRUPTED', 'Interrupted.', { exitCode: 130 }));
  const { io, printed } = recordingIo(root, {
    signal: control.signal,
    progress: (text) => onProgress(text, stop),
  });
  const code = await main(args, io);
  const { out, notes, documents } = printed;
  return { code, out: out.join('\n'), err: notes.join('\n'), document: documents[0] };
}

const tree = () =>
  Object.fromEntries(Object.keys(FILES).map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const CHANGED = {
  ...FILES,
  ...Object.fromEntries(
    Object.entries(FILES).map(([path, text]) => [path, text.replaceAll('oldName', 'newName')]),
  ),
};
const RUN = ['codemod', 'run', '../rename.cjs'];

describe('migrate codemod run', () => {
  it('shows a diff with line numbers, counts every file, and writes nothing', async () => {
    const { code, out } = await migrate([...RUN, 'src']);
    expect(code).toBe(0);
    expect(out).toContain('src/a.js');
    expect(out).toContain('   2  - const a = oldName;\n   2  + const a = newName;\n');
    expect(out).toContain('5 files looked at · 4 changed · 1 unchanged');
    expect(out).toContain('Nothing written. Apply with migrate codemod run ../rename.cjs src --write');
    expect(tree()).toEqual(FILES);
    expect(existsSync(join(root, '.migrate'))).toBe(false);
  });

  it('a patch that git applies gives the same bytes as --write, and undo gives the old ones back', async () => {
    expect((await migrate([...RUN, '--patch', '../rename.patch'])).code).toBe(0);
    git('apply', '--check', '../rename.patch');
    git('apply', '../rename.patch');
    expect(tree()).toEqual(CHANGED);
    git('checkout', '-q', '.');

    const written = await migrate([...RUN, '--write']);
    expect(written.out).toMatch(/Written\. Take it back with migrate undo \d{14}-/);
    expect(tree()).toEqual(CHANGED);
    const folder = join(root, '.migrate/evidence/changesets');
    const [kept = ''] = readdirSync(folder);
    const evidence = ChangeSet.parse(JSON.parse(readFileSync(join(folder, kept), 'utf8')));
    expect(kept).toBe(`${evidence.journal}.json`);
    expect(evidence.files.every(({ status, edits }) => status !== 'changed' || edits.length > 0)).toBe(true);
    expect(evidence.files).toHaveLength(4);

    const second = await migrate([...RUN, '--write', '--allow-dirty']);
    expect(second).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing to do: no file needs a change.'),
    });
    expect((await migrate(['undo', '--list'])).out).toMatch(
      /^\d{14}-\w+ {2}codemod rename {2}4 files {2}applied$/,
    );
    expect((await migrate(['undo'])).out).toContain('Undone: codemod rename');
    expect(tree()).toEqual(FILES);
    expect(await migrate(['undo'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('no applied change'),
    });
  });

  it('ends with 3 when --write could write nothing, and with 0 when it was only asked', async () => {
    const text =
      "const express = require('express');\nconst app = express();\nrequire('adapter')({ app });\n";
    put('src/app.js', text);
    commit();
    const asked = await migrate(['codemod', 'run', 'express-to-hono']);
    expect(asked.out).toContain('Nothing to apply yet: change the 2 places in the way, then run it again.');
    expect(asked.code).toBe(0);
    expect((await migrate(['codemod', 'run', 'express-to-hono', '--write'])).code).toBe(3);
    expect(readFileSync(join(root, 'src/app.js'), 'utf8')).toBe(text);
  });

  it('in a part of a git repository makes a patch that applies from its top', async () => {
    put('packages/api/package.json', '{}');
    put('packages/api/x.js', 'fn(oldName);\n');
    commit();
    const ran = await migrate([...RUN, '--dir', 'packages/api', '--patch', '../api.patch']);
    expect(ran.out).toContain('1 file looked at · 1 changed');
    git('apply', '../api.patch');
    expect(readFileSync(join(root, 'packages/api/x.js'), 'utf8')).toBe('fn(newName);\n');
  });

  it('--json is the change set on stdout and nothing else', async () => {
    const { out, document } = await migrate([...RUN, '--json']);
    expect(out).toBe('');
    const changeSet = ChangeSet.parse(document);
    expect(changeSet.files.filter((file) => file.status === 'changed')).toHaveLength(4);
    expect(changeSet.files.find((file) => file.path === 'src/win.js')?.newText).toBe(CHANGED['src/win.js']);
  });

  it('refuses to write over uncommitted changes or outside git, unless told to', async () => {
    put('src/other.js', 'edited();\n');
    const dirty = await migrate([...RUN, '--write']);
    expect(dirty).toMatchObject({
      code: 3,
      err: expect.stringContaining('uncommitted changes: src/other.js'),
    });
    rmSync(join(root, '.git'), { recursive: true });
    const none = await migrate([...RUN, '--write']);
    expect(none).toMatchObject({ code: 3, err: expect.stringContaining('is not in a git repository') });
    expect(tree()['src/a.js']).toBe(FILES['src/a.js']);
    expect((await migrate([...RUN, '--write', '--allow-dirty'])).code).toBe(0);
    expect(tree()['src/a.js']).toBe(CHANGED['src/a.js']);
  });

  it('reports a file it cannot process and exits with 1; the others are still written', async () => {
    put('src/broken.js', 'oldName oldName\n');
    commit();
    const ran = await migrate([...RUN, '--write']);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/failed {3}src\/broken\.js {2}does not parse at 1:8/);
    expect(tree()).toEqual(CHANGED);
  });

  it.each([
    [['codemod', 'run', 'nope'], 'There is no codemod nope.'],
    [['codemod', 'show', 'nope'], 'There is no codemod nope.'],
    [['codemod', 'run', './nope.js'], 'nope.js does not exist.'],
    [[...RUN, 'lib', 'src'], 'No file of the repository matches lib.'],
    [['codemod', 'run', '--write', '--wat', 'x'], "The codemod's name comes first, before --wat."],
  ])('%j is bad usage', async (args, message) => {
    expect(await migrate(args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it('Ctrl-C leaves the tree before, or after, and says which', async () => {
    const texts: string[] = [];
    await migrate([...RUN, '--write'], (text) => text && texts.push(text));
    await migrate(['undo']);
    expect(texts.at(-1)).toBe('writing 4 files');
    for (const stopAt of new Set(texts)) {
      const ran = await migrate([...RUN, '--write'], (text, stop) => text === stopAt && stop());
      expect(ran).toMatchObject({
        code: 130,
        err: expect.stringContaining('every file is as it was before'),
      });
      expect(tree()).toEqual(FILES);
      expect(git('status', '--porcelain')).toBe('');
      expect(readdirSync(join(root, '.migrate'))).not.toContain('lock');
    }
    const late = await migrate([...RUN, '--write'], (text, stop) => text === null && stop());
    expect(late).toMatchObject({ code: 0, out: expect.stringContaining('Written.') });
    expect(tree()).toEqual(CHANGED);
  });
});

describe("a codemod's own options", () => {
  const codemod = {
    id: 'x',
    options: [
      { name: 'target', description: '', values: ['node', 'workers'], default: 'node' },
      { name: 'keep-express', description: '', default: false },
      { name: 'types', description: '', default: true },
    ],
  } as unknown as Codemod;

  it('are flags beside the paths', () => {
    expect(parseOwn(codemod, ['src', '--target', 'workers', 'lib', '--keep-express', '--no-types'])).toEqual({
      paths: ['src', 'lib'],
      given: { target: 'workers', 'keep-express': true, types: false },
    });
    expect(parseOwn(codemod, ['src']).given).not.toHaveProperty('target');
  });

  it('that are wrong are bad usage, with the way to the right ones', () => {
    expect(() => parseOwn(codemod, ['--target', 'mars'])).toThrow(/node, workers/);
    expect(() => parseOwn(codemod, ['--wat'])).toThrow("unknown option '--wat'");
  });
});
