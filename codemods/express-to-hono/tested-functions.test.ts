import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCases, runOnTree } from '../../src/codemod/cases.ts';
import { CODEMODS } from '../../src/codemod/registry.ts';
import codemod from './index.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const TEST = 'test/guards.test.js';
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tested-functions-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** The counts of `node --test`. */
async function runTests(name: string, files: ReadonlyMap<string, string>): Promise<string> {
  const root = join(scratch, name);
  await mkdir(join(root, 'node_modules', '@hono'), { recursive: true });
  for (const each of ['hono', '@hono/node-server'])
    await symlink(join(modules, each), join(root, 'node_modules', each));
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const env = { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined };
  const run = promisify(execFile)(process.execPath, ['--test', '--test-reporter=tap', TEST], {
    cwd: root,
    env,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return [...stdout.matchAll(/^# (?:pass|fail) \d+$/gm)].join(', ');
}

it('leaves the tests of a project green, unedited, that call its handlers with requests of their own', async () => {
  const one = (await readCases(CODEMODS, 'express-to-hono')).find(
    ({ name }) => name === 'functions-that-tests-use',
  );
  if (one === undefined) throw new Error('no case');
  const { tree, changeSet } = await runOnTree(codemod, one.before, one.notes.options);
  expect(new Set(changeSet.outcomes?.map(({ outcome }) => outcome))).toEqual(new Set(['converted']));
  expect(tree.get(TEST)).toBe(one.before.get(TEST));
  expect(await runTests('before', one.before)).toBe('# pass 2, # fail 0');
  expect(await runTests('after', tree)).toBe('# pass 2, # fail 0');
});
