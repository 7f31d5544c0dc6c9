import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isolatedCopy } from '../../shadow/index.ts';
import { openRepository } from '../../workspace/repository.ts';
import { actionKind, type StepContext } from '../contract.ts';
import { compareTests, type TestDifference } from '../tests/compare.ts';
import type { TestCase } from '../tests/report.ts';
import { programsOf, runCommand } from '../tests/run.ts';
import { testCommand } from '../tests/runners.ts';

const TIMEOUT_MS = 600_000;
const MOST = 3;

const schema = z.strictObject({
  do: z.literal('tests-compare'),
  /** The runtime of the code as it is now, and that of the code before the step: the same, where none is given. */
  on: z.string(),
  old: z.string().optional(),
});

/** Runs the project's own tests before and after, each in a copy, and compares them by names and counts. */
export default actionKind({
  kind: 'tests-compare',
  schema,
  changes: () => false,
  describe: ({ on, old }) =>
    `the project's tests pass on ${on} as before${old ? ` on ${old}` : ''}, by names and counts`,
  async run({ on, old = on }, context) {
    const before = await testsOf(await context.beforeStep(), old, 'before', context);
    if (typeof before === 'string') return { outcome: 'not-checked', summary: `tests: ${before}` };
    if (before.length === 0) return { outcome: 'not-checked', summary: `tests: none was run on ${old}` };
    const after = await testsOf(context.root, on, 'after', context);
    if (typeof after === 'string') return { outcome: 'failed', summary: `tests on ${on}: ${after}` };
    const found = compareTests(before, after);
    const { failing, missing, passed } = found;
    const same = failing.length === 0 && missing.length === 0;
    return {
      outcome: same ? 'passed' : 'failed',
      summary: same
        ? `tests: ${passed.after} pass on ${on}, ${passed.before} did before on ${old}; the same names`
        : `tests on ${on}: ${difference(found)}`,
      detail: { before: before.length, after: after.length, ...found },
    };
  },
});

function difference({ failing, missing }: TestDifference): string {
  const list = (names: readonly string[]) =>
    names.slice(0, MOST).join(', ') + (names.length > MOST ? ` and ${names.length - MOST} more` : '');
  return [
    ...(failing.length > 0 ? [`${failing.length} fail that passed: ${list(failing)}`] : []),
    ...(missing.length > 0 ? [`${missing.length} were not run: ${list(missing)}`] : []),
  ].join('; ');
}

/** The tests of a folder on a runtime; a sentence where there are none or they cannot be told. */
async function testsOf(
  dir: string,
  spec: string,
  name: string,
  { scratch, signal, progress }: StepContext,
): Promise<TestCase[] | string> {
  const { packageJson } = await openRepository(dir);
  const script = packageJson.scripts?.test;
  const folder = join(scratch, `tests-${name}-${Date.now()}`);
  mkdirSync(folder, { recursive: true });
  const runtime = spec.replace(/@.*/, '');
  const file = join(folder, 'report');
  const found = testCommand(script, runtime, file);
  if (typeof found === 'string') return found;
  progress(`running the tests on ${spec}`);
  const bin = await programsOf(spec, folder, signal);
  const copy = await isolatedCopy(dir, join(folder, 'copy'), signal);
  const first = packageJson.scripts?.pretest;
  const command = first === undefined ? found.command : `${first} && ${found.command}`;
  const ran = await runCommand(command, copy, bin, { signal, timeoutMs: TIMEOUT_MS });
  if (ran.exitCode === null) return `they did not end within ${TIMEOUT_MS / 60_000} minutes`;
  if (!existsSync(file)) {
    const said = `${ran.stdout}\n${ran.stderr}`.trim().split('\n').at(-1) ?? '';
    return `\`${command}\` told no test (exit code ${ran.exitCode}): ${said}`;
  }
  return found.read(readFileSync(file, 'utf8'));
}
