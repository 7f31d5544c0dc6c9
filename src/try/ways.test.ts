import { describe, expect, it } from 'vitest';
import { waysOf } from './ways.ts';

const rows = async (...args: Parameters<typeof waysOf>) =>
  (await waysOf(...args)).map(({ spec, code }) => `${spec} ${code}`);

describe('the rows of a try', () => {
  it('are the original first, newer Node, the others, then the conversions', async () => {
    expect(await rows('node@20', undefined, true)).toEqual([
      ...['node@20 as-is', 'node@22 as-is', 'node@24 as-is', 'bun as-is', 'deno as-is', 'workers as-is'],
      ...['node@20 converted', 'bun converted', 'deno converted', 'workers converted'],
    ]);
  });

  it('hold no older Node than that of today', async () => {
    expect(await rows('node@24', undefined, false)).toEqual([
      ...['node@24 as-is', 'bun as-is', 'deno as-is', 'workers as-is'],
    ]);
  });

  it('are those that are asked for, once each', async () => {
    expect(await rows('node@22', ['bun@1.2', 'node@22', 'bun@1.2'], true)).toEqual([
      ...['node@22 as-is', 'bun@1.2 as-is', 'node@22 converted', 'bun@1.2 converted'],
    ]);
  });

  it('refuse a list that compares nothing, and runtimes nobody knows', async () => {
    await expect(waysOf('node@22', ['node@22'], false)).rejects.toMatchObject({ code: 'USAGE', exitCode: 2 });
    await expect(waysOf('node@22', ['nodo'], true)).rejects.toMatchObject({ exitCode: 2 });
  });
});
