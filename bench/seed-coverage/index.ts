import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistakes, pageOf, readEntries } from './coverage.ts';

const root = process.cwd();
const entries = readEntries(root);
const wrong = mistakes(root, entries);
for (const mistake of wrong) console.error(mistake);
writeFileSync(join(root, 'docs/seed-coverage.md'), pageOf(entries));
process.exitCode = wrong.length > 0 ? 1 : 0;
