import { describe, expect, it } from 'vitest';
import koaToHono from '../../codemods/koa-to-hono/index.ts';
import { judge, NODE } from '../fuzz-express/judge.ts';
import { programOf, staysIn } from './program.ts';

const codemod = (fault: boolean): typeof koaToHono => ({
  ...koaToHono,
  run: async (input) => {
    const koa = staysIn((await input.read('package.json')) ?? '') ? 'stays' : 'goes';
    const output = await koaToHono.run({ ...input, options: { ...input.options, koa } });
    if (!fault) return output;
    const edits = [...output.edits].map(
      ([path, all]) =>
        [path, all.map((edit) => ({ ...edit, text: edit.text.replace(/, \d{3}\)/g, ')') }))] as const,
    );
    return { ...output, edits: new Map(edits) };
  },
});

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('the fuzzer of Koa programs', () => {
  it('makes the same program of the same seed', () => {
    expect(programOf(7)).toEqual(programOf(7));
    expect(programOf(7).files).not.toEqual(programOf(8).files);
  });

  it('finds nothing in some programs, and a planted fault in some of them', {
    timeout: 240_000,
  }, async () => {
    const programs = seeds.map(programOf);
    const right = await judge(programs, [NODE], codemod(false));
    expect(right.flatMap(({ found }) => found?.message ?? [])).toEqual([]);
    const wrong = await judge(programs, [NODE], codemod(true));
    expect(wrong.filter(({ outcome }) => outcome === 'wrong').length).toBeGreaterThan(0);
  });
});
