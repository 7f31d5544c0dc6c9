import { subject } from '../contract.ts';
import { same, thrown } from '../inside/seen.ts';

export default subject<typeof import('node:vm')>('vm', {
  runInNewContext: ({ runInNewContext }) => same(runInNewContext('a + 1', { a: 1 }), 2),
  runInThisContext: ({ runInThisContext }) => same(runInThisContext('1 + 1'), 2),
  createContext: ({ createContext, isContext, runInContext }) => {
    const own = createContext({ a: 1 }) as { a: number; b?: number };
    runInContext('b = a + 1', own);
    return same([isContext(own), own.b], [true, 2]);
  },
  Script: ({ Script }) => same(new Script('1 + 2', { filename: 'own.js' }).runInThisContext(), 3),
  'Script timeout': async ({ Script }) =>
    same(
      (await thrown(() => new Script('for (;;);').runInNewContext({}, { timeout: 50 })))?.code,
      'ERR_SCRIPT_EXECUTION_TIMEOUT',
    ),
  'Script cachedData': ({ Script }) => {
    const cachedData = new Script('1').createCachedData();
    return same(new Script('1', { cachedData }).cachedDataRejected, false);
  },
  compileFunction: ({ compileFunction }) => same(compileFunction('return a + b', ['a', 'b'])(1, 2), 3),
  measureMemory: async ({ measureMemory }) =>
    same(typeof (await measureMemory({ execution: 'eager' })).total, 'object'),
});
