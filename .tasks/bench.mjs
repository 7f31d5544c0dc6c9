// `node .tasks/bench.mjs plan`: builds the command, bundles bench/plan/index.ts against it and runs it.
import { join } from 'node:path';
import { install, root, run } from './setup.mjs';

const name = process.argv[2] ?? '';
if (!/^[a-z-]+$/.test(name)) throw new Error('Name a folder of bench/: node .tasks/bench.mjs plan');
install();
run(process.execPath, ['.tasks/build.mjs']);
const { build } = await import('esbuild');
const outfile = join(root, 'dist', 'bench', `${name}.mjs`);
await build({
  ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' },
  absWorkingDir: root,
  entryPoints: [`bench/${name}/index.ts`],
  outfile,
  plugins: [
    {
      // What discovers files beside itself must run from where it was built.
      name: 'built-sources',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^\.\.\/\.\.\/(src|codemods)\// }, ({ path }) => ({
          path: path.replace(/^\.\.\//, '').replace(/\.ts$/, '.js'),
          external: true,
        })),
    },
  ],
});
run(process.execPath, [outfile, ...process.argv.slice(3)]);
