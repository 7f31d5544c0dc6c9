import { describe, expect, it } from 'vitest';
import { parseFile } from '../../../src/workspace/syntax/parse.ts';
import { assembleParity, parityNames } from '../parity.ts';
import { nativeBlocks } from '../parity-loader.ts';

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
      const names = parityNames(expressVersion, native).filter((name) => !EXPRESS_ONLY.test(name));
      const { text } = assembleParity({ names, format, typescript, expressVersion, native });
      expect(() => parseFile(typescript ? 'parity.ts' : 'parity.js', text)).not.toThrow();
    }
  });
});
