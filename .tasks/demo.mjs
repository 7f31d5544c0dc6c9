import { run } from './setup.mjs';

run(process.execPath, ['.tasks/build.mjs']);
