import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unifiedPatch } from './patch.ts';
import { bare, emptyChangeSet } from './runner.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'migrate-patch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const lines = (count: number, at: number, text: string) =>
  Array.from({ length: count }, (_, index) => (index === at ? text : `line ${index}`)).join('\n');

it.each<[string, string, string | null, string | null]>([
  ['a line far down', 'a.js', lines(100, 80, 'x'), lines(100, 80, 'y')],
  ['an insertion into an empty file', 'a.js', '', 'a\n'],
  ['a file emptied', 'a.js', 'a\nb', ''],
  ['a final newline added', 'a.js', 'a', 'a\n'],
  ['a final newline removed', 'a.js', 'a\nb\n', 'a\nb'],
  ['a byte order mark and CRLF', 'a.js', '\ufeffa\r\nb\r\n', '\ufeffa\r\nc\r\n'],
  ['line ending changed', 'a.js', 'a\r\nb\n', 'a\nb\n'],
  ['a lone carriage return, a form feed, a line separator', 'a.js', 'a\rb\fc\u2028d\n', 'a\rB\fc\u2028d\n'],
  ['a created file', 'new/a.ts', null, 'a\nb\n'],
  ['a created file without final newline', 'a.ts', null, 'a'],
  ['a created empty file', 'a.ts', null, ''],
  ['a deleted file', 'a.ts', 'a\nb', null],
  ['a deleted empty file', 'a.ts', '', null],
  ['a name with spaces', 'my file.js', 'a\n', 'b\n'],
  ['a created file whose name has spaces', 'my file.js', null, 'b\n'],
  ['a name with quote, backslash and umlaut', 'ä"b\\c.js', 'a\n', 'b\n'],
])('git apply makes %s as --write would', (_, path, oldText, newText) => {
  if (oldText !== null) writeFileSync(join(root, path), oldText);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('init', '-q');
  const changeSet = emptyChangeSet('x', {}, 1);
  changeSet.files.push({ ...bare(path, 'changed'), oldText, newText }, bare('other.js', 'unchanged'));
  writeFileSync(join(root, '.git/x.patch'), unifiedPatch(changeSet));
  git('apply', '.git/x.patch');
  const now = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
  expect(now).toBe(newText);
});
