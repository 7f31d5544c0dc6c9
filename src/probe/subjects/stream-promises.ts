import { subject } from '../contract.ts';
import { read, same } from '../inside/seen.ts';

export default subject<typeof import('node:stream/promises')>('stream/promises', {
  pipeline: async ({ pipeline }) => {
    const { PassThrough, Readable } = await import('node:stream');
    const out = new PassThrough();
    const [, text] = await Promise.all([pipeline(Readable.from(['a']), out), read(out)]);
    return same(text, 'a');
  },
});
