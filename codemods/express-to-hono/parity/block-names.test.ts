import { describe, expect, it } from 'vitest';
import { loadBlocks, nativeBlocks } from './loader.ts';

/** Blocks that no application is given together: one decides on Node, the other one where a rule of Express's router is asked. */
const APART = new Set(['beside-express', 'taken']);

describe('the blocks of the support module', () => {
  it.each([4, 5] as const)('declare no name twice that may stand in one file, for Express %i', (version) => {
    const native = nativeBlocks();
    const ways = [[], native, ...native.map((name) => [name])];
    const twice = new Set<string>();
    for (const way of ways) {
      const owner = new Map<string, string>();
      for (const [block, { declarations }] of loadBlocks(version, way))
        for (const name of declarations.keys()) {
          const other = owner.get(name);
          if (other !== undefined && !(APART.has(other) && APART.has(block)))
            twice.add(`${name}: ${[other, block].sort().join(' and ')}`);
          owner.set(name, block);
        }
    }
    expect([...twice]).toEqual([]);
  });
});
