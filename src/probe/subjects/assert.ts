import { subject } from '../contract.ts';
import { happens, same, thrown } from '../inside/seen.ts';

type Assert = typeof import('node:assert');

export default subject<{ default: Assert; AssertionError: Assert['AssertionError'] }>('assert', {
  ok: async (module) => {
    const assert: Assert = module.default;
    return same((await thrown(() => assert.ok(false)))?.code, 'ERR_ASSERTION');
  },
  deepStrictEqual: async (module) => {
    const assert: Assert = module.default;
    assert.deepStrictEqual(new Map([['a', [1]]]), new Map([['a', [1]]]));
    return happens(
      (await thrown(() => assert.deepStrictEqual({ a: 1 }, { a: 2 }))) !== null,
      'accepts what is unequal',
    );
  },
  rejects: async ({ default: assert }) => {
    await assert.rejects(Promise.reject(new Error('x')), /x/);
    return happens(
      (await thrown(() => assert.rejects(Promise.resolve()))) !== null,
      'accepts what does not reject',
    );
  },
  throws: async ({ default: assert }) =>
    happens((await thrown(() => assert.throws(() => {}))) !== null, 'accepts what does not throw'),
  AssertionError: ({ AssertionError }) =>
    same(new AssertionError({ actual: 1, expected: 2, operator: 'x' }).code, 'ERR_ASSERTION'),
});
