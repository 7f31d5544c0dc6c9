import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCases } from '../../../src/codemod/cases.ts';
import { CODEMODS } from '../../../src/codemod/registry.ts';
import { isSource } from '../../../src/workspace/text.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'doors-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A case of each codemod, whose sources do not depend on one another. */
const DOORS = [
  ['node-prefix', 'every-form'],
  ['uuid-to-crypto', 'whole-package'],
  ['rimraf-mkdirp-to-fs', 'old-releases'],
  ['node-fetch-to-fetch', 'requests'],
  ['ws-client-to-websocket', 'client'],
  ['mocha-to-node-test', 'suite'],
] as const;

// What `npx jscodeshift -t` runs, without its progress; all of them in one process, as loading Babel takes most of the time.
const RUN = `
const { run } = require(process.argv[1]);
const jobs = JSON.parse(process.argv[2]);
(async () => {
  for (const { door, files } of jobs)
    await run(door, files, { runInBand: true, silent: true, babel: true, extensions: 'js,cjs,mjs,ts', parser: 'babel' });
})();
`;

it('jscodeshift alone makes of the sources what our run makes of them', async () => {
  const jobs: { door: string; files: string[] }[] = [];
  const expected: { file: string; text: string }[] = [];
  for (const [id, name] of DOORS) {
    const found = (await readCases(CODEMODS, id)).find((each) => each.name === name);
    const files: string[] = [];
    for (const [path, text] of found?.before ?? []) {
      const file = join(scratch, id, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      const isChanged = isSource(path);
      if (isChanged) files.push(file);
      expected.push({ file, text: (isChanged ? found?.after : found?.before)?.get(path) ?? '' });
    }
    jobs.push({ door: join(root, 'dist', 'codemods', id, 'jscodeshift.cjs'), files });
  }
  const runner = join(root, 'node_modules', 'jscodeshift', 'src', 'Runner.js');
  await execa(process.execPath, ['-e', RUN, runner, JSON.stringify(jobs)]);
  expect(expected.length).toBeGreaterThan(DOORS.length);
  for (const { file, text } of expected) expect(await readFile(file, 'utf8')).toBe(text);
});
