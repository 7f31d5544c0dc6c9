import { subject } from '../contract.ts';
import { pause, same } from '../inside/seen.ts';

export default subject<typeof import('node:repl')>('repl', {
  start: async ({ start }) => {
    const { PassThrough } = await import('node:stream');
    const [input, output] = [new PassThrough(), new PassThrough()];
    const own = start({ input, output, prompt: '', terminal: false });
    input.write('1 + 2\n');
    await pause(200);
    own.close();
    return same(String(output.read()).includes('3'), true);
  },
});
