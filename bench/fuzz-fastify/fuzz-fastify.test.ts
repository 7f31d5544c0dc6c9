import { describe, expect, it } from 'vitest';
import fastifyToHono from '../../codemods/fastify-to-hono/index.ts';
import { judge, NODE } from '../fuzz-express/judge.ts';
import { programOf } from './program.ts';

/** The codemod with a fault: statuses that answers are given are lost. */
const faulty: typeof fastifyToHono = {
  ...fastifyToHono,
  run: async (input) => {
    const output = await fastifyToHono.run(input);
    const edits = [...output.edits].map(
      ([path, all]) =>
        [path, all.map((edit) => ({ ...edit, text: edit.text.replace(/, \d{3}\)/g, ')') }))] as const,
    );
    return { ...output, edits: new Map(edits) };
  },
};

/** Among them what was wrong once: parameters where no route is found, an error handler set late, `callNotFound` inside. */
const seeds = [507, 517, 519, 9046];

describe('the fuzzer of Fastify programs', () => {
  it('makes the same program of the same seed', () => {
    expect(programOf(7)).toEqual(programOf(7));
    expect(programOf(7).files).not.toEqual(programOf(8).files);
  });

  it('finds nothing in some programs, and a planted fault in some of them', {
    timeout: 240_000,
  }, async () => {
    const programs = seeds.map(programOf);
    const right = await judge(programs, [NODE], fastifyToHono);
    expect(right.flatMap(({ found }) => found?.message ?? [])).toEqual([]);
    const wrong = await judge(programs, [NODE], faulty);
    expect(wrong.filter(({ outcome }) => outcome === 'wrong').length).toBeGreaterThan(0);
  });
});
