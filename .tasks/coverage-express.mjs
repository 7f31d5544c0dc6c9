// `npm run coverage:express [-- <text in a case's name> [--here | --on=bun,workers]]`: builds the command, bundles
// bench/express-coverage against it and runs every case (or those named; `all` names every one) on Node, Bun, Deno and
// Workers; `--here` only on the Node that runs this, `--on` on the runtimes it lists. The docs are written by a whole run.
import { join } from 'node:path';
import { build } from 'esbuild';
import { install, root, run } from './setup.mjs';

install();
run(process.execPath, ['.tasks/build.mjs']);
const outfile = join(root, 'dist', 'bench', 'express-coverage', 'index.mjs');
await build({
  ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' },
  absWorkingDir: root,
  entryPoints: ['bench/express-coverage/index.ts'],
  outfile,
  plugins: [
    {
      name: 'built-sources',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^\.\.\/\.\.\/(src|codemods)\// }, ({ path }) => ({
          path: path.replace(/\.ts$/, '.js'),
          external: true,
        })),
    },
  ],
});
run(process.execPath, [outfile, ...process.argv.slice(2)]);
