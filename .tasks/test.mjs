import { bin, install, run } from './setup.mjs';

install();
run(bin('biome'), ['check', '--error-on-warnings', '.']);
run(bin('tsc'), ['--noEmit']);
run(process.execPath, ['.tasks/build.mjs']);
run(bin('vitest'), ['run', '--config', '.tasks/vitest.config.ts', ...process.argv.slice(2)]);
