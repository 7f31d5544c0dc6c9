import { describe, expect, it } from 'vitest';
import { runOnTree } from '../../../src/codemod/cases.ts';
import { parseFile } from '../../../src/workspace/syntax/parse.ts';
import codemod from '../index.ts';
import { assembleParity, parityNames } from '../parity/assemble.ts';
import { nativeBlocks } from '../parity/loader.ts';

const all = nativeBlocks();
/** Parts that an application may need as Express did them: see `decideNative`. */
const WHOLE = [
  '',
  'bodies',
  'static',
  'files static',
  'upload',
  'location',
  'param mount static',
  'cookies set-cookie clear-cookie',
  'beside-express',
];
const sets = WHOLE.map((whole) => all.filter((block) => !whole.split(' ').includes(block)));

/** What only Express's own routing and parsers ask for. */
const EXPRESS_ONLY = /^(rewritable|rewriteUrl|rewriteMethod|overrideMethod|parseForm)$/;

describe.each([4, 5] as const)('a module with parts as Hono has them, for Express %i', (expressVersion) => {
  it.each(sets.map((native) => [native.join(' '), native] as const))('is whole with %s', (_title, native) => {
    for (const [format, typescript] of [
      ['esm', true],
      ['cjs', false],
    ] as const) {
      const isWhole = !native.includes('beside-express');
      const names = parityNames(expressVersion, native).filter(
        (name) => !EXPRESS_ONLY.test(name) && (isWhole || name !== 'besideExpressInWorker'),
      );
      const { text } = assembleParity({ names, format, typescript, expressVersion, native });
      expect(() => parseFile(typescript ? 'parity.ts' : 'parity.js', text)).not.toThrow();
    }
  });
});

it('gives two applications of one folder one parser, the one that both can do with', async () => {
  const app = (options: string) =>
    [
      "const express = require('express');",
      'const app = express();',
      `app.use(express.json(${options}));`,
      "app.post('/', (req, res) => res.json(req.body));",
      'app.listen(3000);',
      '',
    ].join('\n');
  const verify = '{ verify: (req, res, buf) => { req.rawBody = buf; } }';
  const files = new Map([
    ['package.json', '{ "dependencies": { "express": "^4.22.0" } }'],
    ['one.js', app("{ limit: '1mb' }")],
    ['two.js', app(verify)],
  ]);
  const { tree } = await runOnTree(codemod, files, { parity: 'idiomatic' });
  expect(tree.get('one.js')).toContain("jsonBody({ limit: '1mb' })");
  expect(tree.get('two.js')).toContain('jsonBody({ verify: (c, buf) =>');
  expect(tree.get('express-parity.js')?.match(/function jsonBody/g)).toHaveLength(1);
  expect(tree.get('express-parity.js')).toContain('verify');
});
