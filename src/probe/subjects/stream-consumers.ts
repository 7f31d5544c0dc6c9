import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:stream/consumers')>('stream/consumers', {
  json: async ({ json }) => {
    const { Readable } = await import('node:stream');
    return same(await json(Readable.from(['{"a"', ':1}'])), { a: 1 });
  },
  text: async ({ text }) => {
    const { Readable } = await import('node:stream');
    return same(await text(Readable.from(['a', 'b'])), 'ab');
  },
});
