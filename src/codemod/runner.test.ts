import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeSet } from '../model/changeset.ts';
import { openRepository } from '../workspace/repository.ts';
import type { Codemod, CodemodOutput, SpanEdit } from './contract.ts';
import { runTransform } from './jscodeshift.ts';
import { runCodemod } from './runner.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'migrate-runner-')));
  put('package.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string | Uint8Array): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
}

const signal = new AbortController().signal;

async function run(output: Partial<CodemodOutput>, more: Partial<Codemod> = {}): Promise<ChangeSet> {
  const codemod: Codemod = {
    ...{ id: 'rename-let', title: '', from: 'a', to: 'b', description: '', options: [], prefilter: /let/ },
    run: async () => ({
      ...{ edits: new Map(), created: new Map(), deleted: [], skipped: new Map(), failed: new Map() },
      ...{ outcomes: [], leftForYou: [], limits: [], next: [], ...output },
    }),
    ...more,
  };
  const repository = await openRepository(root);
  return runCodemod(codemod, { repository, paths: repository.files, signal });
}

const edits = (
  path: string,
  ...wanted: [number, number, string, string?][]
): Pick<CodemodOutput, 'edits'> => ({
  edits: new Map([
    [path, wanted.map(([start, end, text, rule = 'r']): SpanEdit => ({ span: { start, end }, text, rule }))],
  ]),
});
const file = (changeSet: ChangeSet, path: string) => changeSet.files.find((one) => one.path === path);

describe('applying edits', () => {
  it('gives every edit its place before and after, whatever the order they were recorded in', async () => {
    put('a.js', 'let a = 1;\nlet b = 2;\n');
    const changeSet = await run(
      edits('a.js', [11, 14, 'const', 'second'], [0, 3, 'const', 'first'], [0, 0, '// x\n', 'top']),
    );
    const { newText = '', edits: made = [] } = file(changeSet, 'a.js') ?? {};
    expect(newText).toBe('// x\nconst a = 1;\nconst b = 2;\n');
    expect(
      made.map((edit) => [
        edit.rule,
        newText?.slice(edit.after.start, edit.after.end),
        edit.line,
        edit.column,
      ]),
    ).toEqual([
      ['top', '// x\n', 1, 1],
      ['first', 'const', 1, 1],
      ['second', 'const', 2, 1],
    ]);
  });

  it('takes on CRLF, and leaves a byte order mark and a #! line in front', async () => {
    put('a.js', '\ufeff#!/usr/bin/env node\r\nlet a = 1;\r\n');
    const changeSet = await run(edits('a.js', [0, 0, "'use strict';\nlet z = 0;\n"]));
    expect(file(changeSet, 'a.js')?.newText).toBe(
      "\ufeff#!/usr/bin/env node\r\n'use strict';\r\nlet z = 0;\r\nlet a = 1;\r\n",
    );
  });

  it('an edit that changes nothing is none, and the file is unchanged', async () => {
    put('a.js', 'let a = 1;');
    expect(file(await run(edits('a.js', [0, 3, 'let'])), 'a.js')).toMatchObject({
      status: 'unchanged',
      newText: null,
    });
  });

  it('overlapping edits stop the run and name both rules and the place', async () => {
    put('a.js', 'let abc = 1;');
    await expect(run(edits('a.js', [0, 7, 'x', 'outer'], [4, 7, 'y', 'inner']))).rejects.toMatchObject({
      code: 'EDITS_OVERLAP',
      exitCode: 70,
      message: 'rename-let: rules outer and inner both change a.js:1:5.',
    });
  });

  it('a result that does not parse stops the run, named by file, line and column', async () => {
    put('a.js', 'let a = 1;\nlet b = 2;\n');
    await expect(run(edits('a.js', [15, 16, 'b ((']))).rejects.toMatchObject({
      code: 'OUTPUT_DOES_NOT_PARSE',
      message: expect.stringMatching(/a\.js:2:\d+: /),
    });
    await expect(run(edits('a.js', [15, 16, 'a']))).rejects.toThrow(/a\.js:2:5: .*`a`/);
    await expect(run({ created: new Map([['new.ts', 'const x: = 1']]) })).rejects.toThrow(/new\.ts:1:10: /);
  });

  it.each([
    ['cast.ts', 'let a = <any>b;'],
    ['view.tsx', 'let a = <b>c</b>;'],
    ['view.js', 'let a = <b>c</b>;'],
    ['script.cjs', 'let a; return;'],
    ['script.js', 'let a; return;'],
    ['module.mjs', 'let a = await b;'],
    ['tsconfig.json', '// let\n{ "a": 1, }'],
  ])('reads %s with the parser of its kind', async (path, text) => {
    put(path, text);
    const changeSet = await run(edits(path, [0, 0, ' ']));
    expect(file(changeSet, path)).toMatchObject({ status: 'changed' });
  });
});

describe('what a run reports', () => {
  it('says so when no file matches, without running the codemod', async () => {
    put('a.js', 'const a = 1;');
    const changeSet = await run({}, { run: () => Promise.reject(new Error('must not run')) });
    expect(changeSet).toMatchObject({ files: [], considered: 2 });
  });

  it('lists created, deleted, skipped, failed and unreadable files', async () => {
    put('a.js', 'let a');
    put('old.js', 'x');
    put('latin1.js', Uint8Array.of(0xe9));
    const changeSet = await run({
      created: new Map([['new/b.js', 'export {};\n']]),
      deleted: ['old.js'],
      skipped: new Map([['a.js', 'not ours']]),
    });
    expect(changeSet.files.map(({ path, status, reason }) => [path, status, reason])).toEqual([
      ['new/b.js', 'created', undefined],
      ['old.js', 'deleted', undefined],
      ['a.js', 'skipped', 'not ours'],
      ['latin1.js', 'skipped', 'not UTF-8'],
    ]);
  });

  it('does not write over a file of the user that it wants to create; its own is unchanged', async () => {
    put('a.js', 'let a');
    put('b.js', 'mine');
    await expect(run({ created: new Map([['b.js', 'ours']]) })).rejects.toMatchObject({
      code: 'FILE_EXISTS',
      exitCode: 3,
    });
    expect(file(await run({ created: new Map([['b.js', 'mine']]) }), 'b.js')?.status).toBe('unchanged');
    await expect(run({ created: new Map([['../b.js', 'ours']]) })).rejects.toMatchObject({
      code: 'OUTSIDE_REPOSITORY',
    });
  });
});

describe('a jscodeshift transform', () => {
  const transform = `
    export default function (file, { jscodeshift: j }, options) {
      if (file.source.includes('explode')) throw new Error('no way');
      if (file.source.includes('garbage')) return 'let let (';
      const root = j(file.source);
      const found = root.find(j.Identifier, { name: 'oldName' });
      if (found.size() === 0) return file.source;
      found.replaceWith(j.identifier(options.to ?? 'newName'));
      return root.toSource();
    }`;

  async function shift(path: string, options = {}): Promise<ChangeSet> {
    const repository = await openRepository(root);
    const paths = repository.files.filter((one) => one.startsWith('src/'));
    return runTransform(path, { repository, paths, options, signal });
  }

  it('runs over each file with the parser of its extension, keeping CRLF, byte order mark and #! line', async () => {
    put('src/a.ts', 'const x = <any>oldName; // why\n');
    put('src/b.tsx', 'const x = <p>{oldName}</p>;\n');
    put('src/c.js', '\ufeff#!/usr/bin/env node\r\nconst x = oldName;\r\n\r\n\tfn( x )\r\n');
    put('src/d.js', 'const x = () => ({}).y');
    put('src/e.js', 'explode');
    put('src/f.js', 'garbage');
    put('src/g.mjs', 'syntax error here');
    const changeSet = await shift(put('rename.mjs', transform));
    const results = Object.fromEntries(
      changeSet.files.map((one) => [one.path, one.newText ?? `${one.status}: ${one.reason ?? ''}`]),
    );
    expect(results).toEqual({
      'src/a.ts': 'const x = <any>newName; // why\n',
      'src/b.tsx': 'const x = <p>{newName}</p>;\n',
      'src/c.js': '\ufeff#!/usr/bin/env node\r\nconst x = newName;\r\n\r\n\tfn( x )\r\n',
      'src/d.js': 'unchanged: ',
      'src/e.js': 'failed: no way',
      'src/f.js': expect.stringMatching(/^failed: its result does not parse at 1:/),
      'src/g.mjs': 'failed: does not parse at 1:7: Missing semicolon.',
    });
    const [edit] = changeSet.files.find((one) => one.path === 'src/c.js')?.edits ?? [];
    expect(edit).toMatchObject({ codemod: 'rename', line: 2, column: 1 });
  });

  it('may be CommonJS or TypeScript, is read afresh, and gets the options', async () => {
    put('src/a.js', 'oldName;\n');
    const text = (path: string, source: string, options = {}) =>
      shift(put(path, source), options).then((set) => set.files[0]?.newText);
    const cjs = transform.replace('export default', 'module.exports =');
    expect(await text('t.cjs', cjs)).toBe('newName;\n');
    expect(await text('t.cjs', cjs.replace("'newName'", "'afresh'"))).toBe('afresh;\n');
    const typed = transform
      .replace('file,', 'file: { source: string },')
      .replace(', options)', ', options: any)');
    expect(await text('t.ts', typed, { to: 'chosen' })).toBe('chosen;\n');
  });

  it.each([
    ['commonjs', 'export default'],
    ['module', 'module.exports ='],
  ])('may be a .js file of the other kind than its package.json says: in %s, %s', async (type, exported) => {
    put('src/a.js', 'oldName;\n');
    put('tools/package.json', JSON.stringify({ type }));
    const path = put('tools/t.js', transform.replace('export default', exported));
    expect((await shift(path)).files[0]?.newText).toBe('newName;\n');
  });

  it.each([
    ['missing', null, 'NO_SUCH_TRANSFORM'],
    ['broken', 'export default (((', 'BROKEN_TRANSFORM'],
    ['empty', 'export const x = 1;', 'BROKEN_TRANSFORM'],
  ])('that is %s is one sentence and exit code 2', async (name, source, code) => {
    put('src/a.js', '');
    const path = join(root, `${name}.mjs`);
    if (source) put(`${name}.mjs`, source);
    await expect(shift(path)).rejects.toMatchObject({ code, exitCode: 2 });
  });
});
