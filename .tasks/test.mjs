import { join } from 'node:path';
import { bin, install, root, run } from './setup.mjs';

install();
for (const fixture of ['express-notes', 'express-shop']) install(join(root, 'fixtures', fixture));
run(bin('biome'), ['check', '--error-on-warnings', '.']);
run(bin('tsc'), ['--noEmit']);
run(process.execPath, ['.tasks/build.mjs']);
run(bin('vitest'), ['run', '--config', '.tasks/vitest.config.ts', ...process.argv.slice(2)]);
