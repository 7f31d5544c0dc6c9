import { NODE_TESTS_ON } from '../../workspace/test-runners/node-tests.ts';
import { readJest, readJUnit, readMocha, type TestCase } from './report.ts';

/** A command that runs a project's tests and writes a report. */
export interface TestCommand {
  command: string;
  read(report: string): TestCase[];
}

interface Runner {
  /** The word of the test script by which it is known. */
  word: RegExp;
  read: TestCommand['read'];
  /** The script, told to write its report. */
  report(script: string, file: string): string;
}

const appended = (flags: (file: string) => string) => (script: string, file: string) =>
  `${script} ${flags(file)}`;

const RUNNERS: readonly Runner[] = [
  {
    word: /(?:^|\s)node\s(?:[^&|;]*\s)?--test(?=\s|$)/,
    read: readJUnit,
    report: (script, file) =>
      script.replace(
        /\s--test(?=\s|$)/,
        ` --test --test-reporter=junit --test-reporter-destination="${file}"`,
      ),
  },
  {
    word: /(?:^|\s)bun\stest(?=\s|$)/,
    read: readJUnit,
    report: appended((file) => `--reporter=junit --reporter-outfile="${file}"`),
  },
  {
    word: /(?:^|\s)vitest(?=\s|$)/,
    read: readJest,
    report: appended((file) => `--run --reporter=json --outputFile="${file}"`),
  },
  {
    word: /(?:^|\s)jest(?=\s|$)/,
    read: readJest,
    report: appended((file) => `--json --outputFile="${file}"`),
  },
  {
    word: /(?:^|\s)mocha(?=\s|$)/,
    read: readMocha,
    report: appended((file) => `--reporter json --reporter-option output="${file}"`),
  },
];

/** What npm writes where there are no tests. */
const NO_TESTS = /no test specified/;

/**
 * How a test script is run on a runtime so that it tells its tests by name.
 *
 * @param runtime node, bun or deno
 * @returns a sentence where that is not known
 */
export function testCommand(script: string | undefined, runtime: string, file: string): TestCommand | string {
  if (script === undefined || NO_TESTS.test(script)) return 'the project has no tests';
  const runner = RUNNERS.find(({ word }) => word.test(script));
  if (!runner)
    return `which tests \`${script}\` runs is not known: not node --test, bun test, vitest, jest or mocha`;
  const isNodes = runner === RUNNERS[0];
  // Node's own runner is a flag of Node: the others have runners of their own, which know node:test.
  if (isNodes && runtime === 'bun')
    return { read: readJUnit, command: `${NODE_TESTS_ON.bun} --reporter=junit --reporter-outfile="${file}"` };
  if (runtime === 'deno')
    return isNodes
      ? { read: readJUnit, command: `${NODE_TESTS_ON.deno} --junit-path="${file}"` }
      : `how \`${script}\` runs on Deno is not known`;
  return { read: runner.read, command: runner.report(script, file) };
}
