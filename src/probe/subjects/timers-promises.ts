import { subject } from '../contract.ts';
import { same, thrown } from '../inside/seen.ts';

export default subject<typeof import('node:timers/promises')>('timers/promises', {
  setTimeout: async ({ setTimeout }) => same(await setTimeout(1, 'x'), 'x'),
  'setTimeout signal': async ({ setTimeout }) =>
    same((await thrown(() => setTimeout(1_000, null, { signal: AbortSignal.abort() })))?.name, 'AbortError'),
  setInterval: async ({ setInterval }) => {
    let count = 0;
    for await (const value of setInterval(1, 'x')) if (++count === 2) return same(value, 'x');
  },
  'scheduler.wait': async ({ scheduler }) => same((await scheduler.wait(1)) ?? null, null),
});
