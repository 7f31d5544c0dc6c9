import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { runOnTree } from '../../src/codemod/cases.ts';
import { loadCodemod } from '../../src/codemod/registry.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import { linkPackages } from '../../src/testing/packages.ts';
import { workflowMistakes } from '../../src/testing/workflows.ts';

const notes = fileURLToPath(new URL('../../fixtures/express-notes/', import.meta.url));
const WORKFLOW = '.github/workflows/ci.yml';
const bun = await provisionRuntime(await parseSpec('bun@1.4'));

it("writes what GitHub's parser reads, and a command that runs the tests on Bun", async () => {
  const before = new Map<string, string>();
  for (const path of [WORKFLOW, 'package.json']) before.set(path, await readFile(join(notes, path), 'utf8'));
  const { tree } = await runOnTree(await loadCodemod('ci-matrix'), before, { runtime: `bun@${bun.version}` });
  const text = tree.get(WORKFLOW) ?? '';
  const mistakes = await workflowMistakes();
  expect(mistakes(text)).toEqual([]);
  expect(mistakes(text.replace('fail-fast: false', 'fail-fast: [1]'))).not.toEqual([]);

  const { check, test } = parse(text).jobs;
  expect(check.strategy).toBeUndefined();
  expect(test.strategy.matrix).toEqual({ runtime: ['node', 'bun'] });
  const steps: { if?: string; run?: string }[] = test.steps;
  const command = steps.findLast((step) => step.if === "matrix.runtime == 'bun'")?.run ?? '';

  const scratch = await mkdtemp(join(tmpdir(), 'ci-matrix-'));
  try {
    const app = join(scratch, 'app');
    await cp(notes, app, { recursive: true, filter: (path) => !path.includes('node_modules') });
    await linkPackages(app);
    await symlink(bun.binary, join(scratch, 'bun'));
    const PATH = [scratch, process.env.PATH].join(delimiter);
    const ran = await execa(command, { cwd: app, shell: true, all: true, env: { PATH } });
    expect(ran.all).toMatch(/15 pass\n\s*0 fail/);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}, 60_000);
