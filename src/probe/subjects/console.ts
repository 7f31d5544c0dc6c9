import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:console')>('console', {
  Console: async ({ Console }) => {
    const { PassThrough } = await import('node:stream');
    const out = new PassThrough();
    new Console(out).log('%s %d %j', 'a', 1, { b: 2 });
    return same(String(out.read()), 'a 1 {"b":2}\n');
  },
  'Console table': async ({ Console }) => {
    const { PassThrough } = await import('node:stream');
    const out = new PassThrough();
    new Console(out).table([{ a: 1 }]);
    return same(String(out.read()).includes('│'), true);
  },
});
