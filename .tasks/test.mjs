import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bin, install, root, run } from './setup.mjs';

install();
// Side by side. The types are checked once, of everything, and only of what changed since they were last.
const types = ['--noEmit', '--incremental', '--tsBuildInfoFile', join(root, '.cache', 'types.tsbuildinfo')];
const ended = await Promise.all([
  child(bin('biome'), ['check', '--error-on-warnings', '.']),
  child(bin('tsc'), types),
  child(process.execPath, ['.tasks/build.mjs', '--no-check']),
]);
const failed = ended.find((code) => code !== 0);
if (failed !== undefined) process.exit(failed);
run(bin('vitest'), ['run', '--config', '.tasks/vitest.config.ts', ...process.argv.slice(2)]);

/** Runs a program in the repository, and shows what it printed when it has ended. */
function child(program, args) {
  return new Promise((resolve, reject) => {
    const started = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (part) => said.push(part));
    started.on('error', reject);
    started.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}
