import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, install, root, run } from './setup.mjs';

install();
rmSync(join(root, 'dist'), { recursive: true, force: true });
// The check is that of `npm test` and `npm run check`: there it would be made twice.
const unchecked = process.argv.includes('--no-check') ? ['--noCheck'] : [];
run(bin('tsc'), ['-p', '.tasks/tsconfig.build.json', ...unchecked]);
// What is data to the compiler but needed at run time: codemod READMEs and the sources of the modules they write.
cpSync(join(root, 'codemods'), join(root, 'dist', 'codemods'), {
  recursive: true,
  filter: (from) =>
    !/\.(test\.)?ts$|[\\/](cases|__fixtures__)([\\/]|$)/.test(from) ||
    /[\\/](parity|storage)-source[\\/]/.test(from),
});
chmodSync(join(root, 'dist', 'src', 'cli.js'), 0o755);
