import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:readline')>('readline', {
  createInterface: async ({ createInterface }) => {
    const { Readable } = await import('node:stream');
    const lines: string[] = [];
    for await (const line of createInterface({ input: Readable.from(['a\nb', 'c\n']) })) lines.push(line);
    return same(lines, ['a', 'bc']);
  },
  'createInterface question': async ({ createInterface }) => {
    const { PassThrough } = await import('node:stream');
    const input = new PassThrough();
    const own = createInterface({ input, output: new PassThrough() });
    const answer = new Promise((done) => own.question('who? ', done));
    input.write('me\n');
    const text = await answer;
    own.close();
    return same(text, 'me');
  },
});
