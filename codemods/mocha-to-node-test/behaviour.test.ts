import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChangeSet } from '../../src/codemod/apply.ts';
import { loadCodemod } from '../../src/codemod/registry.ts';
import { runCodemod } from '../../src/codemod/runner.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import { compareTests } from '../../src/steps/tests/compare.ts';
import { readJUnit, readMocha, type TestCase } from '../../src/steps/tests/report.ts';
import { testCommand } from '../../src/steps/tests/runners.ts';
import { linkPackages } from '../../src/testing/packages.ts';
import { openRepository } from '../../src/workspace/repository.ts';

const fixture = fileURLToPath(new URL('./__fixtures__/', import.meta.url));
const signal = new AbortController().signal;
let [scratch, before, after] = ['', '', ''];
let mocha: TestCase[] = [];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'mocha-to-node-test-'));
  [before, after] = [join(scratch, 'before'), join(scratch, 'after')];
  for (const folder of [before, after]) await cp(fixture, folder, { recursive: true });
  const repository = await openRepository(after);
  const changes = await runCodemod(await loadCodemod('mocha-to-node-test'), {
    ...{ repository, paths: repository.files, signal },
  });
  expect(changes.leftForYou).toEqual([]);
  await applyChangeSet(repository, changes, signal);
  await linkPackages(before);
  mocha = await testsOf(before, process.execPath);
}, 60_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** What a folder's test script finds, as a step of the plan reads it. */
async function testsOf(folder: string, node: string): Promise<TestCase[]> {
  const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const report = join(folder, 'report');
  const found = testCommand(scripts.test, 'node', report);
  if (typeof found === 'string') throw new Error(found);
  const PATH = [join(node, '..'), join(folder, 'node_modules/.bin'), process.env.PATH].join(':');
  await execa(found.command, {
    ...{ cwd: folder, shell: true, reject: false },
    env: { PATH, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: '' },
  });
  return found.read(await readFile(report, 'utf8'));
}

const sorted = (cases: readonly TestCase[], outcome: TestCase['outcome']) =>
  cases
    .filter((each) => each.outcome === outcome)
    .map(({ name, title }) => title ?? name)
    .sort();

describe.each(['this', 'node@22', 'node@24'])('on %s', (spec) => {
  it('the same tests pass and fail as under Mocha', async () => {
    const node =
      spec === 'this' ? process.execPath : (await provisionRuntime(await parseSpec(spec), { signal })).binary;
    const now = await testsOf(after, node);
    expect(sorted(mocha, 'failed')).toEqual([
      'fails by a promise',
      'fails by an assertion',
      'fails by done',
      'fails by its limit',
    ]);
    expect(sorted(mocha, 'passed').length).toBeGreaterThan(10);
    expect(sorted(now, 'passed')).toEqual(sorted(mocha, 'passed'));
    expect(sorted(now, 'failed')).toEqual(sorted(mocha, 'failed'));
    // Of a suite that is left out, Node.js names the suite, and Mocha its tests.
    expect(sorted(now, 'skipped')).toEqual(
      sorted(mocha, 'skipped')
        .map((name) => (name === 'is not run' ? 'not now' : name))
        .sort(),
    );
    expect(compareTests(mocha, now)).toMatchObject({ failing: [], missing: [], added: [] });
  }, 60_000);
});

it('a test that is lost or fails is seen', () => {
  const [first] = mocha.filter(({ outcome, title }) => outcome === 'passed' && !title?.includes('"'));
  const junit = (failure: string) => readJUnit(`<testcase name="${first?.title}">${failure}</testcase>`);
  expect(compareTests(mocha, junit('')).missing).toHaveLength(
    mocha.filter(({ outcome }) => outcome !== 'skipped').length - 1,
  );
  expect(compareTests(first ? [first] : [], junit('<failure/>')).failing).toEqual([first?.title]);
  expect(readMocha('{"tests":[],"failures":[],"pending":[]}')).toEqual([]);
});
