import { subject } from '../contract.ts';
import { same } from '../inside/seen.ts';

export default subject<typeof import('node:test')>('test', {
  mock: ({ mock }) => {
    const own = mock.fn((n: number) => n + 1);
    own(1);
    return same(own.mock.calls.length, 1);
  },
  'mock timers': ({ mock }) => {
    let called = 0;
    mock.timers.enable({ apis: ['setTimeout'] });
    setTimeout(() => void called++, 1_000);
    mock.timers.tick(1_000);
    mock.timers.reset();
    return same(called, 1);
  },
  run: async ({ run }, { scratch }) => {
    const { writeFileSync } = await import('node:fs');
    const file = `${scratch}/own.test.mjs`;
    writeFileSync(file, "import { test } from 'node:test';\ntest('passes', () => {});\n");
    const passed: string[] = [];
    const stream = run({ files: [file] });
    stream.on('test:pass', ({ name }) => void passed.push(name));
    for await (const _ of stream);
    return same(passed.includes('passes'), true);
  },
});
