import { expect, it } from 'vitest';
import { assembleParity, parityNames } from './parity.ts';

it.each([4, 5] as const)(
  'the TypeScript written for Express %i has no generic typed array: TypeScript before 5.7 knows none',
  (expressVersion) => {
    const names = parityNames(expressVersion);
    const { text } = assembleParity({
      names,
      format: 'esm',
      typescript: true,
      expressVersion,
      release: null,
    });
    expect(text).toContain('Uint8Array');
    expect(text.match(/\b(\w+Array|Buffer|DataView)<ArrayBuffer\w*>/g)).toBeNull();
  },
);
