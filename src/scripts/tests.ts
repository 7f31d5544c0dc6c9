import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { TestsRan } from '../model/scripts.ts';
import { invocations } from '../workspace/command-line.ts';

/** How a test runner says which tests it ran. */
export interface TestReport {
  runner: string;
  /** Further arguments of its command. */
  args(file: string): string[];
  /** Null where it wrote no names down. */
  read(file: string, output: string): TestsRan | null;
}

/** Written by Jest (`--json`) and Vitest (`--reporter=json`). */
const JestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(''),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});
/** Written by Mocha's `json` reporter. */
const MochaTests = z.array(z.object({ fullTitle: z.string() }));
const MochaReport = z.object({ passes: MochaTests, failures: MochaTests, pending: MochaTests });

const fromFile =
  (read: (value: unknown) => TestsRan) =>
  (file: string): TestsRan | null => {
    if (!existsSync(file)) return null;
    try {
      return read(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Stopped while it was written, or another version's shape.
      return null;
    }
  };

const jestNames = fromFile((value) => {
  const tests = emptyTests();
  for (const { status, assertionResults, name } of JestReport.parse(value).testResults) {
    // A file that could not be loaded has no tests, and is a failure of its own.
    if (assertionResults.length === 0 && status === 'failed') tests.failed.push(fileName(name));
    for (const one of assertionResults) listOf(tests, one.status).push(one.fullName);
  }
  return tests;
});

const mochaNames = fromFile((value) => {
  const { passes, failures, pending } = MochaReport.parse(value);
  const titles = (all: z.infer<typeof MochaTests>) => all.map(({ fullTitle }) => fullTitle);
  return { passed: titles(passes), failed: titles(failures), skipped: titles(pending) };
});

const emptyTests = (): TestsRan => ({ passed: [], failed: [], skipped: [] });
const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const listOf = (tests: TestsRan, status: string): string[] =>
  status === 'passed' || status === 'failed' ? tests[status] : tests.skipped;

/** `ok 1 - adds # time=…` of TAP, `✔ adds (1ms)` of node:test's spec reporter, `(pass) adds [0.1ms]` of `bun test`. */
const LINES: readonly { pattern: RegExp; status: (word: string) => string }[] = [
  {
    pattern: /^\s*((?:not )?ok) \d+ (?:- )?(?<name>.*?)(?<hint> # (?:SKIP|TO[D]O).*)?$/,
    status: (word) => (word === 'ok' ? 'passed' : 'failed'),
  },
  {
    pattern: /^\s*([✔✖﹣]) (?<name>.*?) \(\d[\d.]*m?s\)(?<hint> # .*)?$/,
    status: (word) => ({ '✔': 'passed', '✖': 'failed' })[word] ?? 'skipped',
  },
  {
    pattern: /^\((pass|fail|skip|todo)\) (?<name>.*?)(?: \[[\d.]+ ?m?s\])?(?<hint>)$/,
    status: (word) => ({ pass: 'passed', fail: 'failed' })[word] ?? 'skipped',
  },
];

/** Names out of what a runner prints; null where no line of it is one. */
function namesInOutput(_file: string, output: string): TestsRan | null {
  const tests = emptyTests();
  let found = /^# tests \d+|^ℹ tests \d+|^1\.\.\d+|^Ran \d+ tests? across/m.test(output);
  for (const line of output.split('\n')) {
    // node:test repeats the failing ones under this line.
    if (/^✖ failing tests:/.test(line)) break;
    for (const { pattern, status } of LINES) {
      const match = pattern.exec(line);
      if (!match) continue;
      found = true;
      const how = match.groups?.hint ? 'skipped' : status(match[1] ?? '');
      listOf(tests, how).push(match.groups?.name ?? '');
      break;
    }
  }
  return found ? tests : null;
}

const REPORTS: readonly TestReport[] = [
  { runner: 'jest', args: (file) => ['--json', `--outputFile=${file}`], read: jestNames },
  { runner: 'vitest', args: (file) => ['--reporter=json', `--outputFile=${file}`], read: jestNames },
  {
    runner: 'mocha',
    args: (file) => ['--reporter', 'json', '--reporter-option', `output=${file}`],
    read: mochaNames,
  },
];
const IN_OUTPUT = new Set(['ava', 'tap', 'tape', 'uvu', 'bun', 'node', 'tsx', 'zora', 'borp', 'lab']);

/** How to learn which tests a script runs; null where it runs no test runner that is known. */
export function testReport(command: string): TestReport | null {
  const runs = invocations(command);
  // Further arguments of a script are those of its last program.
  const last = REPORTS.find(({ runner }) => runner === runs.at(-1)?.program);
  if (last) return last;
  const runner = runs.find(
    ({ program, args }) =>
      REPORTS.some((one) => one.runner === program) ||
      (IN_OUTPUT.has(program) &&
        (!['node', 'tsx', 'bun'].includes(program) || args.includes('--test') || args[0] === 'test')),
  );
  return runner ? { runner: runner.program, args: () => [], read: namesInOutput } : null;
}

/** Every test with what became of it, as often as it ran. */
const outcomesOf = ({ passed, failed, skipped }: TestsRan): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const [how, names] of Object.entries({ passed, failed, skipped }))
    for (const name of names) found.set(name, [...(found.get(name) ?? []), how]);
  return found;
};

/** In what two runs of the same tests differ, one sentence each; none where every test did the same. */
export function testDifferences(today: TestsRan, bun: TestsRan): string[] {
  const [then, now] = [outcomesOf(today), outcomesOf(bun)];
  const found: string[] = [];
  const missing = [...then.keys()].filter(
    (name) => (now.get(name)?.length ?? 0) < (then.get(name)?.length ?? 0),
  );
  const added = [...now.keys()].filter(
    (name) => (now.get(name)?.length ?? 0) > (then.get(name)?.length ?? 0),
  );
  if (missing.length > 0) found.push(`${counted(missing)} that ran on Node did not run on Bun`);
  if (added.length > 0) found.push(`${counted(added)} ran on Bun only`);
  for (const [name, how] of then) {
    const others = now.get(name);
    if (!others || others.length !== how.length || others.join() === how.join()) continue;
    found.push(`the test “${name}” ${how.join(', ')} on Node and ${others.join(', ')} on Bun`);
  }
  return found;
}

const counted = (names: readonly string[]): string =>
  `${names.length === 1 ? 'the test' : `${names.length} tests, the first`} “${names[0]}”`;

export const countOf = ({ passed, failed, skipped }: TestsRan): number =>
  passed.length + failed.length + skipped.length;
