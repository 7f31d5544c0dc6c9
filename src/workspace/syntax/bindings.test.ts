import { describe, expect, test } from 'vitest';
import { type Binding, freshName, resolveBindings } from './bindings.ts';
import { parseFile } from './parse.ts';
import { findAll } from './walk.ts';

/**
 * Resolves a program in which a comment `d1` before an identifier marks a declaration and `u1` a use: each use
 * must resolve to the declaration of its number, `u0` to a global.
 */
function check(source: string, path = 'a.js'): void {
  const file = parseFile(path, source);
  const bindings = resolveBindings(file);
  const identifiers = findAll(file.program, 'Identifier', 'JSXIdentifier');
  const types = [...source.matchAll(/\/\*([du])(\d)\*\//g)];
  expect(types.length).toBeGreaterThan(0);
  const declared = new Map<string, Binding | null>();
  const at = (offset: number) => {
    // A shorthand property has a key and a value at one place; the value is the use.
    const node = identifiers.findLast(({ start }) => start === offset);
    if (node === undefined)
      throw new Error(`no identifier at ${offset}: ${source.slice(offset, offset + 10)}`);
    return bindings.bindingOf(node);
  };
  for (const match of types) {
    if (match[1] === 'd') declared.set(match[2] ?? '', at(match.index + match[0].length));
  }
  for (const [number, binding] of declared) expect(binding, `declaration ${number}`).not.toBeNull();
  for (const match of types) {
    if (match[1] !== 'u') continue;
    const found = at(match.index + match[0].length);
    expect(found, `${source} at ${match.index}`).toBe(match[2] === '0' ? null : declared.get(match[2] ?? ''));
  }
}

describe('a name means the nearest declaration by the rules of the language', () => {
  test.each([
    ['a block hides its outside', 'const /*d1*/a = 1; { const /*d2*/a = 2; /*u2*/a } /*u1*/a'],
    ['a parameter hides a module name', 'const /*d1*/res = 1; (/*d2*/res) => /*u2*/res; /*u1*/res'],
    ['var goes to the function', 'function f() { if (x) { var /*d1*/a = 1 } return /*u1*/a } /*u0*/a'],
    ['var is visible before it is written', 'function f() { /*u1*/a; var /*d1*/a }'],
    ['a function declaration is visible before it is written', '/*u1*/f(); function /*d1*/f() {}'],
    ['a catch parameter ends with its block', 'try {} catch (/*d1*/e) { /*u1*/e } /*u0*/e'],
    ['var in catch passes through', 'function f() { try {} catch (e) { var /*d1*/v } /*u1*/v }'],
    [
      'a loop variable ends with its loop',
      'for (let /*d1*/i = 0; /*u1*/i < 1; /*u1*/i++) { /*u1*/i } /*u0*/i',
    ],
    ['a loop body may hide the variable', 'for (const /*d1*/i of x) { /*u1*/i; { let /*d2*/i; /*u2*/i } }'],
    [
      'defaults see parameters, not the body',
      'const /*d1*/a = 1; (b = /*u1*/a) => { const /*d2*/a = 2; /*u2*/a }',
    ],
    ['defaults see earlier parameters', '(/*d1*/a, b = /*u1*/a) => /*u1*/a'],
    ['a var of a parameter name is the parameter', 'function f(/*d1*/a) { var a; /*u1*/a }'],
    [
      'destructuring declares what it binds',
      '({ x: /*d1*/a, y: [/*d2*/b], ...c }) => { /*u1*/a; /*u2*/b; /*u0*/x }',
    ],
    ['shorthand reads the variable', 'const /*d1*/a = 1; x = { /*u1*/a, a: 2, b: { a: /*u1*/a } }'],
    ['shorthand patterns write it', 'let /*d1*/a; ({ /*u1*/a } = x)'],
    ['a function expression knows its own name', 'const f = function /*d1*/g() { /*u1*/g }; /*u0*/g'],
    ['a class expression knows its own name', 'const C = class /*d1*/D { m() { /*u1*/D } }; /*u0*/D'],
    [
      'a class declaration is one name inside and outside',
      'class /*d1*/C extends /*u0*/B { m() { /*u1*/C } } /*u1*/C',
    ],
    ['members and keys are no uses', 'const /*d1*/a = 1; x.a; y = { a: 1 }; class K { a() {} } x[/*u1*/a]'],
    ['labels are no uses', 'const /*d1*/a = 1; a: for (;;) { break a; } /*u1*/a'],
    ['a switch is one block', 'switch (/*u0*/a) { case 1: let /*d1*/a; default: /*u1*/a }'],
    ['a static block holds its var', 'class C { static { var /*d1*/v; /*u1*/v } } /*u0*/v'],
    ['class fields see the class scope', 'const /*d1*/a = 1; class C { a = /*u1*/a; [/*u1*/a]() {} }'],
    ['sloppy functions in blocks leak', '{ function /*d1*/f() {} } /*u1*/f'],
    [
      'imports are declarations',
      'import /*d1*/a, { b as /*d2*/c } from "x"; /*u1*/a; /*u2*/c; export { c as d }; /*u0*/b',
    ],
    ['strict functions in blocks stay', 'export {}; { function /*d1*/f() { /*u1*/f } } /*u0*/f'],
  ])('%s', (_, source) => check(source));

  test('enum members, namespaces and import = are declarations', () => {
    check('enum E { /*d1*/A = 1, B = /*u1*/A } namespace N { const /*d2*/q = 1; /*u2*/q } /*u0*/q', 'a.ts');
    check('import /*d1*/x = require("x"); /*u1*/x()', 'a.cts');
    check('class C { constructor(private /*d1*/p: string) { /*u1*/p } }', 'a.ts');
  });
});

test('a type and a value of one name are kept apart', () => {
  const file = parseFile('a.ts', 'interface Note { id: string } const Note = 1; let x: Note; Note;');
  const { bindings } = resolveBindings(file);
  const found = bindings
    .filter(({ name }) => name === 'Note')
    .map(({ kind, references }) => [kind, references.length]);
  expect(found).toEqual([
    ['type', 1],
    ['const', 1],
  ]);
});

test('names of a type are no values', () => {
  const file = parseFile(
    'a.ts',
    'import type { Request } from "express"; type F = (req: Request) => typeof v; const v = 1;',
  );
  const { bindings, globals } = resolveBindings(file);
  expect(globals).toEqual([]);
  expect(bindings.map(({ name, typeOnly }) => [name, typeOnly])).toEqual([
    ['Request', true],
    ['F', true],
    ['v', false],
  ]);
});

test('references say whether they read or write', () => {
  const file = parseFile(
    'a.js',
    'let a = 1; a = 2; a += 1; a++; f(a); [a] = x; for (a of y); var b = 1; var b = 2;',
  );
  const { bindings } = resolveBindings(file);
  const uses = (name: string) =>
    bindings
      .find((binding) => binding.name === name)
      ?.references.map(({ read, write }) => (read ? 'r' : '') + (write ? 'w' : ''));
  expect(uses('a')).toEqual(['w', 'rw', 'rw', 'r', 'w', 'w']);
  expect(uses('b')).toEqual(['w']);
});

test('eval and with make names uncertain, and only where they can reach', () => {
  const file = parseFile('a.js', 'let a, b; function f() { eval(x); a } function g(o) { with (o) { b } }');
  const bindings = resolveBindings(file);
  const dynamic = findAll(file.program, 'ExpressionStatement')
    .map(({ expression }) => expression as never)
    .filter((node: { type: string }) => node.type === 'Identifier')
    .map((node) => bindings.isDynamic(node));
  expect(dynamic).toEqual([true, true]);
  const plain = parseFile('a.js', 'let a; function f() { eval } function g() { a }');
  const [use] = resolveBindings(plain).bindings.find(({ name }) => name === 'a')?.references ?? [];
  expect(use && resolveBindings(plain).isDynamic(use.node)).toBe(false);
});

test('a fresh name clashes with nothing the scope declares or refers to', () => {
  const file = parseFile(
    'a.js',
    'const c = 1, stream = 2; const h = (req) => { const c2 = 1; return () => stream + c3; };',
  );
  const { scopeOf, module } = resolveBindings(file);
  const [handler] = findAll(file.program, 'ArrowFunctionExpression');
  if (handler === undefined) throw new Error('no handler');
  const scope = scopeOf(handler);
  expect(freshName(scope, 'c')).toBe('c');
  expect(freshName(scope, 'c', new Set(['c']))).toBe('c4');
  expect(freshName(scope, 'stream')).toBe('stream2');
  expect(freshName(scope, 'req')).toBe('req2');
  expect(freshName(scope, 'class')).toBe('class2');
  expect(freshName(module, 'c2')).toBe('c22');
});
