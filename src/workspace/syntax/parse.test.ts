import { expect, test } from 'vitest';
import { MigrateError } from '../../model/errors.ts';
import { argumentsOf, calleeChain, child, children } from './nodes.ts';
import { parseFile } from './parse.ts';
import { findAll } from './walk.ts';

test('offsets refer to the original text when it has a BOM, a shebang and characters outside the basic plane', () => {
  const text = '\uFEFF#!/usr/bin/env node\nconst a = "😀";\r\nfoo(a);\n';
  const file = parseFile('bin/run.js', text);
  const [call] = findAll(file.program, 'CallExpression');
  expect(text.slice(call?.start, call?.end)).toBe('foo(a)');
  expect(file.locate(call?.start ?? 0)).toEqual({ file: 'bin/run.js', line: 3, column: 1 });
  expect(file.comments).toEqual([]);
});

test('a BOM takes no column on the first line', () => {
  const file = parseFile('a.js', '\uFEFFfoo()');
  expect(file.locate(findAll(file.program, 'CallExpression')[0]?.start ?? 0).column).toBe(1);
});

test.each([
  ['a.js', 'import x from "y"; await x', undefined, 'esm', true],
  ['a.js', 'const x = require("y"); return', undefined, 'cjs', false],
  ['a.js', 'foo()', 'module', 'esm', false],
  ['a.js', 'with (a) { b }', 'commonjs', 'cjs', false],
  ['a.mjs', 'foo()', undefined, 'esm', false],
  ['a.cjs', 'foo()', 'module', 'cjs', false],
  ['a.cts', 'import x = require("y"); export = x', 'module', 'cjs', true],
  ['a.mts', 'const x = <T,>(v: T) => v', undefined, 'esm', false],
  ['a.ts', 'const x = <any>y', undefined, 'cjs', false],
  ['a.tsx', 'const x = <any>y</any>', undefined, 'cjs', false],
  ['a.jsx', 'const x = <b/>', undefined, 'cjs', false],
  ['a.js', 'const x = <b/>', undefined, 'cjs', false],
])(
  '%s with %j is read as its extension and package type %s ask',
  (path, text, packageType, module, moduleSyntax) => {
    const file = parseFile(path, text, { packageType });
    expect([file.module, file.moduleSyntax]).toEqual([module, moduleSyntax]);
  },
);

test('a syntax error names file, line and column', () => {
  const attempt = () => parseFile('src/bad.js', 'const a = 1;\nconst b = ;\n');
  expect(attempt).toThrow(MigrateError);
  expect(attempt).toThrow(/^src\/bad\.js:2:11 does not parse: /);
});

test('parentheses, casts and optional chaining are seen through in a call chain', () => {
  const file = parseFile('a.ts', '(res as any)!.status(201)?.json({})');
  const [statement] = children(file.program, 'body');
  const links = calleeChain(child(statement ?? file.program, 'expression') ?? file.program);
  expect(links.map(({ name, call }) => [name, call && argumentsOf(call).length])).toEqual([
    [null, null],
    ['status', 1],
    ['json', 1],
  ]);
});
