import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clone } from '../field-test/prepare.ts';
import { writePage } from './page.ts';
import { accept, RELEASES, type Result, summary } from './run.ts';

/**
 * `npm run accept:express`: Express's own acceptance tests over its examples, as they are and as the codemod leaves them. `--clones`
 * is a folder with clones of public repositories, `--release 4` takes one release alone, `--keep` leaves the scratch folder;
 * `--write` writes `docs/express-acceptance.md`. Exit code 1 when a test that passed before fails after, and no announcement covers it.
 */
const { values } = parseArgs({
  options: {
    clones: { type: 'string' },
    release: { type: 'string', multiple: true, default: Object.keys(RELEASES) },
    keep: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

// The same from bench/express-acceptance/ and, bundled, from dist/bench/.
const here = dirname(fileURLToPath(import.meta.url));
const root = existsSync(join(here, '../../.tasks')) ? join(here, '../..') : join(here, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'express-acceptance-'));
const clones = resolve(values.clones ?? join(scratch, 'clones'));
const cli = join(root, 'dist', 'src', 'cli.js');
const results: Result[] = [];
try {
  for (const [release, commit] of Object.entries(RELEASES)) {
    if (!values.release.includes(release)) continue;
    const from = await clone({ repository: 'expressjs/express', commit }, clones);
    const result = await accept({ release, commit, from, scratch: join(scratch, release), cli });
    results.push(result);
    process.stdout.write(summary(result));
  }
} finally {
  if (values.keep) process.stdout.write(`${scratch}\n`);
  else rmSync(scratch, { recursive: true, force: true });
}
if (values.write) writePage(root, results);
process.exitCode = results.some(({ lost }) => lost.some(({ announced }) => announced.length === 0)) ? 1 : 0;
