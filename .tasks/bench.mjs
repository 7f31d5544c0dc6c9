// `node .tasks/bench.mjs plan`: builds the command, bundles bench/plan/index.ts and runs it.
import { join } from 'node:path';
import { bin, install, root, run } from './setup.mjs';

const name = process.argv[2] ?? '';
if (!/^[a-z-]+$/.test(name)) throw new Error('Name a folder of bench/: node .tasks/bench.mjs plan');
install();
run(process.execPath, ['.tasks/build.mjs']);
const bundle = join(root, 'dist', 'bench', `${name}.mjs`);
run(bin('esbuild'), [
  `bench/${name}/index.ts`,
  '--bundle',
  '--platform=node',
  '--format=esm',
  '--packages=external',
  '--log-level=warning',
  `--outfile=${bundle}`,
]);
run(process.execPath, [bundle, ...process.argv.slice(3)]);
