import { expect, test } from 'vitest';
import { builtinUses } from './builtins.ts';
import { parseFile } from './parse.ts';

const uses = (text: string, path = 'a.js') =>
  builtinUses(parseFile(path, text)).map(
    ({ module, member, location }) => `${module}#${member}@${location.line}:${location.column}`,
  );

test.each([
  ["import { readFile as rf } from 'node:fs/promises'; rf(x)", ['fs/promises#readFile@1:52']],
  [
    "import fs, { existsSync } from 'fs'; fs.promises.readFile(x)",
    ['fs#existsSync@1:14', 'fs#promises.readFile@1:38'],
  ],
  ["import * as path from 'path'; path.posix.join(a)", ['path#posix.join@1:31']],
  [
    "const { promises: fsp, statSync } = require('fs'); fsp.rm(x); statSync(y)",
    ['fs#promises.rm@1:52', 'fs#statSync@1:63'],
  ],
  ["const { readFile } = require('fs').promises; readFile(x)", ['fs#promises.readFile@1:46']],
  ["require('child_process').spawn(x)", ['child_process#spawn@1:1']],
  ["const fs = require('fs'); const f = fs; f.readSync(1)", ['fs#readSync@1:41']],
  ["const p = process.getBuiltinModule('os'); p.cpus()", ['os#cpus@1:43']],
  ["const { hostname } = await import('node:os'); hostname()", ['os#hostname@1:47']],
  [
    "import { createRequire } from 'module'; const r = createRequire(import.meta.url); r('net').connect()",
    ['module#createRequire@1:51', 'net#connect@1:83'],
  ],
  ["import 'node:test'", ['test#null@1:1']],
  [
    "const fs = require('fs'); const p = fs.promises; { const p = other; p.rm() } function f() { p.rm() }",
    ['fs#promises.rm@1:93'],
  ],
  ["const f\\u0073 = require('fs'); fs.rm(x)", ['fs#rm@1:32']],
  ["const a = require('fs'); function g() { let $a = 1; return $a } a.rm()", ['fs#rm@1:65']],
  ["export { join } from 'path'", ['path#join@1:10']],
  ["const fs = require('fs'); wrap(fs)", ['fs#null@1:32']],
  ["const fs = require('fs'); function f(fs) { fs.x() } fs.y()", ['fs#y@1:53']],
  ["const require = other; require('fs').x", []],
  ["require('express'); require('./fs')", []],
])('%s', (text, expected) => {
  expect(uses(text)).toEqual(expected);
});

test('types are no uses', () => {
  expect(
    uses("import type { Stats } from 'fs'; import { type Server } from 'http'; let a: Stats", 'a.ts'),
  ).toEqual([]);
  expect(uses("import fs = require('fs'); fs.rmSync(x)", 'a.cts')).toEqual(['fs#rmSync@1:28']);
});
